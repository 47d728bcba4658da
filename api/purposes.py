"""?purpose=: what a person's data are read for, in words that the audit log keeps beside the reader's name."""

from rest_framework.request import Request

from api.errors import ParametersRefused

PURPOSE = "purpose"
SHORTEST, LONGEST = 4, 200


def purpose_of(request: Request) -> str | None:
    """The stated purpose; None where none is stated, and what is shown then is masked."""
    given = request.query_params.get(PURPOSE)
    if given is None:
        return None
    purpose = given.strip()
    if not (SHORTEST <= len(purpose) <= LONGEST and purpose.isprintable()):
        raise ParametersRefused(
            {PURPOSE: f"查看的目的（purpose）应为{SHORTEST}至{LONGEST}字的一句话，如“电话通知调解时间”"}
        )
    return purpose
