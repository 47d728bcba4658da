"""The sample counties' ledgers go in whole: counts written out by hand from the files."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casetrack.cases.ledgers.importing import import_files
from casetrack.cases.ledgers.reports import ImportReport
from casetrack.cases.ledgers.sources import Source
from casetrack.cases.models import Case, Milestone
from casetrack.organizations.models import Mediator, Organization, Region, Training

SAMPLES = Path(__file__).parents[3] / "samples"


def send(county: str, code: str) -> ImportReport:
    files = sorted((SAMPLES / county).glob("*.xlsx"))
    return import_files(
        sources=[Source(file.name, file.read_bytes()) for file in files],
        region_code=code,
        actor=None,
        now=datetime(2024, 6, 1, 2, 0, tzinfo=UTC),
    )


def milestones(kind: str) -> Counter[str]:
    return Counter(Milestone.objects.filter(kind=kind).values_list("name", flat=True))


@pytest.mark.usefixtures("db")
def test_qinan_2019_goes_in_whole() -> None:
    report = send("qinan-2019", "620522000000")

    assert report.total == {"read": 3521, "created": 3521, "changed": 0, "unchanged": 0, "rejected": 0}
    assert {sheet.file[:2]: sheet.counts["created"] for sheet in report.sheets} == {
        "01": 456, "02": 1584, "03": 17, "11": 842, "21": 499, "22": 13, "31": 3, "32": 8, "41": 99,
    }  # fmt: skip
    assert Region.objects.get(code="620522000000").name == "秦安县"
    assert Organization.objects.filter(kind="mediation_committee").count() == 456
    assert Mediator.objects.count() == 1584
    assert sum(Training.objects.values_list("attendance", flat=True)) == 1524
    disputes = milestones("mediation")
    assert (disputes["received"], disputes["mediated"], disputes["succeeded"]) == (842, 842, 826)
    assert (disputes["performed"], disputes["judicially_confirmed"]) == (826, 55)
    agreed = Milestone.objects.filter(kind="mediation", name="succeeded").values_list("cents", flat=True)
    assert sum(agreed) == 1_015_150_000
    assert milestones("petition")["received"] == 499


@pytest.mark.usefixtures("db")
def test_qinan_sent_again_changes_nothing() -> None:
    send("qinan-2019", "620522000000")

    again = send("qinan-2019", "620522000000")

    assert again.total == {"read": 3521, "created": 0, "changed": 0, "unchanged": 3521, "rejected": 0}


@pytest.mark.usefixtures("db")
def test_didao_goes_in_whole_with_the_year_before() -> None:
    assert send("didao-2021", "230304000000").total["created"] == 3
    assert send("didao-2022", "230304000000").total["created"] == 849

    assert Counter(Case.objects.values_list("kind", flat=True)) == {
        "mediation": 534,
        "reconsideration": 6,
        "litigation": 4,
        "legal_aid": 79,
    }


@pytest.mark.usefixtures("db")
def test_danjiangkou_goes_in_whole() -> None:
    assert send("danjiangkou-2018", "420381000000").total["created"] == 24

    assert Counter(Case.objects.values_list("kind", flat=True)) == {"reconsideration": 9, "litigation": 15}
