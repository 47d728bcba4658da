"""/cases/: the list, one case, a new one, and its personal facts. A case changes only by events."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.drafts import NewCaseSerializer, PrivateFactsSerializer, draft_of
from api.idempotency import Answer, answer_once
from api.listing import Listing, fields_asked
from api.permissions import refuse_unless_writable, user_of, writing_scope
from api.preconditions import etag_of, version_named
from api.schema import IF_MATCH
from api.serializers import OfModel, Plain
from casetrack.accounts.models import User
from casetrack.cases import operations
from casetrack.cases.filtersets import CaseFilterSet
from casetrack.cases.models import Case, Party
from casetrack.cases.querysets import CaseQuerySet
from casetrack.cases.rights import handles
from casetrack.cases.rows import MEMBERS, allowed_steps, columns_of, rows_shown, state_label, title
from casetrack.cases.sweep import Light, light_shown
from casetrack.lib.keyset import columns_ordering
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.totals import total_of

ID = "[0-9]{1,18}"


class OfficeSerializer(Plain):
    """The organization in charge."""

    id = serializers.IntegerField(label="编号")
    name = serializers.CharField(label="名称")


class CaseSerializer(OfModel[Case]):
    """A case as lists show it: nothing that names a person."""

    organization = OfficeSerializer(label="承办机构")
    region = serializers.CharField(source="region_code", label="承办机构所在区划代码")
    state_label = serializers.SerializerMethodField(label="状态名称")
    values = serializers.DictField(label="案件要素")
    title = serializers.SerializerMethodField(label="标题（隐去姓名）")
    light = serializers.SerializerMethodField(label="最紧的期限亮什么灯；空：没有进行中的期限")
    allowed_steps = serializers.SerializerMethodField(label="可进行的步骤")

    class Meta:
        model = Case
        fields: tuple[str, ...] = (
            *("id", "kind", "number", "organization", "region", "state", "state_label"),
            *("received_on", "closed_on", "due_on", "values", "version", "title", "light", "allowed_steps"),
        )

    def get_state_label(self, case: Case) -> str:
        return state_label(case.kind, case.state)

    def get_title(self, case: Case) -> str:
        return title(case.kind, case.values, [party.name for party in case.parties.all()])

    @extend_schema_field({"type": ["string", "null"], "enum": [*(light.value for light in Light), None]})
    def get_light(self, case: Case) -> str | None:
        return light_shown(case.due_on, case.red_on, case.yellow_on, self.context["today"])

    def get_allowed_steps(self, case: Case) -> list[str]:
        return list(allowed_steps(case.kind, case.state))


class CaseDetailSerializer(CaseSerializer):
    """A case by itself, with the personal facts that the chain of events does not contain."""

    private = serializers.SerializerMethodField(label="涉及个人的要素；空：您的角色不办理案件")

    class Meta(CaseSerializer.Meta):
        fields = (*CaseSerializer.Meta.fields, "private")

    def get_private(self, case: Case) -> dict[str, Any] | None:
        return dict(case.private) if self.context.get("private") else None


def cases_of(user: User) -> QuerySet[Case]:
    """The cases that the user may see, with what is shown of them."""
    return with_what_is_shown(Case.objects.visible_to(user))


def with_what_is_shown(cases: QuerySet[Case]) -> QuerySet[Case]:
    people = Party.objects.order_by("pk").only("case", "name")  # the rest is sealed, and stays so
    return cases.select_related("organization").prefetch_related(Prefetch("parties", people))


def address_of(request: Request, case: Case) -> str:
    return reverse("case-detail", args=[case.pk], request=request)


def visible_case(request: Request, case_id: str) -> Case:
    """The case of a nested address. Outside the caller's scope it is not there."""
    case = Case.objects.visible_to(user_of(request)).filter(pk=int(case_id)).first()
    if case is None:
        raise Http404(case_id)
    return case


@extend_schema_view(
    list=extend_schema(summary="查询案件", description="列表中隐去姓名；多数条件可以组合。"),
    retrieve=extend_schema(summary="读取一个案件", description="响应头 ETag 是案件的版本，修改时放入 If-Match。"),
)
class CaseViewSet(Listing, RetrieveModelMixin, GenericViewSet[Case]):
    """案件。状态只能通过事件改变。"""

    queryset: QuerySet[Case] = Case.objects.order_by("-id")
    filterset_class = CaseFilterSet
    filterset: CaseFilterSet
    scope: Scope
    narrowed: CaseQuerySet
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Case]:
        return cases_of(user_of(self.request)).order_by("-id")

    def filterset_kwargs(self) -> dict[str, Any]:
        return {"today": timezone.localdate(), "handling": self.scope.is_handled}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        members = fields_asked(request, MEMBERS)
        self.scope = scope_of(user_of(request))
        cases = self.filter_queryset(Case.objects.in_scope(self.scope).order_by("-id"))
        self.narrowed = cast(CaseQuerySet, cases)
        rows = self.paginate_queryset(cases.values("pk", *columns_of(members), *columns_ordering(cases))) or []
        return self.get_paginated_response(rows_shown(rows, members, timezone.localdate()))

    @property
    def wider(self) -> QuerySet[Case] | None:
        return self.filterset.wider

    def total_of(self, rows: object) -> int:
        """Of the cases alone: what a page shows of their offices would join these to a count."""
        return total_of(self.narrowed, asked=self.filterset.form.cleaned_data, scope=self.scope)

    def get_serializer_class(self) -> type[CaseSerializer]:
        return CaseSerializer if self.action == "list" else CaseDetailSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "today": timezone.localdate()}

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        case = self.get_object()
        return self.answer(case, private=handles(user_of(request), case)).response()

    @extend_schema(
        summary="登记案件",
        description="可连同此后已经进行的步骤一并登记。不填案号时按机构和年度连续编号。",
        request=NewCaseSerializer,
        responses={201: CaseDetailSerializer},
    )
    def create(self, request: Request) -> Response:
        now, user = timezone.now(), user_of(request)
        scope = writing_scope(user)

        def open_case() -> Answer:
            asked = NewCaseSerializer(data=request.data, context={"scope": scope})
            asked.is_valid(raise_exception=True)
            case = operations.open_case(draft=draft_of(asked.validated_data), actor=user, now=now)
            return self.shown(case.pk, status=201, headers={"Location": address_of(request, case)})

        return answer_once(request, now=now, act=open_case)

    @extend_schema(
        summary="修改涉及个人的要素",
        description="只能修改声明为涉及个人的字段；以更正事件留痕，案件版本随之增加。",
        request=PrivateFactsSerializer,
        responses=CaseDetailSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        now, user = timezone.now(), user_of(request)
        case = visible_case(request, pk)
        refuse_unless_writable(user, case)
        version = version_named(request, case, required=True)
        asked = PrivateFactsSerializer(data=request.data, context={"case": case})
        asked.is_valid(raise_exception=True)
        operations.correct(**asked.correction(), actor=user, now=now, version=version or case.version)
        return self.shown(case.pk).response()

    def shown(self, pk: int, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
        # what the caller just wrote: an accusation may be handed in by those who will not be shown it again
        case = with_what_is_shown(Case.objects.all()).get(pk=pk)
        return self.answer(case, private=True, status=status, headers=headers)

    def answer(
        self, case: Case, *, private: bool, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Answer:
        shown = CaseDetailSerializer(case, context={**self.get_serializer_context(), "private": private})
        return Answer(shown.data, status, {**(headers or {}), "ETag": etag_of(case.version)})
