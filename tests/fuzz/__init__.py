"""What nobody would send on purpose, or somebody would: parsers refuse it in words, or read it; they never break.

A few examples each with the suite; `make fuzz` goes on for as long as it is told, with other seeds each round.
"""
