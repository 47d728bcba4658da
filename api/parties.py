"""/cases/{id}/parties/: the people of a case. Masked, unless one of them is read for a stated purpose."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.cases import ID, visible_case
from api.changes import changes_in
from api.drafts import PartySerializer
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.permissions import refuse_unless_able, refuse_unless_writable, refuse_without_scope, user_of
from api.preconditions import digest_named, etag_header
from api.purposes import purpose_of
from api.schema import IF_MATCH, PURPOSE
from api.serializers import OfModel
from casetrack.accounts.token_scopes import PERSONAL
from casetrack.cases import parties
from casetrack.cases.drafts import PartyDraft
from casetrack.cases.models import Case, Party
from casetrack.organizations.capabilities import Capability


class PartyShownSerializer(OfModel[Party]):
    """A person or body in a case; masked, unless the context says that it is to be shown whole."""

    role_label = serializers.SerializerMethodField(label="身份名称")
    name = serializers.SerializerMethodField(label="姓名或名称（未说明目的时只留首字）")
    phone = serializers.SerializerMethodField(label="联系电话（未说明目的时隐去中间数字）")
    identity = serializers.SerializerMethodField(label="证件号码（未说明目的时隐去中间数字）")
    address = serializers.SerializerMethodField(label="住址（未说明目的时只到区划）")

    class Meta:
        model = Party
        fields = ("id", "role", "role_label", "name", "phone", "identity", "address")

    def get_role_label(self, party: Party) -> str:
        return parties.role_label(party)

    def get_name(self, party: Party) -> str:
        return self.shown(party, "name")

    def get_phone(self, party: Party) -> str:
        return self.shown(party, "phone")

    def get_identity(self, party: Party) -> str:
        return self.shown(party, "identity")

    def get_address(self, party: Party) -> str:
        return self.shown(party, "address")

    def shown(self, party: Party, name: str) -> str:
        return parties.detail_shown(party, name, whole=bool(self.context.get("whole")))


@extend_schema_view(
    list=extend_schema(summary="列出案件的当事人", description="姓名、电话、证件号码和住址隐去一部分。")
)
class PartyViewSet(Listing, GenericViewSet[Party]):
    """一个案件的当事人。"""

    queryset: QuerySet[Party] = Party.objects.order_by("pk")
    serializer_class = PartyShownSerializer
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Party]:
        case = visible_case(self.request, self.kwargs["case_id"])
        return super().get_queryset().filter(case=case).select_related("case")

    @extend_schema(
        summary="读取一名当事人",
        description="填写 purpose 才给出完整的姓名、电话、证件号码和住址，每次读取都记入审计记录。ETag 供修改时使用。",
        parameters=[PURPOSE],
    )
    def retrieve(self, request: Request, case_id: str, pk: str) -> Response:
        purpose, party = purpose_of(request), self.get_object()
        if purpose is None:
            return answer(party).response()
        user = user_of(request)
        refuse_without_scope(request, PERSONAL.name)
        refuse_unless_able(user, Capability.READ_PERSONAL, party.case)
        whole = parties.read_party(party_id=party.pk, purpose=purpose, actor=user, now=timezone.now())
        return answer(whole, whole=True).response()

    @extend_schema(summary="增加当事人", request=PartySerializer, responses={201: PartyShownSerializer})
    def create(self, request: Request, case_id: str) -> Response:
        now, user = timezone.now(), user_of(request)
        case = self.writable_case(request, case_id)

        def added() -> Answer:
            asked = PartySerializer(data=request.data)
            asked.is_valid(raise_exception=True)
            draft = PartyDraft(**asked.validated_data)
            party = parties.add_party(case_id=case.pk, draft=draft, actor=user, now=now)
            return answer(party, 201, Location=reverse("case-party-detail", args=[case.pk, party.pk], request=request))

        return answer_once(request, now=now, act=added)

    @extend_schema(
        summary="修改当事人",
        description="只改填写的项目。当事人不在事件链中，案件版本不变；改了哪些项目记入审计记录，不记内容。",
        request=PartySerializer,
        responses=PartyShownSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, case_id: str, pk: str) -> Response:
        self.writable_case(request, case_id)
        party = self.get_object()
        version, details = digest_named(request, party), changes_in(request, PartySerializer)
        changed = parties.change_party(
            party_id=party.pk, details=details, actor=user_of(request), now=timezone.now(), version=version
        )
        return answer(changed).response()

    def writable_case(self, request: Request, case_id: str) -> Case:
        case = visible_case(request, case_id)
        refuse_unless_writable(user_of(request), case)
        return case


def answer(party: Party, status: int = 200, *, whole: bool = False, **headers: Any) -> Answer:
    shown = PartyShownSerializer(party, context={"whole": whole})
    return Answer(shown.data, status, {**headers, **etag_header(party)})
