"""/cases/{id}/events/: what happened in a case. A POST takes a step, corrects an event, or retracts one."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.cases import visible_case
from api.drafts import FactsField
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.permissions import refuse_unless_writable, user_of
from api.preconditions import etag_of, version_named
from api.schema import IF_MATCH_OPTIONAL
from api.serializers import OfModel, Plain
from casetrack.accounts.models import User
from casetrack.cases import operations
from casetrack.cases.drafts import StepDraft, own_facts
from casetrack.cases.models import Case, CaseEvent
from casetrack.organizations.filters import LARGEST_ID


class ActorSerializer(Plain):
    """Who logged the event."""

    id = serializers.IntegerField(label="编号")
    name = serializers.CharField(source="__str__", label="姓名")


class EventSerializer(OfModel[CaseEvent]):
    """An event of the log."""

    type = serializers.CharField(source="step", label="步骤")
    label_ = serializers.SerializerMethodField(label="步骤名称")
    actor = ActorSerializer(allow_null=True, label="录入人；空：批量导入")
    facts = serializers.DictField(label="要素")
    replaces = serializers.SerializerMethodField(label="所更正的事件编号")
    retracts = serializers.SerializerMethodField(label="所撤销的事件编号")

    class Meta:
        model = CaseEvent
        fields = (
            *("id", "sequence", "type", "label_", "occurred_on", "recorded_at", "actor"),
            *("facts", "replaces", "retracts", "reason", "hash"),
        )

    def get_label(self, event: CaseEvent) -> str:
        case: Case = self.context["case"]
        step = case.declared.step_named.get(event.step)
        return step.label if step else event.step

    def get_replaces(self, event: CaseEvent) -> int | None:
        return None if event.retracts else event.replaces_id

    def get_retracts(self, event: CaseEvent) -> int | None:
        return event.replaces_id if event.retracts else None


class NewEventSerializer(Plain):
    """A step (type, occurred_on, facts), a correction (replaces, reason, what is new), or a retraction."""

    type = serializers.CharField(max_length=32, required=False, label="步骤")
    occurred_on = serializers.DateField(required=False, label="发生日期")
    facts = FactsField(required=False, label="要素")
    replaces = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, required=False, label="要更正的事件编号")
    retracts = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, required=False, label="要撤销的事件编号")
    reason = serializers.CharField(max_length=500, required=False, label="更正或撤销的理由")

    def validate_replaces(self, pk: int) -> CaseEvent:
        return self.event_of_case(pk)

    def validate_retracts(self, pk: int) -> CaseEvent:
        return self.event_of_case(pk)

    def event_of_case(self, pk: int) -> CaseEvent:
        """Of many rows, whose events were read at once, or of one."""
        case: Case = self.context["case"]
        known: Mapping[int, CaseEvent] | None = self.context.get("events")
        event = case.events.filter(pk=pk).first() if known is None else known.get(pk)
        if event is None or event.case_id != case.pk:
            raise serializers.ValidationError("本案没有这一事件，编号见事件列表的 id")
        return event

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        errors = self.missing(asked)
        if "replaces" in asked and "retracts" in asked:
            errors["retracts"] = "更正（replaces）和撤销（retracts）只能择一"
        if "replaces" in asked and asked.get("type", asked["replaces"].step) != asked["replaces"].step:
            errors["type"] = "更正不能改变步骤；请先撤销原事件，再登记新的步骤"
        if errors:
            raise serializers.ValidationError(errors)
        return asked

    def missing(self, asked: dict[str, Any]) -> dict[str, str]:
        wanted = {"reason": "更正或撤销须说明理由"}
        if not {"replaces", "retracts"} & asked.keys():
            wanted = {"type": "须填写步骤", "occurred_on": "须填写发生日期，写作2024-03-01"}
        return {name: message for name, message in wanted.items() if name not in asked}


def log(case: Case, asked: dict[str, Any], **by: Any) -> CaseEvent:
    """The one call into the core that the request amounts to; what a correction leaves out stays as it was."""
    if wrong := asked.get("retracts"):
        return operations.retract(event_id=wrong.pk, reason=asked["reason"], **by)
    if wrong := asked.get("replaces"):
        day, facts = asked.get("occurred_on", wrong.occurred_on), asked.get("facts", own_facts(wrong.facts))
        return operations.correct(event_id=wrong.pk, on=day, facts=facts, reason=asked["reason"], **by)
    draft = StepDraft(asked["type"], asked["occurred_on"], asked.get("facts", {}))
    return operations.advance(case_id=case.pk, draft=draft, **by)


def entry_of(asked: Mapping[str, Any]) -> operations.Entry:
    """The same, for one of many."""
    if wrong := asked.get("retracts"):
        return operations.retraction(wrong, reason=asked["reason"])
    if wrong := asked.get("replaces"):
        day, facts = asked.get("occurred_on", wrong.occurred_on), asked.get("facts", own_facts(wrong.facts))
        return operations.correction(wrong, on=day, facts=facts, reason=asked["reason"])
    return operations.Entry(StepDraft(asked["type"], asked["occurred_on"], asked.get("facts", {})))


@extend_schema_view(list=extend_schema(summary="列出案件的事件"))
class EventViewSet(Listing, GenericViewSet[CaseEvent]):
    """案件的事件，只增不改；更正和撤销也是事件。"""

    queryset: QuerySet[CaseEvent] = CaseEvent.objects.order_by("sequence")
    serializer_class = EventSerializer
    case: Case

    def get_queryset(self) -> QuerySet[CaseEvent]:
        return super().get_queryset().filter(case=self.case).select_related("actor")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "case": getattr(self, "case", None)}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.case = visible_case(request, kwargs["case_id"])
        return super().list(request, *args, **kwargs)

    @extend_schema(
        summary="登记事件",
        description="步骤填 type、occurred_on、facts；更正填 replaces、reason 和新的内容；撤销填 retracts、reason。",
        request=NewEventSerializer,
        responses={201: EventSerializer},
        parameters=[IF_MATCH_OPTIONAL],
    )
    def create(self, request: Request, case_id: str) -> Response:
        now, user = timezone.now(), user_of(request)
        self.case = visible_case(request, case_id)
        refuse_unless_writable(user, self.case)
        return answer_once(request, now=now, act=lambda: self.logged(request, user, now))

    def logged(self, request: Request, user: User, now: Any) -> Answer:
        version = version_named(request, self.case, required=False)
        asked = NewEventSerializer(data=request.data, context={"case": self.case})
        asked.is_valid(raise_exception=True)
        event = log(self.case, asked.validated_data, actor=user, now=now, version=version)
        return Answer(self.get_serializer(event).data, 201, {"ETag": etag_of(event.sequence)})
