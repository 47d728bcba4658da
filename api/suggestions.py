"""/cases/suggestions/: while a case is entered, those that may be the same matter.

A question that is sent by POST, because numbers of persons must not stand in addresses, which are logged on the way.
"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.cases import CaseSerializer
from api.idempotency import Answer, answer_once
from api.permissions import user_of
from api.serializers import Plain
from casetrack.accounts.token_scopes import READ
from casetrack.cases.models import Case
from casetrack.cases.models.record import KIND_CHOICES
from casetrack.cases.rows import MEMBERS, columns_of, rows_shown
from casetrack.cases.suggesting import MOST, Why, suggestions
from casetrack.organizations.scope import Scope, scope_of

LABELS = {Why.SAME_PARTY: "当事人相同", Why.SIMILAR_TEXT: "内容相近"}


class BeingEnteredSerializer(Plain):
    """What is known of the case so far."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES, label="案件种类")
    text = serializers.CharField(max_length=2000, required=False, default="", label="案情")
    parties = serializers.ListField(
        child=serializers.CharField(min_length=5, max_length=64),
        required=False,
        default=list,
        max_length=20,
        label="当事人的电话号码、证件号码（完全一致）",
    )

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if not (asked["text"] or asked["parties"]):
            raise serializers.ValidationError("请填写案情（text）或当事人的号码（parties）")
        return asked


class SuggestionSerializer(Plain):
    """A case that may be the same matter."""

    case = CaseSerializer(label="案件")
    why = serializers.ListField(
        child=serializers.ChoiceField(choices=[(why.value, label) for why, label in LABELS.items()]),
        label="相同之处",
    )


class SuggestionsSerializer(Plain):
    """At most ten."""

    results = SuggestionSerializer(many=True, label="可能为同一事项的案件")


class SuggestionsView(APIView):
    """登记时提示可能为同一事项的已有案件。"""

    token_scopes = {"POST": READ.name}

    @extend_schema(
        operation_id="cases_suggestions",
        summary="提示可能相同的案件",
        description=f"在本人可见的同种类案件中查找，最多{MOST}件，当事人相同的在前；只提示事项，不统计也不标记个人。"
        "号码放在请求内容中，不进入网址。",
        request=BeingEnteredSerializer,
        responses={200: SuggestionsSerializer},
    )
    def post(self, request: Request) -> Response:
        scope = scope_of(user_of(request))
        return answer_once(request, now=timezone.now(), act=lambda: self.answer(request, scope))

    def answer(self, request: Request, scope: Scope) -> Answer:
        asked = BeingEnteredSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = suggestions(scope=scope, handling=scope.is_handled, **asked.validated_data)
        members = list(MEMBERS)
        page = Case.objects.filter(pk__in=[each.case for each in found]).values("pk", *columns_of(members))
        shown = {row["id"]: row for row in rows_shown(list(page), members, timezone.localdate())}
        results = [{"case": shown[each.case], "why": [why.value for why in each.why]} for each in found]
        return Answer({"results": results}, 200)
