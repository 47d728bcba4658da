"""What clients send to open or change a case, held against the declared kind before the core is asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.errors import FieldsRefused
from api.serializers import Plain
from casetrack.cases import parties as people
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft, new_case, own_facts
from casetrack.cases.models import Case
from casetrack.cases.models.record import KIND_CHOICES
from casetrack.kinds import KINDS, Kind
from casetrack.kinds.base import ORGANIZATION
from casetrack.kinds.facts import check_facts, problem_with
from casetrack.kinds.refusals import FactsRefused
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope

MOST_FACTS = 100
MOST_STEPS = 50
PERSONAL_CHANGED = "更正涉及个人的要素"


@extend_schema_field({"type": ["string", "integer", "boolean"]})
class FactField(serializers.Field[Any, Any, Any, Any]):
    """A text, a whole number or yes and no; which of them, the kind's declaration says. Empty means not given."""

    def to_internal_value(self, data: Any) -> str | int | bool | None:
        if data is None or isinstance(data, str | int | bool):
            return data
        raise serializers.ValidationError("应为文字、整数或是/否（true/false）")

    def to_representation(self, value: Any) -> Any:
        return value


class FactsField(serializers.DictField):
    """Facts by the names of their fields."""

    child = FactField(allow_null=True)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and len(data) > MOST_FACTS:
            raise serializers.ValidationError(f"一次最多填写{MOST_FACTS}项")
        facts: dict[str, Any] = super().to_internal_value(data)
        if ORGANIZATION in facts:
            raise serializers.ValidationError({ORGANIZATION: "承办机构不在要素中填写"})
        return {name: value for name, value in facts.items() if value is not None}


class StepSerializer(Plain):
    """A step that was taken."""

    type = serializers.CharField(max_length=32, label="步骤")
    occurred_on = serializers.DateField(label="发生日期")
    facts = FactsField(default=dict, label="要素")


class PartySerializer(Plain):
    """Someone in the case."""

    role = serializers.CharField(max_length=32, label="身份")
    name = serializers.CharField(max_length=200, allow_blank=True, default="", label="姓名或名称")
    phone = serializers.CharField(max_length=50, allow_blank=True, default="", label="联系电话")
    identity = serializers.CharField(max_length=50, allow_blank=True, default="", label="证件号码")
    address = serializers.CharField(max_length=500, allow_blank=True, default="", label="住址")


class NewCaseSerializer(Plain):
    """A case to open, with the steps already taken since."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES, label="案件种类")
    organization = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, label="承办机构编号")
    on = serializers.DateField(label="登记（收到）日期")
    facts = FactsField(default=dict, label="要素")
    parties: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=PartySerializer(), default=list, max_length=people.MOST, label="当事人"
    )
    number = serializers.CharField(max_length=100, allow_blank=True, default="", label="已有的案号；不填则自动编号")
    steps: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=StepSerializer(), default=list, max_length=MOST_STEPS, label="此后已进行的步骤"
    )

    def validate_organization(self, pk: int) -> Organization:
        """Of many rows, whose offices were read at once, or of one."""
        known: Mapping[int, Organization] | None = self.context.get("organizations")
        offices = offices_open_to(self.context["scope"], [pk]) if known is None else known
        organization = offices.get(pk)
        if organization is None:
            raise serializers.ValidationError("没有这一机构，或您无权为其登记案件")
        return organization

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        kind, organization = KINDS[asked["kind"]], asked["organization"]
        scope: Scope = self.context["scope"]
        errors = {
            f"parties.{place}.role": f"没有“{party['role']}”这一身份，可选：{choices_said(kind)}"
            for place, party in enumerate(asked["parties"])
            if party["role"] not in {role.code for role in kind.roles}
        }
        if not scope.allows(region_code=organization.region_id, organization_id=organization.pk, kind=kind.code):
            errors["kind"] = f"您无权办理“{organization.name}”的{kind.label}案件"
        errors |= fact_errors(kind, kind.opening.name, asked["facts"], "")
        for place, step in enumerate(asked["steps"]):
            errors |= fact_errors(kind, step["type"], step["facts"], f"steps.{place}.")
        if errors:
            raise FieldsRefused(errors)
        return asked


def offices_open_to(scope: Scope, pks: Iterable[int]) -> dict[int, Organization]:
    open_to = scope.on(region_field="region", organization_field="pk", kind_field=None)
    return Organization.objects.filter(open_to).in_bulk(pks)


def draft_of(asked: Mapping[str, Any]) -> CaseDraft:
    """The case that a validated NewCaseSerializer asks for."""
    opening = StepDraft(KINDS[asked["kind"]].opening.name, asked["on"], asked["facts"])
    further = (StepDraft(step["type"], step["occurred_on"], step["facts"]) for step in asked["steps"])
    return new_case(
        kind=asked["kind"],
        organization=asked["organization"],
        steps=(opening, *further),
        parties=[PartyDraft(**party) for party in asked["parties"]],
        number=asked["number"],
    )


def choices_said(kind: Kind) -> str:
    return "、".join(f"{role.code}（{role.label}）" for role in kind.roles)


def fact_errors(kind: Kind, name: str, facts: Mapping[str, Any], path: str) -> dict[str, str]:
    """What is wrong with the facts of one step of several, by path: the core would stop at the first of them."""
    step = kind.step_named.get(name)
    if step is None:
        return {f"{path}type": f"没有“{name}”这一步骤，可用的有：{'、'.join(kind.step_named)}"}
    try:
        check_facts(kind, step, facts)
    except FactsRefused as refused:
        return {f"{path}facts.{field}": message for field, message in refused.errors.items()}
    return {}


class PrivateFactsSerializer(Plain):
    """The personal facts of a case, said anew."""

    private = FactsField(label="涉及个人的要素")

    def validate_private(self, facts: dict[str, Any]) -> dict[str, Any]:
        case: Case = self.context["case"]
        personal = {field.name: field for field in case.declared.fields if field.personal}
        errors = {
            name: problem_with(personal[name], value) if name in personal else not_personal(case.declared, name)
            for name, value in facts.items()
        }
        errors |= {name: "不能清空，请填写新的内容" for name, value in facts.items() if value == ""}
        if any(errors.values()):
            raise serializers.ValidationError({name: message for name, message in errors.items() if message})
        if not facts:
            raise serializers.ValidationError(f"请填写要修改的内容，可填：{'、'.join(personal)}")
        return facts

    def correction(self) -> dict[str, Any]:
        """The event that recorded the facts, said anew with them: the core keeps what is personal apart."""
        case, private = self.context["case"], self.validated_data["private"]
        recorded = {step.name for step in case.declared.steps if set(private) <= set(step.records)}
        event = case.events.effective().filter(step__in=recorded).order_by("sequence").last()
        if event is None:
            raise serializers.ValidationError({"private": "还没有记录这些内容的步骤；请随该步骤一并填写"})
        return {
            "event_id": event.pk,
            "on": event.occurred_on,
            "facts": {**own_facts(event.facts), **private},
            "reason": PERSONAL_CHANGED,
        }


def not_personal(kind: Kind, name: str) -> str:
    personal = "、".join(field.name for field in kind.fields if field.personal)
    return f"“{name}”不能这样修改；可修改的有：{personal}，其余内容请以更正事件修改"
