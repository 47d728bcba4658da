"""/imports/{id}/sheets/{n}/: which ledger a sheet of a trial is, and which field each of its headings is, by hand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.jobs.imports import kinds_open_to, read_anew
from casetrack.cases.jobs.remembering import remember
from casetrack.cases.jobs.running import NotPermitted
from casetrack.cases.ledgers.mapping import BY_CODE, MappedColumn, MappingRefused, SheetMapping
from casetrack.cases.ledgers.outline import Surety
from casetrack.cases.ledgers.recognise import LOOK_WITHIN, PASSED_OVER
from casetrack.cases.models import Job
from casetrack.kinds.refusals import Refused
from web.entering.once import TOKEN, fresh_token
from web.guards import Guarded, user_of
from web.importing.seen import address_of, import_seen, may_be_mapped, once_or_anew, outlined_sheets

NOT_IMPORTED = ("", "不导入")
REMEMBER = "记住这份对照：本地区以后表头相同的表照此读取"
LEFT_OUT, PASSED = "按对照不导入", "照例不导入"
TO_CHECK = {Surety.GUESS, Surety.REPEATED, Surety.NONE}


def is_unsure(column: Mapping[str, Any]) -> bool:
    return Surety(column["surety"]) in TO_CHECK and column["heading"] not in PASSED_OVER


class SheetForm(forms.Form):
    """Which ledger a sheet is, where its headings stand, and which field each is."""

    use_required_attribute = False
    heading_row = forms.IntegerField(
        label="表头在第几行",
        min_value=1,
        max_value=LOOK_WITHIN,
        error_messages={
            "required": "请填写表头在第几行",
            "invalid": "请只写数字，如2",
            "min_value": f"表头应在第1至{LOOK_WITHIN}行",
            "max_value": f"表头应在第1至{LOOK_WITHIN}行",
        },
    )
    heading_rows = forms.TypedChoiceField(
        label="表头占几行", choices=[(1, "一行"), (2, "两行（上一行是分组）")], coerce=int
    )

    def __init__(
        self, sheet: Mapping[str, Any], ledgers: Sequence[tuple[str, str]], data: QueryDict | None = None
    ) -> None:
        self.sheet, self.outline = sheet, sheet["outline"]
        known = {name: self.outline[name] for name in ("ledger", "heading_row", "heading_rows")}
        super().__init__(data, initial=known)
        choices = [("", "不导入这张表"), *ledgers]
        self.fields["ledger"] = forms.ChoiceField(label="这张表是", required=False, choices=choices)
        self.template_now = BY_CODE.get(self.outline["ledger"])
        self.fields.update(dict(self.columns()))
        if self.template_now is not None:
            self.fields["remember"] = forms.BooleanField(label=REMEMBER, required=False)

    def columns(self) -> Iterator[tuple[str, forms.Field]]:
        """A choice for each heading, as long as it is known of which ledger."""
        if self.template_now is None:
            return
        choices = [NOT_IMPORTED, *((each.name, each.headings[0]) for each in self.template_now.columns)]
        examples = iter(self.examples())
        for each in self.outline["columns"]:
            surety = Surety(each["surety"])
            is_read = each["field"] and surety is not Surety.GUESS
            example = next(examples, "") if is_read else ""
            label = LEFT_OUT if surety is Surety.TOLD and not each["field"] else surety.label
            label = PASSED if surety is Surety.NONE and each["heading"] in PASSED_OVER else label
            yield (
                f"column_{each['column']}",
                forms.ChoiceField(
                    label=f"{each['column']}. {each['heading']}",
                    required=False,
                    choices=choices,
                    initial=each["field"],
                    help_text=f"{label}；读作：{example}" if example else label,
                ),
            )

    def examples(self) -> list[str]:
        """What the first row that says something says, for each column that is read."""
        rows = [row["cells"] for row in self.sheet.get("preview", [])]
        return [next(filter(None, cells), "") for cells in zip(*rows, strict=True)]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self["ledger"], self["heading_row"], self["heading_rows"]]

    @property
    def mapped(self) -> list[tuple[forms.BoundField, bool]]:
        """The choices, each with whether it had better be looked at."""
        columns = self.outline["columns"] if self.template_now else []
        return [(self[f"column_{each['column']}"], is_unsure(each)) for each in columns]

    @property
    def guessed(self) -> int:
        return sum(each["surety"] == Surety.GUESS for each in self.outline["columns"])

    def said(self) -> SheetMapping:
        """What was chosen. With another ledger, or other headings, each column is told by its heading first."""
        chosen = self.cleaned_data
        where = {"file": self.sheet["file"], "sheet": self.sheet["sheet"]}
        if not chosen["ledger"]:
            return SheetMapping("", **where)
        at = {name: chosen[name] for name in ("heading_row", "heading_rows")}
        as_shown = all(chosen[name] == self.outline[name] for name in ("ledger", "heading_row", "heading_rows"))
        columns = tuple(
            MappedColumn(each["heading"], chosen[f"column_{each['column']}"], each["column"])
            for each in self.outline["columns"]
            if as_shown
        )
        return SheetMapping(chosen["ledger"], **where, **at, columns=columns if as_shown else None)


class SheetView(Guarded, View):
    """Change how a sheet of one's trial is read: its files are looked at once more, and nothing is written."""

    def get(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        job, sheet = self.sheet_of(request, pk, place)
        return self.page(request, job, SheetForm(sheet, ledgers_open_to(user_of(request), job)))

    def post(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        job, sheet = self.sheet_of(request, pk, place)
        user, now = user_of(request), timezone.now()
        form = SheetForm(sheet, ledgers_open_to(user, job), request.POST)

        def asked() -> str:
            said = form.said()
            if form.cleaned_data.get("remember") and said.columns is not None:
                headings = sheet["outline"]["digest"]
                remember(region_code=job.region_code, headings=headings, said=said, actor=user, now=now)
            return address_of(read_anew(preview=job, said=said, owner=user, now=now))

        if form.is_valid():
            try:
                return once_or_anew(request, now=now, act=asked)
            except (Refused, MappingRefused) as refused:
                form.add_error(None, str(refused))
        return self.page(request, job, form, status=422)

    def sheet_of(self, request: HttpRequest, pk: int, place: int) -> tuple[Job, dict[str, Any]]:
        job = import_seen(request, pk)
        sheets = outlined_sheets(job)
        if not job.is_of(user_of(request)) or place >= len(sheets):
            raise Http404(pk)
        return job, sheets[place]

    def page(self, request: HttpRequest, job: Job, form: SheetForm, *, status: int = 200) -> HttpResponse:
        gone = not may_be_mapped(job, user_of(request))
        context = {"job": job, "form": form, "gone": gone, "token": request.POST.get(TOKEN) or fresh_token()}
        return render(request, "web/importing/sheet.html", context, status=status)


def ledgers_open_to(user: User, job: Job) -> list[tuple[str, str]]:
    """The ledgers that the user may import there; registers are for those who may import all."""
    try:
        kinds = kinds_open_to(user, job.region_code)
    except NotPermitted:
        return []
    return [
        (code, template.title)
        for code, template in BY_CODE.items()
        if kinds is None or (template.kind and template.kind.code in kinds)
    ]
