"""/cases/{id}/links/: the cases that a case followed from, and those that followed from it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.cases import visible_case
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.permissions import refuse_unless_writable, user_of
from api.serializers import OfModel, Plain
from casetrack.cases.linking import link, links_seen
from casetrack.cases.models import CaseLink
from casetrack.kinds.links import LINKS
from casetrack.organizations.filters import LARGEST_ID


class LinkSerializer(OfModel[CaseLink]):
    """That one case followed from another."""

    relation_label = serializers.CharField(source="label", read_only=True, label="关系名称")

    class Meta:
        model = CaseLink
        fields = ("id", "earlier", "later", "relation", "relation_label", "linked_at")


class NewLinkSerializer(Plain):
    """The case that followed from this one, and how."""

    later = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, label="在后案件的编号")
    relation = serializers.ChoiceField(choices=[(each.code, each.label) for each in LINKS.values()], label="关系")


@extend_schema_view(list=extend_schema(summary="列出案件的关联"))
class LinkViewSet(Listing, GenericViewSet[CaseLink]):
    """一个案件与其前后案件的关联；只列出两端都在您管辖范围内的。"""

    queryset: QuerySet[CaseLink] = CaseLink.objects.filter(ended_at=None).order_by("pk")
    serializer_class = LinkSerializer

    def get_queryset(self) -> QuerySet[CaseLink]:
        return links_seen(visible_case(self.request, self.kwargs["case_id"]), user_of(self.request))

    @extend_schema(
        summary="关联在后的案件",
        request=NewLinkSerializer,
        responses={201: LinkSerializer},
    )
    def create(self, request: Request, case_id: str) -> Response:
        now, user = timezone.now(), user_of(request)
        earlier = visible_case(request, case_id)
        refuse_unless_writable(user, earlier)

        def linked() -> Answer:
            asked = NewLinkSerializer(data=request.data)
            asked.is_valid(raise_exception=True)
            named: dict[str, Any] = asked.validated_data
            later = visible_case(request, str(named["later"]))
            made = link(earlier_id=earlier.pk, later_id=later.pk, relation=named["relation"], actor=user, now=now)
            return Answer(self.get_serializer(made).data, 201, {})

        return answer_once(request, now=now, act=linked)
