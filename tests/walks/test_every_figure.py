"""From every figure, current or published, to the list behind it: in the API, by command, as a workbook. All agree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import takewhile
from json import loads
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from casetrack.accounts.models import Token
from casetrack.kinds import KINDS
from casetrack.organizations.models import Role
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition
from casetrack.stats.figures import CENTS_IN_TEN_THOUSAND_YUAN
from casetrack.stats.indicators import SUBJECTS, Counted, Form, Indicator, Subject
from reports.books.columns import heading_of
from tests.api.conftest import member
from tests.commands import said_by
from tests.reports.tables.county import make_county
from tests.reports.world import QINAN, Cells, rows, settle
from tests.stats.world import day, log
from tests.walks.year import MARCH, log_the_year_before, log_what_is_rare

AT_LEAST = 220
"""So many indicators are more than nothing in this county's year."""
DAYS = ("--region", QINAN, "--from", "2024-01-01", "--to", "2024-12-31")
ASKED = f"region={QINAN}&from=2024-01-01&to=2024-12-31"
STATISTICS, CLOSINGS = "/api/v1/statistics/", "/api/v1/closings"
AFTERWARDS = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db
BY_SUBJECT = pytest.mark.parametrize("subject", SUBJECTS.values(), ids=list(SUBJECTS))
Parts = dict[str, int | Decimal]


@dataclass(frozen=True)
class County:
    """A county's year by every way there is to ask for it, and its March as it was published."""

    client: APIClient
    answered: Mapping[str, Any]
    printed: Mapping[str, Any]
    book: Mapping[tuple[str, str], Any]
    edition: Edition
    published: Mapping[str, Any]


@pytest.fixture(scope="module")
def county(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[County]:
    """Made once and only read, in a transaction that leaves nothing behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        offices = make_county()
        log_the_year_before(offices)
        log_what_is_rare(offices)
        settle()
        edition = close(region=QINAN, month=MARCH, actor=None, now=AFTERWARDS, without_confirmations="尚未实行月报确认")
        log("mediation", offices.village, ("register", day("2024-03-12"), {"category": "neighbour"}))  # too late for it
        settle()
        client = client_cleared_for_all()
        yield County(
            client,
            answered=by_name(client.get(f"{STATISTICS}?{ASKED}").json()),
            printed=by_name(loads(said_by("statistics", *DAYS, "--format", "json"))),
            book=figures_of_the_book(tmp_path_factory.mktemp("books") / "2024.xlsx"),
            edition=edition,
            published=by_name(client.get(f"{CLOSINGS}/{edition.pk}/figures/").json(), "results"),
        )
        transaction.set_rollback(True)


def client_cleared_for_all() -> APIClient:
    user = member("cleared", Role.SUPERVISOR, region_id=QINAN, cleared=True)
    _, secret = Token.issue(user=user, name="测试", now=timezone.now(), expires_at=None)
    return APIClient(headers={"Authorization": f"Bearer {secret}"})


def by_name(answer: Any, rows: str = "figures") -> dict[str, Any]:
    return {f"{row['subject']}.{row['measure']}": row for row in answer[rows] if not row["dimensions"]}


def figures_of_the_book(path: Path) -> dict[tuple[str, str], Any]:
    """Of each sheet the totals, by the notes that say what its columns are; of what is reported, the rows."""
    said_by("workbook", "--region", QINAN, "--year", "2024", "-o", str(path))
    data, found, section = path.read_bytes(), {}, ""
    for name in (*(kind.label for kind in KINDS.values()), "调解组织与培训"):
        lines = rows(data, name)
        total = next(line for line in lines if line[:1] == ["合计"])
        notes = [str(line[0]) for line in lines if line and "栏 " in str(line[0])[:5]]
        found.update({(name, note.partition(" ")[2]): total[place] for place, note in enumerate(notes, start=1)})
    for line in takewhile(lambda line: line[:1] != ["说明："], rows(data, "报送数字")):
        section = str(line[0]) if len(line) == 1 else section
        found[section, str(line[0]) if line else ""] = line[1:]
    return found


def in_the_book(county: County, indicator: Indicator) -> Any:
    subject = SUBJECTS[indicator.subject]
    if indicator.form is Form.REPORTED:
        return county.book[subject.label, heading_of(indicator)][1 if indicator.unit == "%" else 0]
    version = f"（口径：{indicator.version}）" if indicator.version else ""
    sheet = subject.label if subject.code in KINDS else "调解组织与培训"
    return county.book[sheet, f"{heading_of(indicator)}：{indicator.definition}{version}"]


def parts_of(indicator: Indicator, row: Mapping[str, Any]) -> Parts:
    """What the lists behind a figure must add up to; of a growth, the period and the one before are listed."""
    if not indicator.is_rate or (indicator.form is Form.REPORTED and row["numerator"] is None):
        scale = CENTS_IN_TEN_THOUSAND_YUAN if indicator.form is Form.AMOUNT else 1
        return {"value": Decimal(str(row["value"])) * scale}
    base = row["denominator"]
    if indicator.is_ranked:
        return {"denominator": base}
    return {"numerator": row["numerator"] + (base if indicator.form is Form.CHANGE else 0), "denominator": base}


def pages(client: APIClient, address: str) -> list[dict[str, Any]]:
    """Every page that follows."""
    found = [client.get(address).json()]
    while found[-1]["next"]:
        found.append(client.get(found[-1]["next"]).json())
    return found


def added_by(row: Mapping[str, Any]) -> Decimal:
    return Decimal(str(row["counted"] if "counted" in row else row["value"]))


def printed_list(*arguments: str) -> tuple[list[str], str]:
    *lines, last = said_by("trace", *arguments).splitlines()
    return [line.split("\t")[2] for line in lines], last


def written_list(path: Path, *arguments: str) -> list[Cells]:
    said_by("trace", *arguments, "-o", str(path))
    rows = [list(row) for row in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)]
    headings = next(number for number, row in enumerate(rows) if row[0] == "编号")  # below the question
    return rows[headings + 1 :]


def counts_cases(indicator: Indicator) -> bool:
    """Whether each case behind it counts as one: not as so many persons, cents, days or times."""
    summed = (Counted.PERSONS, Counted.CENTS, Counted.DAYS)
    told = indicator.unit in ("件", "%") and indicator.form is not Form.REPORTED
    return told and not any(term.counted in summed for term in indicator.terms)


def shown(number: int | Decimal) -> str:
    return f"{Decimal(number).normalize():f}"


def test_most_figures_of_the_county_are_more_than_nothing(county: County) -> None:
    assert sum(bool(row["value"]) for row in county.answered.values()) >= AT_LEAST


@BY_SUBJECT
def test_figures_are_the_same_in_the_api_by_command_and_in_the_workbook(county: County, subject: Subject) -> None:
    for indicator in subject.indicators:
        name = indicator.name
        answered, printed, written = county.answered.get(name), county.printed.get(name), in_the_book(county, indicator)
        if answered is None:  # nobody reported it, or there is nothing to compare with
            assert indicator.form in (Form.REPORTED, Form.CHANGE), name
            assert (printed, written) in ((None, None), (None, "—")), name
            continue
        assert printed == {name: value for name, value in answered.items() if name != "cases"}
        in_cells = answered["value"] if indicator.unit != "%" or answered["value"] is None else answered["value"] / 100
        assert written == ("—" if in_cells is None else pytest.approx(in_cells)), name


@BY_SUBJECT
def test_the_list_behind_a_figure_adds_up_to_it(county: County, subject: Subject, tmp_path: Path) -> None:
    for indicator in subject.indicators:
        row = county.answered.get(indicator.name, {})
        for part, number in parts_of(indicator, row).items() if row else ():
            asked = (indicator.name, *DAYS, "--part", part)
            shares, last = printed_list(*asked)
            lines = written_list(tmp_path / "list.xlsx", *asked) if shares else []

            assert (sum(map(Decimal, shares)), len(lines)) == (number, len(shares)), asked
            assert last == f"数字{shown(number)}，所列合计{shown(number)}", asked
            assert not counts_cases(indicator) or len(lines) == number, asked
            listed = pages(county.client, row["cases"].replace("part=numerator", f"part={part}") + "&page_size=5")
            assert {page["total"] for page in listed} == {number}, asked
            in_order = shares if indicator.form is Form.REGISTER else reversed(shares)  # of cases the newest come first
            assert [added_by(each) for page in listed for each in page["results"]] == [*map(Decimal, in_order)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_behind_a_published_figure_adds_up_to_it(county: County, kind: str, tmp_path: Path) -> None:
    for indicator in SUBJECTS[kind].counted:
        row = county.published.get(indicator.name, {"counted": 0, "base": 0 if indicator.is_rate else None})
        asked = (indicator.name, "--edition", str(county.edition.pk))
        address = f"{CLOSINGS}/{county.edition.pk}/cases/?subject={kind}&measure={indicator.measure}"
        page = county.client.get(address).json()

        number, base, listed = page["counted"], page["base"], page["results"]
        assert (number, base or 0) == (row["counted"], row["base"] or 0), asked
        assert [sum(each[name] or 0 for each in listed) for name in ("counted", "base")] == [number, base or 0], asked
        if not listed:
            continue
        shares, last = printed_list(*asked)
        told = f"{number}" if base is None else f"{number}/{base}"
        assert last == f"数字{told}，所列合计{told}", asked
        assert len(written_list(tmp_path / "list.xlsx", *asked)) == len(shares) == len(listed), asked
