"""What the tests of faults ask of the record and of its cells."""

from django.db.models import Sum

from casetrack.cases import verification
from casetrack.cases.models import Case
from casetrack.stats import rebuilding, rollup
from casetrack.stats.models import Cell

PROVINCE, NATION = "620000000000", "000000000000"


def received() -> dict[str, int]:
    """Disputes received, by region from the county up, as the cells have them."""
    cells = Cell.objects.filter(organization=None, kind="mediation", name="received", breakdown="difficult,agreement")
    return dict(cells.values_list("region_code").annotate(Sum("cases")))


def nothing_is_amiss() -> bool:
    """As `manage.py verify` asks it, once all is counted."""
    rollup.settle()
    return not list(verification.differences(Case.objects.all())) and not rebuilding.differences()
