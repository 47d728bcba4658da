"""Arguments of commands: what they name is checked before the command runs, and refused in a sentence."""

from argparse import ArgumentTypeError

from casetrack.organizations.divisions import InvalidCode, complete


def region(text: str) -> str:
    """A division code, completed to twelve digits; a parser turns what is refused into its own message."""
    try:
        return complete(text)
    except InvalidCode as refused:
        raise ArgumentTypeError(str(refused)) from refused
