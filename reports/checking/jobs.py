"""A check as a job: a file is read, held against what its owner may see at that moment, and marked.

The result is kept sealed, as what people send in is: reports are not public before they are published.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import ask
from casetrack.cases.jobs.imports import SentFile
from casetrack.cases.jobs.running import NotPermitted, Run
from casetrack.cases.models import Job
from casetrack.kinds import KINDS
from casetrack.lib.file_types import DOCX
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.indicators import SUBJECTS
from reports.checking.marking.pages import fragment, page
from reports.checking.marking.word import with_marks
from reports.checking.record.comparing import Wish
from reports.checking.reviewing import Review, review
from reports.documents import apart
from reports.documents.document import Format
from reports.linking import Lists

RESULT, PAGE, COPY, FRAGMENT = "result.json", "marked.html", "marked.docx", "fragment.html"
TAKEN_AS = {"html": PAGE, "docx": COPY}
"""The parts that are fetched as files, by what a reader calls them."""
MEDIA_TYPES = {PAGE: "text/html; charset=utf-8", COPY: DOCX}
STEPS = ("读取文件", "核对数字", "标注结果")


@dataclass(frozen=True, slots=True)
class Compared:
    """With which record a report is compared; with none where no region is named."""

    region: str = ""
    year: int | None = None
    as_of: date | None = None
    public: bool = False

    def as_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat() if self.as_of else None
        return {"region": self.region, "year": self.year, "as_of": as_of, "public": self.public}

    @classmethod
    def of(cls, job: Job) -> "Compared":
        said = job.parameters["compared"]
        as_of = date.fromisoformat(said["as_of"]) if said["as_of"] else None
        return cls(said["region"], said["year"], as_of, said["public"])

    def wish(self, scope: Scope) -> Wish | None:
        """The comparison within a scope. Raises NotPermitted where it opens nothing there."""
        if not self.region or self.year is None:
            return None
        found = [code for code in SUBJECTS if may_see(scope, self.region, code)]
        if not found:
            raise NotPermitted(f"您无权查看区划{self.region}的统计数字，不能与其记录对照")
        return Wish(self.region, self.year, self.as_of, scope, found, self.public)


def may_see(scope: Scope, region: str, subject: str) -> bool:
    kind = subject if subject in KINDS else None
    return scope.allows(region_code=region, organization_id=None, kind=kind)


def ask_check(*, owner: User, file: SentFile, compared: Compared, site: str, now: datetime) -> Job:
    """Ask for a file to be checked; `site` is where the owner reaches the service, for the way to the cases."""
    sent = [{"name": file.name, "kept": file.kept, "size": file.size}]
    parameters = {"files": sent, "compared": compared.as_dict(), "site": site}
    return ask(kind=Job.Kind.CHECK, owner=owner, parameters=parameters, region_code=compared.region, now=now)


def run_check(run: Run) -> None:
    """Read, compare, mark; then keep the result for a day."""
    asked, compared, today = run.job.parameters, Compared.of(run.job), localdate(run.clock())
    wish, lists = compared.wish(scope_of(run.job.owner)), Lists(asked["site"])
    sent = asked["files"][0]
    run.advance(0, total=len(STEPS), doing=STEPS[0])
    content = b"".join(store.read(sent["kept"]))
    document = apart.read(content, sent["name"])
    run.advance(1, doing=STEPS[1])
    found = review(document, wish, today=today)
    run.advance(2, doing=STEPS[2])
    parts = parts_of(found, content, lists, sent["name"])
    kept = store.seal([zipped(parts)])
    run.done = len(STEPS)
    try:
        result = {"formats": [name for name in (PAGE, COPY) if name in parts]}
        run.end(Job.State.DONE, doing="", counts=found.counts, result=result, result_file=kept, expires_at=run.expiry())
    except BaseException:
        store.drop(kept)
        raise


def parts_of(found: Review, content: bytes, lists: Lists, name: str) -> dict[str, bytes]:
    """The result for programs, the page, what stands in it for our own, and of a Word file the copy with comments."""
    said = json.dumps(found.as_json(lists.behind), ensure_ascii=False).encode()
    parts = {RESULT: said, PAGE: page(found, lists.behind, title=f"核对结果：{name}").encode()}
    parts[FRAGMENT] = fragment(found, lists.behind).encode()
    copy = with_marks(content, found, lists.behind) if found.document.format is Format.WORD else b""
    return parts | ({COPY: copy} if copy else {})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


def part_of_result(kept: str, name: str) -> bytes:
    """A part of what a check left in the store."""
    with zipfile.ZipFile(io.BytesIO(b"".join(store.read(kept)))) as file:
        return file.read(name)
