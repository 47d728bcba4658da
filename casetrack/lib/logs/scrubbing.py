"""The last look at a line before it is written: what is shaped like a person's number or a secret is taken out.

The rule is that nobody logs such things; this is for what slips through, mostly in the words of libraries. A name has
no shape: names stay out because errors are logged without their words (`errors.py`).
"""

import re

TAKEN_OUT = "[隐去]"
LONGEST = 8_000
SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    # what PostgreSQL adds to a refusal: the row, or the key that was there already
    (re.compile(r"(DETAIL|CONTEXT):(?:[^\n\\\"]|\\[^n])*"), rf"\1: {TAKEN_OUT}"),
    (re.compile(r"(Key \([^)\n]{1,200}\)=)\([^\n]*?\)(?= )"), rf"\1({TAKEN_OUT})"),
    # secrets: tokens, log-ins in addresses, what robots' addresses and forms carry
    (re.compile(r"\bct_[A-Za-z0-9_-]{16,}"), TAKEN_OUT),
    (re.compile(r"\b(Bearer|Basic|Token) +[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), rf"\1 {TAKEN_OUT}"),
    (re.compile(r"(://[^/\s:@\"']*):[^/\s@\"']+@"), rf"\1:{TAKEN_OUT}@"),
    (
        re.compile(r"\b((?:access_)?token|key|secret|sign(?:ature)?|password)=[^&\s\"',)]+", re.IGNORECASE),
        rf"\1={TAKEN_OUT}",
    ),
    (re.compile(r"\b(sessionid|csrftoken)=[^;\s\"']+"), rf"\1={TAKEN_OUT}"),
    # people: identity numbers, mobile and fixed telephones, bank cards
    (re.compile(r"(?<![\dA-Fa-f-])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?![\dA-Fa-f-])"), TAKEN_OUT),
    (re.compile(r"(?<![\dA-Fa-f.-])(?:\+?86[ -]?)?1[3-9]\d{9}(?![\dA-Fa-f.-])"), TAKEN_OUT),
    (re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"), TAKEN_OUT),
    (re.compile(r"(?<![\dA-Fa-f-])(?:62|4\d|5[1-5])\d{14,17}(?![\dA-Fa-f-])"), TAKEN_OUT),
)


def scrubbed(line: str) -> str:
    for shape, instead in SHAPES:
        line = shape.sub(instead, line)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…（共{len(line)}字）"
