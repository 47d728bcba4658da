#!/usr/bin/env python3
"""The way in for commands, in a checkout."""

from casetrack.__main__ import main

if __name__ == "__main__":
    main()
