"""What a person's data are read for, in words that the audit log keeps beside the reader's name."""

from casetrack.kinds.refusals import Refused

SHORTEST, LONGEST = 4, 200


class PurposeRefused(Refused):
    """What was said says no purpose."""

    code = "parameters_not_valid"


def purpose_in(words: str) -> str:
    """The stated purpose. Raises PurposeRefused where the words can't be one."""
    purpose = words.strip()
    if not (SHORTEST <= len(purpose) <= LONGEST and purpose.isprintable()):
        raise PurposeRefused(f"应为{SHORTEST}至{LONGEST}字的一句话，如“电话通知调解时间”")
    return purpose
