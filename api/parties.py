"""/cases/{id}/parties/: the people of a case, their numbers masked."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from api.cases import visible_case
from api.masking import masked_address, masked_number
from api.serializers import OfModel
from casetrack.cases.models import Party


class PartyShownSerializer(OfModel[Party]):
    """A person or body in a case."""

    role_label = serializers.SerializerMethodField(label="身份名称")
    phone = serializers.SerializerMethodField(label="联系电话（隐去中间数字）")
    identity = serializers.SerializerMethodField(label="证件号码（隐去中间数字）")
    address = serializers.SerializerMethodField(label="住址（只到区划）")

    class Meta:
        model = Party
        fields = ("id", "role", "role_label", "name", "phone", "identity", "address")

    def get_role_label(self, party: Party) -> str:
        return next((role.label for role in party.case.declared.roles if role.code == party.role), party.role)

    def get_phone(self, party: Party) -> str:
        return masked_number(party.phone)

    def get_identity(self, party: Party) -> str:
        return masked_number(party.identity)

    def get_address(self, party: Party) -> str:
        return masked_address(party.address)


@extend_schema_view(list=extend_schema(summary="列出案件的当事人", description="电话、证件号码和住址隐去一部分。"))
class PartyViewSet(ListModelMixin, GenericViewSet[Party]):
    """一个案件的当事人。"""

    queryset: QuerySet[Party] = Party.objects.order_by("pk")
    serializer_class = PartyShownSerializer

    def get_queryset(self) -> QuerySet[Party]:
        case = visible_case(self.request, self.kwargs["case_id"])
        return super().get_queryset().filter(case=case).select_related("case")
