"""/tokens/: the tokens that programs carry: one's own, and for administrators those of the users they look after."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.errors import FieldsRefused
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.organizations import RegionField
from api.permissions import user_of
from api.serializers import OfModel, Plain
from casetrack.accounts.models import UNLIMITED, Token, TokenLimits, User
from casetrack.accounts.token_scopes import TOKEN_SCOPES, TOKENS
from casetrack.accounts.tokens import issue_token, revoke_tokens
from casetrack.cases.models.record import KIND_CHOICES
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.managing import managed_tokens, managed_users
from casetrack.organizations.models import Organization
from casetrack.organizations.narrowing import LimitsWider, limits_below

ID = "[0-9]{1,18}"
MOST_DAYS = 366
CHOICES = [(scope.name, scope.label) for scope in TOKEN_SCOPES.values()]


class TokenSerializer(OfModel[Token]):
    """A token; its secret is not kept."""

    user = serializers.IntegerField(source="user_id", label="用户编号")
    username = serializers.CharField(source="user.username", label="用户名")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=CHOICES), label="用途范围")
    region = serializers.CharField(source="region_code", allow_blank=True, label="只限于这一区划及其所有下级；空：不限")
    organization = serializers.IntegerField(
        source="organization_id", allow_null=True, label="只限于这一机构及其调解室；空：不限"
    )
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=KIND_CHOICES), label="只限于这些案件；空：不限")

    class Meta:
        model = Token
        fields: tuple[str, ...] = (
            *("id", "name", "user", "username", "scopes", "region", "organization", "kinds"),
            *("created_at", "expires_at", "revoked_at", "last_used_at"),
        )


class IssuedTokenSerializer(TokenSerializer):
    """A token just issued, with its secret."""

    secret = serializers.CharField(label="令牌本身，只在此处显示这一次")

    class Meta(TokenSerializer.Meta):
        fields = (*TokenSerializer.Meta.fields, "secret")


class NewTokenSerializer(Plain):
    """What a token is for, for how long, and where: no wider than its user, wherever that is."""

    name = serializers.CharField(max_length=100, label="名称，如“县热线平台”")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=CHOICES),
        min_length=1,
        max_length=len(CHOICES),
        label="用途范围，以够用为限",
    )
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, default=90, label="有效天数")
    user = serializers.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, label="服务账号的用户编号；不填：本人"
    )
    region = RegionField(max_length=12, required=False, label="只限于这一区划及其所有下级；与机构二者择一")
    organization = serializers.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, label="只限于这一机构及其调解室；与地区二者择一"
    )
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=KIND_CHOICES),
        max_length=len(KIND_CHOICES),
        default=list,
        label="只限于这些案件；空：不限",
    )

    def validate_organization(self, pk: int) -> int:
        if not Organization.objects.visible_to(self.context["caller"]).filter(pk=pk).exists():
            raise serializers.ValidationError("没有这一机构，或不在您的管辖范围内")
        return pk

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if "region" in asked and "organization" in asked:
            raise serializers.ValidationError({"region": "地区（region）和机构（organization）二者择一"})
        return asked


def holder_of(caller: User, asked: dict[str, Any]) -> User:
    """For whom a token may be issued: oneself or a service account, never another person."""
    pk = asked.get("user", caller.pk)
    if pk == caller.pk:
        return caller
    holder = managed_users(caller).filter(pk=pk, is_service=True, is_active=True).first()
    if holder is None:
        raise FieldsRefused({"user": "只能为本人或您管理范围内的服务账号签发令牌；他人的令牌请其本人签发"})
    return holder


def refuse_broader(parent: Token | None, asked: dict[str, Any]) -> None:
    """A token issues no token that may do more, or lives longer, than itself."""
    if parent is None:
        return
    beyond = [TOKEN_SCOPES[name].label for name in asked["scopes"] if name not in parent.scopes]
    if beyond:
        raise FieldsRefused({"scopes": f"所用令牌的用途范围不含“{'、'.join(beyond)}”，不能签发范围更大的令牌"})
    if parent.expires_at is not None and asked["expires_at"] > parent.expires_at:
        raise FieldsRefused({"days": f"所用令牌于{timezone.localtime(parent.expires_at):%Y-%m-%d}到期，请减少有效天数"})


def limits_in(caller: User, parent: Token | None, asked: dict[str, Any]) -> TokenLimits:
    """As asked for, else as the token that asks is limited itself."""
    limits = TokenLimits(asked.get("region", ""), asked.get("organization"), asked["kinds"])
    try:
        return limits_below(caller, parent.limits if parent else UNLIMITED, limits)
    except LimitsWider as wider:
        raise FieldsRefused(wider.errors) from wider


@extend_schema_view(list=extend_schema(summary="列出访问令牌"), retrieve=extend_schema(summary="读取一个访问令牌"))
class TokenViewSet(Listing, RetrieveModelMixin, GenericViewSet[Token]):
    """本人的访问令牌；管理员还可看到其管理范围内用户的令牌。"""

    queryset: QuerySet[Token] = Token.objects.order_by("-pk")
    serializer_class = TokenSerializer
    lookup_value_regex = ID
    token_scopes = {method: TOKENS.name for method in ("GET", "POST", "DELETE")}

    def get_queryset(self) -> QuerySet[Token]:
        return managed_tokens(user_of(self.request)).order_by("-pk")

    @extend_schema(
        summary="签发访问令牌",
        description="系统只保存令牌的摘要；用了幂等键的，响应加密保存至幂等键过期，不用则不保存。"
        "令牌可限于一个地区或机构和若干种案件：所见为其用户的范围与此的交集，在列表、总数、统计、导出中处处相同。",
        request=NewTokenSerializer,
        responses={201: IssuedTokenSerializer},
    )
    def create(self, request: Request) -> Response:
        now = timezone.now()
        return answer_once(request, now=now, act=lambda: self.issued(request, now))

    def issued(self, request: Request, now: datetime) -> Answer:
        caller = user_of(request)
        form = NewTokenSerializer(data=request.data, context={"caller": caller})
        form.is_valid(raise_exception=True)
        asked = {**form.validated_data, "expires_at": now + timedelta(days=form.validated_data["days"])}
        parent = request.auth if isinstance(request.auth, Token) else None
        refuse_broader(parent, asked)
        token, secret = issue_token(
            user=holder_of(caller, asked),
            name=asked["name"],
            scopes=asked["scopes"],
            expires_at=asked["expires_at"],
            actor=caller,
            now=now,
            limits=limits_in(caller, parent, asked),
        )
        return Answer({**TokenSerializer(token).data, "secret": secret}, 201)

    @extend_schema(summary="吊销访问令牌", description="立即失效，不可恢复；已吊销的再吊销一次不改变什么。")
    def destroy(self, request: Request, pk: str) -> Response:
        token = self.get_object()
        revoke_tokens(ids=[token.pk], actor=user_of(request), now=timezone.now())
        return Response(status=204)
