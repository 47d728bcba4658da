"""Templates and frames of drafts that regions keep: looked through, put into their folder, taken out of it.

A file that is replaced or taken out goes to a folder beside them: nothing that an office wrote is lost.
"""

import codecs
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.cases.attachments import found_clean
from casetrack.lib.files import FileRefused, put
from casetrack.lib.locks import wait_for
from casetrack.lib.os_errors import reason_of
from casetrack.organizations.models import Region
from casetrack.organizations.scope import Scope
from reports.documents.refusing import MEGABYTE
from reports.drafting.drafting import ANNUAL, MONTHLY
from reports.drafting.frames import framed_in
from reports.drafting.references import TemplateRefused
from reports.drafting.templates import parse
from reports.drafting.writing import Chapter, Draft
from reports.papers.own.parts import LARGEST, opened, refuse_acting, trees_of

SENTENCES, FRAME = ".toml", ".docx"
FORMER = "former"
FOLDER = "请管理员核对 CASETRACK_REPORT_TEMPLATES 文件夹是否可以写入"
KEPT = re.compile(rf"({ANNUAL}|{MONTHLY})-([0-9]{{12}})({SENTENCES}|{FRAME})")
LARGEST_TEXT = MEGABYTE // 2


@dataclass(frozen=True, slots=True)
class Sort:
    """One of the files that a region may keep: `report` is written by it, `ending` says what it holds."""

    report: str
    ending: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.report}-{self.ending[1:]}"

    @property
    def largest(self) -> int:
        return LARGEST_TEXT if self.ending == SENTENCES else LARGEST

    def name_in(self, region: str) -> str:
        return f"{self.report}-{region}{self.ending}"


SORTS: Mapping[str, Sort] = {
    sort.key: sort
    for sort in (
        Sort(ANNUAL, SENTENCES, "年度报告的模板（.toml）"),
        Sort(ANNUAL, FRAME, "年度报告的框架（.docx）"),
        Sort(MONTHLY, SENTENCES, "月度简报的模板（.toml）"),
        Sort(MONTHLY, FRAME, "月度简报的框架（.docx）"),
    )
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is there."""

    sort: Sort
    region: str
    path: Path

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def changed_at(self) -> datetime:
        return datetime.fromtimestamp(self.path.stat().st_mtime).astimezone()


def kept_in(scope: Scope) -> list[Kept]:
    """The files of the regions that are open as a whole, by region; what else lies in the folder is nobody's here."""
    folder: Path = settings.REPORT_TEMPLATES
    found = (kept_at(path) for path in sorted(folder.glob("*-*.*")) if path.is_file())
    return sorted((each for each in found if each and scope.allows_region(each.region)), key=lambda each: each.region)


def kept_at(path: Path) -> Kept | None:
    named = KEPT.fullmatch(path.name)
    if named is None:
        return None
    report, region, ending = named.groups()
    return Kept(SORTS[f"{report}-{ending[1:]}"], region, path)


def refuse_larger(sort: Sort, size: int) -> None:
    if size > sort.largest:
        raise TemplateRefused(f"文件为{size / MEGABYTE:.1f}MB，最大{sort.largest / MEGABYTE:g}MB")


def looked_through(sort: Sort, content: bytes, *, today: date) -> str:
    """What a file would do, in a sentence. Raises Refused for one that can't be meant or would act."""
    if not content:
        raise TemplateRefused("文件是空的，请核对后重新选择")
    refuse_larger(sort, len(content))
    if sort.ending == FRAME:
        refuse_acting(trees_of(opened(content)))
        trial = Draft("标题", (Chapter(1, "依法化解矛盾纠纷", ("正文。",)),), today)
        framed_in(trial, content, "所选文件")
        return "可以使用：正文、附录和其他标记都能填入"
    try:
        template = parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise TemplateRefused("模板应为UTF-8编码的文本，请在编辑器中另存为UTF-8") from problem
    figures = len(set(template.references()))
    return f"可以使用：{len(template.sections)}节，引用{figures}项指标"


@transaction.atomic
def keep(*, sort: Sort, region: Region, content: bytes, actor: User, now: datetime) -> str:
    """Use this file for the region, and for all below that keep none, from now on. What it would do, in a sentence."""
    told = looked_through(sort, content, today=localdate(now))
    found_clean(content)
    path = settings.REPORT_TEMPLATES / sort.name_in(region.pk)
    wait_for(lock_of(path))
    replaces = path.is_file()
    if replaces and path.read_bytes() == content.removeprefix(codecs.BOM_UTF8):  # sent twice, it is in use already
        return told
    details = {"report_template": path.name, "digest": hashlib.sha256(content).hexdigest()}
    action = Action.CHANGE if replaces else Action.CREATE
    record(action=action, actor=actor, now=now, about=About(region_code=region.pk), details=details)
    try:
        if replaces:
            put(data=path.read_bytes(), path=aside(path, now))
        put(data=content.removeprefix(codecs.BOM_UTF8), path=path)
    except (OSError, FileRefused) as problem:
        raise TemplateRefused(f"没有保存：{problem}；{FOLDER}") from problem
    return told


def lock_of(path: Path) -> str:
    """Nobody else puts or takes a file of this name meanwhile."""
    return f"report-template {path.name}"


@transaction.atomic
def take_out(*, kept: Kept, actor: User, now: datetime) -> None:
    """Use the next region's above, or the built-in one, from now on."""
    wait_for(lock_of(kept.path))
    details = {"report_template": kept.path.name}
    record(action=Action.REMOVE, actor=actor, now=now, about=About(region_code=kept.region), details=details)
    former = aside(kept.path, now)
    try:
        former.parent.mkdir(exist_ok=True)
        kept.path.rename(former)
    except FileNotFoundError as gone:
        raise TemplateRefused("这一模板已经停用，请刷新列表") from gone
    except OSError as problem:
        raise TemplateRefused(f"没有停用：{reason_of(problem)}；{FOLDER}") from problem


def aside(path: Path, now: datetime) -> Path:
    """Where a file stays that is used no more, under the moment it went."""
    return path.parent / FORMER / f"{path.stem}-{now:%Y%m%dT%H%M%S%f}{path.suffix}"
