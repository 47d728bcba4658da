"""/cases/bulk/ and /events/bulk/: up to a thousand cases to open, or events to log, in one request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.drafts import NewCaseSerializer, draft_of, offices_open_to
from api.errors import ApiRefused, FieldsRefused
from api.events import NewEventSerializer, entry_of
from api.idempotency import Answer, answer_once
from api.permissions import refuse_outside, user_of, writing_scope
from api.row_keys import LONGEST, Result
from api.rows import LARGEST_BODY, MOST_ROWS, Row, RowResultSerializer, answer_rows, refused, rows_in
from api.serializers import Plain
from casetrack.accounts.models import User
from casetrack.cases.many import Asked, log_each, open_each
from casetrack.cases.models import Case, CaseEvent
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.scope import Scope

Do = Callable[[Request, Sequence[Row], Scope, User, datetime], list[Result]]
REFUSALS = (exceptions.ValidationError, ApiRefused, Http404)
SAID = (
    f"一次最多{MOST_ROWS}行，逐行作答，次序不变：一行有误不影响其他行，全部办理为200，有未办理的行为207。"
    "每行可带自己的键（key）：同一键的同一行只办理一次，不论随哪次请求发来。"
)


class OpenedSerializer(Plain):
    """A case just opened."""

    id = serializers.IntegerField(label="编号")
    number = serializers.CharField(label="案号")
    kind = serializers.CharField(label="案件种类")
    state = serializers.CharField(label="状态")
    received_on = serializers.DateField(label="收到日期")
    due_on = serializers.DateField(allow_null=True, label="最近期限")
    version = serializers.IntegerField(label="版本")


class LoggedSerializer(Plain):
    """An event just logged; its number in the case is the version of the case after it."""

    id = serializers.IntegerField(label="编号")
    case = serializers.IntegerField(source="case_id", label="案件编号")
    sequence = serializers.IntegerField(label="序号，即此后案件的版本")
    type = serializers.CharField(source="step", label="步骤")
    occurred_on = serializers.DateField(label="发生日期")


class CaseRowSerializer(NewCaseSerializer):
    """A row of cases to open."""

    key = serializers.CharField(max_length=LONGEST, required=False, label="该行的幂等键")


class EventRowSerializer(NewEventSerializer):
    """A row of events to log."""

    case = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, label="案件编号")
    version = serializers.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, label="所依据的案件版本；案件已变则该行412"
    )
    key = serializers.CharField(max_length=LONGEST, required=False, label="该行的幂等键")


class CaseRowsSerializer(Plain):
    """Cases to open."""

    cases = CaseRowSerializer(many=True, label=f"案件，最多{MOST_ROWS}行")


class EventRowsSerializer(Plain):
    """Events to log."""

    events = EventRowSerializer(many=True, label=f"事件，最多{MOST_ROWS}行；同一案件的多行依次进行")


class OpenedResultSerializer(RowResultSerializer):
    """The answer to a row of cases."""

    case = OpenedSerializer(required=False, label="已登记的案件")


class LoggedResultSerializer(RowResultSerializer):
    """The answer to a row of events."""

    event = LoggedSerializer(required=False, label="已登记的事件")


class OpenedResultsSerializer(Plain):
    """The answers, in the order of the rows."""

    results = OpenedResultSerializer(many=True)


class LoggedResultsSerializer(Plain):
    """The answers, in the order of the rows."""

    results = LoggedResultSerializer(many=True)


class BulkCasesView(APIView):
    """批量登记案件。"""

    largest_body = LARGEST_BODY

    @extend_schema(
        summary="批量登记案件",
        description=SAID,
        request=CaseRowsSerializer,
        responses={200: OpenedResultsSerializer, 207: OpenedResultsSerializer},
    )
    def post(self, request: Request) -> Response:
        return answered(request, "cases", opened)


class BulkEventsView(APIView):
    """批量登记事件。"""

    largest_body = LARGEST_BODY

    @extend_schema(
        summary="批量登记事件",
        description=f"步骤、更正和撤销，可属多个案件；同一案件的多行依次进行。{SAID}",
        request=EventRowsSerializer,
        responses={200: LoggedResultsSerializer, 207: LoggedResultsSerializer},
    )
    def post(self, request: Request) -> Response:
        return answered(request, "events", logged)


def answered(request: Request, name: str, do: Do) -> Response:
    """The answer to the rows that stand under a name; what they ask is done by `do`, once for each key."""
    now, user = timezone.now(), user_of(request)
    scope, rows = writing_scope(user), rows_in(request, name)

    def act() -> Answer:
        return answer_rows(request, rows, now=now, act=lambda fresh: do(request, fresh, scope, user, now))

    return answer_once(request, now=now, act=act)


def opened(request: Request, rows: Sequence[Row], scope: Scope, user: User, now: datetime) -> list[Result]:
    offices = offices_open_to(scope, ids_in(row.get("organization") for row in rows))
    form = NewCaseSerializer(context={"scope": scope, "organizations": offices})
    results, drafts, shown = dict[int, Result](), {}, OpenedSerializer()
    for place, row in enumerate(rows):
        try:
            drafts[place] = draft_of(form.run_validation(row))
        except REFUSALS as refusal:
            results[place] = refused(request, refusal)
    for place, outcome in zip(drafts, open_each(drafts=list(drafts.values()), actor=user, now=now), strict=True):
        results[place] = (
            {"status": 201, "case": shown.to_representation(outcome)}
            if isinstance(outcome, Case)
            else refused(request, outcome)
        )
    return [results[place] for place in range(len(rows))]


def logged(request: Request, rows: Sequence[Row], scope: Scope, user: User, now: datetime) -> list[Result]:
    cases = Case.objects.visible_to(user).in_bulk(ids_in(row.get("case") for row in rows))
    named = ids_in(row.get(name) for row in rows for name in ("replaces", "retracts"))
    context: dict[str, Any] = {"events": CaseEvent.objects.of_cases(cases).in_bulk(named)}
    form = EventRowSerializer(context=context)  # one for all: making it takes longer than holding a row against it
    results, asked, shown = dict[int, Result](), {}, LoggedSerializer()
    for place, row in enumerate(rows):
        try:
            context["case"] = case = case_named(row, cases, scope)
            said = form.run_validation(row)
            asked[place] = Asked(case.pk, entry_of(said), said.get("version"))
        except REFUSALS as refusal:
            results[place] = refused(request, refusal)
    for place, outcome in zip(asked, log_each(asked=list(asked.values()), actor=user, now=now), strict=True):
        results[place] = (
            {"status": 201, "event": shown.to_representation(outcome)}
            if isinstance(outcome, CaseEvent)
            else refused(request, outcome)
        )
    return [results[place] for place in range(len(rows))]


def case_named(row: Row, cases: Mapping[int, Case], scope: Scope) -> Case:
    """The case of a row. Outside the caller's scope it is not there, as everywhere."""
    named = ids_in([row.get("case")])
    if not named:
        raise FieldsRefused({"case": "须填写案件编号，即案件的 id"})
    case = cases.get(named[0])
    if case is None:
        raise Http404
    refuse_outside(scope, case)
    return case


def ids_in(values: Iterable[Any]) -> list[int]:
    """Those that could be the number of a row."""
    return [value for value in values if type(value) is int and 1 <= value <= LARGEST_ID]
