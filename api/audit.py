"""/audit/: who read or changed what, for those who check others."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.viewsets import GenericViewSet

from api.listing import Listing
from api.permissions import scope_able, user_of
from api.serializers import OfModel, Plain
from casetrack.accounts.models import AuditEntry
from casetrack.accounts.token_scopes import AUDIT
from casetrack.organizations.auditing import entries_within
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.filtersets import AuditFilterSet


class AuditActorSerializer(Plain):
    """Whoever did it."""

    id = serializers.IntegerField(label="编号")
    username = serializers.CharField(label="用户名")
    name = serializers.CharField(source="__str__", label="姓名")


class AuditEntrySerializer(OfModel[AuditEntry]):
    """An act. It says which details were read or changed, never what they are."""

    actor = AuditActorSerializer(allow_null=True, label="操作人；空：命令行，或登录失败的未知用户")
    action_label = serializers.CharField(source="get_action_display", label="操作名称")
    region = serializers.CharField(source="region_code", label="区划代码；空：与地区无关")
    organization = serializers.IntegerField(source="organization_id", allow_null=True, label="机构编号")
    case = serializers.IntegerField(source="case_id", allow_null=True, label="案件编号")
    details = serializers.DictField(label="详情，如所涉项目的名称")

    class Meta:
        model = AuditEntry
        fields = (
            *("id", "at", "actor", "action", "action_label", "purpose"),
            *("region", "organization", "kind", "case", "details"),
        )


@extend_schema_view(
    list=extend_schema(
        summary="查询审计记录", description="最近的在前。只供审计员查看其管辖范围内的；限制知悉的案件另须获准知悉。"
    )
)
class AuditViewSet(Listing, GenericViewSet[AuditEntry]):
    """审计记录，只增不改。"""

    queryset: QuerySet[AuditEntry] = AuditEntry.objects.order_by("-id")
    serializer_class = AuditEntrySerializer
    filterset_class = AuditFilterSet
    token_scopes: dict[str, str] = {"GET": AUDIT.name}

    def get_queryset(self) -> QuerySet[Any]:
        scope = scope_able(user_of(self.request), Capability.READ_AUDIT)
        return entries_within(scope).select_related("actor").order_by("-id")
