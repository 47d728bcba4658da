"""The whole way: a county's ledgers in, the figures of its published report out, each with its cases behind it."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from casetrack.cases.models import Case, CaseEvent, Deadline
from casetrack.lib.months import Period
from casetrack.stats import rollup
from casetrack.stats.answering import statistics
from casetrack.stats.tracing import cases_behind
from reports.demo import samples
from reports.drafting.drafting import Wish, draft
from reports.drafting.writing import Draft
from reports.published import Publication, cite, compare, read
from tests.stats.world import tamper_with_received

SAMPLES = {sample.folder.name: sample for sample in samples(settings.BASE_DIR / "samples")}

pytestmark = pytest.mark.django_db


def take_in(name: str) -> None:
    sample = SAMPLES[name]
    call_command("import_ledger", *map(str, sample.files), region=sample.region, name=sample.name, stdout=StringIO())
    while rollup.settle():
        pass


def draft_of(publication: Publication) -> Draft:
    year = Period.of_year(publication.last.year)
    wish = Wish(publication.region, year, "https://casetrack.example", as_of=publication.as_of)
    return draft(wish, today=publication.as_of)


def verified() -> str:
    said = StringIO()
    call_command("verify", stdout=said)
    return said.getvalue()


@pytest.mark.parametrize(
    ("county", "agreeing"),
    [("qinan-2019", 37), ("danjiangkou-2018", 13), ("didao-2022", 15), ("bayingolin-2021", 12)],
)
def test_every_published_figure_comes_out_of_the_ledgers(county: str, agreeing: int) -> None:
    take_in(county)
    published = SAMPLES[county].published
    assert published is not None

    publication = read(published)
    lines, drafted = compare(publication), cite(publication, draft_of(publication))

    assert [line for line in (*lines, *drafted) if line.agrees is False] == []
    assert [sum(line.agrees is True for line in found) for found in (lines, drafted)] == [agreeing, agreeing]


def test_a_record_just_taken_in_and_settled_has_no_difference() -> None:
    take_in("danjiangkou-2018")

    assert verified() == "核对24件案件，没有不一致\n"


def test_a_figure_opens_down_to_its_cases() -> None:
    take_in("danjiangkou-2018")
    publication = read(SAMPLES["danjiangkou-2018"].folder / "figures.json")
    answer = statistics(
        region=publication.region, first=publication.first, last=publication.last, by=[("division", "outcome")]
    )

    dismissed = answer.find("litigation", "concluded", division="administrative", outcome="claims_dismissed")

    assert dismissed is not None
    assert sorted(case.number for case in cases_behind(dismissed.cases)) == [
        "(2018)鄂03行初102号",
        "(2018)鄂03行初103号",
    ]


def test_the_same_ledgers_sent_again_change_nothing() -> None:
    take_in("danjiangkou-2018")
    before = (Case.objects.count(), CaseEvent.objects.count(), Deadline.objects.count())

    take_in("danjiangkou-2018")

    assert (Case.objects.count(), CaseEvent.objects.count(), Deadline.objects.count()) == before


def test_a_figure_that_was_tampered_with_is_found() -> None:
    take_in("danjiangkou-2018")
    Case.objects.filter(number="丹政复〔2018〕4号").update(state="decided")

    with pytest.raises(CommandError, match="核对24件案件，发现1处不一致"):
        call_command("verify", stdout=StringIO())


def test_what_is_not_settled_yet_is_said_and_is_no_difference() -> None:
    sample = SAMPLES["danjiangkou-2018"]
    call_command("import_ledger", *map(str, sample.files), region=sample.region, name=sample.name, stdout=StringIO())

    said = verified()

    assert "处变动等待结算，统计单元未核对；请先运行 manage.py work --burst" in said
    assert said.endswith("核对24件案件，没有不一致\n")


def test_a_cell_changed_by_hand_is_found() -> None:
    take_in("danjiangkou-2018")
    tamper_with_received("420381000000", to=7)

    with pytest.raises(CommandError, match="处不一致"):
        call_command("verify", stdout=StringIO())
