"""An erasure, asked for and carried out, ten years after a case was closed."""

from datetime import UTC, datetime
from typing import Any

from casetrack.accounts.models import User
from casetrack.cases.erasing.carrying import ask, carry_out
from casetrack.cases.models import Case, Erasure
from casetrack.kinds.retention import Retentions
from tests.api.conftest import World

TEN_YEARS = Retentions.written('[{"region": "6205", "kind": "mediation", "years": 10, "source": "市司法局保管期限表"}]')
LATER = datetime(2034, 3, 29, 2, 0, tzinfo=UTC)  # ten years after the closing, to the day


def wish(case: Case, world: World, **asked: Any) -> Erasure:
    said = {"party_id": None, "ground": "retention", "reason": "保管期限届满，经鉴定不再保存", "now": LATER}
    return ask(case_id=case.pk, actor=world.supervisor, **(said | {"retentions": TEN_YEARS} | asked))


def erased(case: Case, world: World, admin: User, **asked: Any) -> Erasure:
    made = wish(case, world, **asked)
    return carry_out(erasure_id=made.pk, actor=admin, now=LATER, retentions=TEN_YEARS)
