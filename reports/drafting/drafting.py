"""The one way to a draft, for the command, the API and the pages alike."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings

from casetrack.lib.months import Period, month_of
from casetrack.organizations.divisions import ancestors_of
from casetrack.organizations.models import Region
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.asking import days_of, place_of, refuse_not_yet_known
from casetrack.stats.closing.models import Edition
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.snapshot import one_view
from reports.books.editions import in_words, published
from reports.books.wording import chinese_day, chinese_period, name_of
from reports.drafting.editions import FromEdition, from_edition
from reports.drafting.sources import FromRecord, from_record
from reports.drafting.templates import Template, read
from reports.drafting.wording import words_of
from reports.drafting.writing import Draft, write
from reports.linking import Lists

BUILT_IN = Path(__file__).with_name("templates")
ANNUAL, MONTHLY = "annual", "monthly"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which report: of a region and a year or a month, as of a day, as known on a day, or as an edition published it.

    `root` is where the service is reached: figures link there. Only the cases that `scope` opens are counted, and only
    of some `subjects` anything is said.
    """

    region: str
    period: Period
    root: str
    as_of: date | None = None
    known_on: date | None = None
    edition: int | None = None  # its number, or LATEST
    template: Path | None = None
    frame: Path | None = None
    scope: Scope = EVERYTHING
    subjects: frozenset[str] = frozenset(SUBJECTS)

    @property
    def is_year(self) -> bool:
        return self.period == Period.of_year(self.period.start.year)

    @property
    def told(self) -> frozenset[str]:
        """Of which subjects something is said: registers keep no history of what was known on a day."""
        return frozenset(code for code in self.subjects if SUBJECTS[code].keeps_history or self.known_on is None)


def draft(wish: Wish, *, today: date) -> Draft:
    """Raises TemplateRefused, StatisticsRefused for what can't be meant, and BalanceBroken as `statistics` does."""
    name = ANNUAL if wish.is_year else MONTHLY
    template = read(wish.template or kept_for(wish.region, name, ".toml") or BUILT_IN / f"{name}.toml")
    frame = wish.frame or kept_for(wish.region, name, ".docx")
    as_of = wish.as_of or min(today, wish.period.end)
    refuse_not_yet_known(wish.known_on, today)
    with one_view():
        place_of(region=wish.region, organization=None)
        region = Region.objects.get(pk=wish.region)
        edition = edition_asked(wish)
        source = of_edition(wish, edition) if edition else of_record(wish, template, as_of)
        words = words_of(region, wish.period.start, wish.period.end, as_of, name_of(wish.period))
        said = facts(wish, region, as_of, edition)
        return replace(write(template, source, words, facts=said, dated=today), frame=frame)


def of_record(wish: Wish, template: Template, as_of: date) -> FromRecord:
    days_of(first=wish.period.start, last=wish.period.end, as_of=as_of)
    return from_record(
        (each for each in template.references() if each.subject in wish.told),
        region=wish.region,
        first=wish.period.start,
        last=wish.period.end,
        as_of=as_of,
        known_on=wish.known_on,
        lists=Lists(wish.root),
        scope=wish.scope,
        monthly=not wish.is_year,
    )


def of_edition(wish: Wish, edition: Edition) -> FromEdition:
    return from_edition(edition, root=wish.root, scope=wish.scope, subjects=wish.subjects)


def edition_asked(wish: Wish) -> Edition | None:
    if wish.edition is None:
        return None
    if wish.is_year:
        raise StatisticsRefused("版次是一个月的（edition）：全年的报告请用截止日（as_of）或所知日（known_on）")
    if wish.as_of or wish.known_on:
        raise StatisticsRefused("已公布的一版（edition）有自己的截止日和所知日，不能再指定 as_of 或 known_on")
    return published(wish.region, month_of(wish.period.end), wish.edition)


def facts(wish: Wish, region: Region, as_of: date, edition: Edition | None) -> dict[str, str]:
    """What the figures are, said at the end of the draft."""
    said = {"地区": f"{region.name}（{region.code}）及其所辖", "统计期": chinese_period(wish.period)}
    if edition:
        return said | {"版次": in_words(edition)}
    said["截止日"] = chinese_day(as_of)
    if wish.known_on:
        said["所知日"] = f"{chinese_day(wish.known_on)}；名册不保存历史，不写入调解组织、人员和培训"
    latest = Edition.objects.of(wish.region, month_of(wish.period.end)).first()
    closed = f"末月已结账至第{latest.number}版" if latest else "末月未结账"
    return said | {"版次": f"按{'该日所知' if wish.known_on else '现在的记录'}计算；{closed}"}


def kept_for(region: str, name: str, ending: str) -> Path | None:
    """The template or frame that the region keeps, or the nearest above it."""
    folder: Path = settings.REPORT_TEMPLATES
    kept = (folder / f"{name}-{code}{ending}" for code in (region, *ancestors_of(region)))
    return next((path for path in kept if path.is_file()), None)
