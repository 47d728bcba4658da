"""?purpose=: what a person's data are read for, in words that the audit log keeps beside the reader's name."""

from rest_framework.request import Request

from api.errors import ParametersRefused
from casetrack.accounts.purposes import PurposeRefused, purpose_in

PURPOSE = "purpose"


def purpose_of(request: Request) -> str | None:
    """The stated purpose; None where none is stated, and what is shown then is masked."""
    given = request.query_params.get(PURPOSE)
    if given is None:
        return None
    try:
        return purpose_in(given)
    except PurposeRefused as refused:
        raise ParametersRefused({PURPOSE: f"查看的目的（purpose）{refused}"}) from None
