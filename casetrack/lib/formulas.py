"""Text in a CSV file that a spreadsheet would take for a formula: a quotation mark before it keeps it text.

What is kept so can be read again, whatever stood there: of text that has such marks itself, one more is put, or taken.
"""

import re

STARTS = "=+\\-@\\t\\r\\n＝＋－＠"
LIKE_ONE = re.compile(f"'*[{STARTS}]")
KEPT = re.compile(f"'+[{STARTS}]")


def kept_as_text(text: str) -> str:
    return f"'{text}" if LIKE_ONE.match(text) else text


def as_it_was(text: str) -> str:
    return text[1:] if KEPT.match(text) else text
