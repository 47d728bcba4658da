"""/users/: the caller's own account, and for administrators those of the people and programs that they look after."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.changes import changes_in
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.memberships import MembershipSerializer, PlacedRightsSerializer, held_in
from api.permissions import scope_able, user_of
from api.preconditions import digest_named, etag_header
from api.schema import IF_MATCH
from api.serializers import OfModel, Plain
from casetrack.accounts import ways_in
from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import USERS
from casetrack.organizations.account_filtersets import UserFilterSet
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.keeping_accounts import AccountDraft, WayIn, change_account, look_after, open_account
from casetrack.organizations.managing import managed_users

ID = "[0-9]{1,18}"


class UserSerializer(OfModel[User]):
    """An account: whose it is, whether it is in use, and what it may do where."""

    full_name = serializers.CharField(source="display_name", label="姓名或系统名称")
    active = serializers.BooleanField(source="is_active", label="在用")
    service = serializers.BooleanField(source="is_service", label="服务账号：只凭令牌，不能登录")
    second_factor = serializers.BooleanField(label="已绑定第二因素")
    one_time_password_until = serializers.DateTimeField(
        source="password_until", allow_null=True, label="一次性密码有效至；空：已自设密码，或没有密码"
    )
    memberships = MembershipSerializer(many=True, label="任职")

    class Meta:
        model = User
        fields: tuple[str, ...] = (
            *("id", "username", "full_name", "active", "service", "second_factor"),
            *("one_time_password_until", "last_login", "memberships"),
        )


class PasswordSerializer(UserSerializer):
    """An account with the password that its holder is to be handed."""

    password = serializers.CharField(allow_null=True, label="一次性密码，只在此处显示这一次；服务账号没有")

    class Meta(UserSerializer.Meta):
        fields = (*UserSerializer.Meta.fields, "password")


class NewUserSerializer(Plain):
    """An account to open, with what it may do first."""

    username = serializers.CharField(max_length=150, validators=[UnicodeUsernameValidator()], label="用户名")
    full_name = serializers.CharField(max_length=64, label="姓名或系统名称")
    service = serializers.BooleanField(default=False, label="服务账号：供程序使用，只凭令牌，不能登录")
    membership = PlacedRightsSerializer(label="首个任职")


class UserChangesSerializer(Plain):
    """What may be changed of an account."""

    full_name = serializers.CharField(source="display_name", max_length=64, label="姓名或系统名称")
    active = serializers.BooleanField(source="is_active", label="在用；停用后会话和令牌立即失效")


@extend_schema_view(
    list=extend_schema(summary="查询账号", description="本人的账号；管理员还可看到只在其管理范围内任职者的账号。"),
)
class UserViewSet(Listing, RetrieveModelMixin, GenericViewSet[User]):
    """账号。只停用，不删除。"""

    queryset: QuerySet[User] = User.objects.order_by("pk")
    serializer_class = UserSerializer
    filterset_class = UserFilterSet
    lookup_value_regex = ID
    token_scopes = {method: USERS.name for method in ("GET", "POST", "PATCH")}

    def get_queryset(self) -> QuerySet[User]:
        return shown(managed_users(user_of(self.request))).order_by("pk")

    @extend_schema(summary="读取一个账号", description="ETag 供修改时使用。")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return answer(self.get_object()).response()

    @extend_schema(
        summary="开立账号",
        description="同时授予首个任职。返回一次性密码，三日内首次登录后须改为自己的密码；服务账号没有密码，请另签发令牌。",
        request=NewUserSerializer,
        responses={201: PasswordSerializer},
    )
    def create(self, request: Request) -> Response:
        now, caller = timezone.now(), user_of(request)
        scope_able(caller, Capability.MANAGE_USERS)
        return answer_once(request, now=now, act=lambda: self.opened(request, caller, now))

    def opened(self, request: Request, caller: User, now: datetime) -> Answer:
        form = NewUserSerializer(data=request.data, context={"caller": caller})
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        draft = AccountDraft(asked["username"], asked["full_name"], held_in(asked["membership"]), asked["service"])
        made, password = open_account(draft=draft, actor=caller, now=now)
        address = reverse("user-detail", args=[made.pk], request=request)
        return answer(row(made.pk), 201, {"password": password or None}, Location=address)

    @extend_schema(
        summary="修改或停用账号",
        description="停用立即结束全部会话和令牌；重新启用后须另设一次性密码或另签发令牌。不能修改自己的账号。",
        request=UserChangesSerializer,
        responses=UserSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        user, caller = self.get_object(), user_of(request)
        scope_able(caller, Capability.MANAGE_USERS)
        version, changes = digest_named(request, user), changes_in(request, UserChangesSerializer)
        change_account(user_id=user.pk, changes=changes, actor=caller, now=timezone.now(), version=version)
        return answer(row(user.pk)).response()

    @extend_schema(
        summary="解除登录锁定",
        description="因多次失败而暂停登录的，立即可以再试；猜测者所用的网络地址仍按时解除。",
        request=None,
        responses=UserSerializer,
    )
    @action(detail=True, methods=["post"])
    def unlock(self, request: Request, pk: str) -> Response:
        return self.looked_after(request, ways_in.unlock)

    @extend_schema(
        summary="重置第二因素",
        description="用于遗失验证器：删去第二因素和恢复代码，结束全部会话；角色要求第二因素的，登录后重新绑定。",
        request=None,
        responses=UserSerializer,
    )
    @action(detail=True, methods=["post"], url_path="reset-second-factor")
    def reset_second_factor(self, request: Request, pk: str) -> Response:
        return self.looked_after(request, ways_in.reset_second_factor)

    @extend_schema(
        summary="结束全部会话和令牌",
        description="用于离岗或疑似泄露：立即结束该账号的全部会话，吊销其全部令牌；账号仍在用。",
        request=None,
        responses=UserSerializer,
    )
    @action(detail=True, methods=["post"], url_path="end-access")
    def end_access(self, request: Request, pk: str) -> Response:
        return self.looked_after(request, ways_in.end_access)

    @extend_schema(
        summary="重设一次性密码",
        description="原密码和全部会话立即失效；一次性密码三日内有效，登录后须改为自己的密码。",
        request=None,
        responses=PasswordSerializer,
    )
    @action(detail=True, methods=["post"], url_path="one-time-password")
    def one_time_password(self, request: Request, pk: str) -> Response:
        return self.looked_after(request, ways_in.set_one_time_password, tells="password")

    def looked_after(self, request: Request, way: WayIn, *, tells: str = "") -> Response:
        now, user, caller = timezone.now(), self.get_object(), user_of(request)
        scope_able(caller, Capability.MANAGE_USERS)

        def done() -> Answer:
            told = look_after(way, user_id=user.pk, actor=caller, now=now)
            return answer(row(user.pk), told={tells: told} if tells else {})

        return answer_once(request, now=now, act=done)


def shown(users: QuerySet[User]) -> QuerySet[User]:
    """With all that is told of an account."""
    enrolled = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return users.prefetch_related("memberships").annotate(second_factor=Exists(enrolled))


def row(pk: int) -> User:
    return shown(User.objects.all()).get(pk=pk)


def answer(user: User, status: int = 200, told: Mapping[str, Any] | None = None, **headers: str) -> Answer:
    return Answer({**UserSerializer(user).data, **(told or {})}, status, {**headers, **etag_header(user)})
