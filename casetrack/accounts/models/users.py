"""Who logs in: users, and the tokens their programs carry."""

import hashlib
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Self

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connections, models
from django.db.models import Q

from casetrack.accounts.narrowing import Narrowing
from casetrack.accounts.token_scopes import EVERY_SCOPE
from casetrack.lib.grams import Grams

TOKEN_PREFIX = "ct_"  # noqa: S105 - by which a token is known for one
TOKEN_BYTES = 32


class User(AbstractUser):
    """A person who works with cases. What they may see stands in their memberships."""

    display_name = models.CharField("姓名", max_length=64, blank=True)
    is_service = models.BooleanField("服务账号", default=False, help_text="供程序使用：只能凭令牌，不能登录")
    password_until = models.DateTimeField(
        "一次性密码有效至", null=True, blank=True, editable=False, help_text="空：密码由本人自设"
    )
    sessions_ended = models.PositiveIntegerField("会话被全部结束的次数", default=0, editable=False)

    narrowing: Narrowing | None = None
    """Of a user for whom a token acts: not kept, but carried along, so that every question of scope meets it."""

    class Meta(AbstractUser.Meta):
        verbose_name = "用户"
        verbose_name_plural = "用户"
        constraints = [
            models.CheckConstraint(
                name="service_account_has_no_password",
                condition=Q(is_service=False) | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX),
            ),
        ]
        indexes = [GinIndex(Grams("display_name"), name="user_grams", fastupdate=False)]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_session_auth_hash(self) -> str:
        """What every request of a session is held against: counting up ends all sessions, which nobody could list."""
        return self.marked(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self.marked, super().get_session_auth_fallback_hash())

    def marked(self, usual: str) -> str:
        return f"{usual}.{self.sessions_ended}" if self.sessions_ended else usual


@dataclass(frozen=True, slots=True)
class TokenLimits:
    """To what a token is to be limited: a region with all below it or an organization, and some kinds."""

    region_code: str = ""
    organization_id: int | None = None
    kinds: Collection[str] = ()


UNLIMITED = TokenLimits()


class TokenQuerySet(models.QuerySet["Token"]):
    """Questions about tokens."""

    def usable(self, now: datetime) -> Self:
        unexpired = Q(expires_at=None) | Q(expires_at__gt=now)
        return self.filter(unexpired, revoked_at=None, user__is_active=True)

    def find(self, secret: str, now: datetime) -> "Token | None":
        """The usable token with its user: asked with every request of a program, so the SQL is written once for all."""
        of_token, of_user = columns_of(Token), columns_of(User)
        with connections[self.db].cursor() as cursor:
            cursor.execute(find_statement(), [digest_of(secret), now])
            row = cursor.fetchone()
        if row is None:
            return None
        token = Token.from_db(self.db, of_token, row[: len(of_token)])
        token.user = User.from_db(self.db, of_user, row[len(of_token) :])
        return token

    def revoke(self, now: datetime) -> int:
        return self.filter(revoked_at=None).update(revoked_at=now)


class Token(models.Model):
    """A program's log-in. Only the digest is kept: the secret is shown once, when it is issued."""

    user = models.ForeignKey(User, verbose_name="用户", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("名称", max_length=100)
    digest = models.CharField("摘要", max_length=64, unique=True)
    created_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("到期时间", null=True, blank=True)
    revoked_at = models.DateTimeField("吊销时间", null=True, blank=True)
    last_used_at = models.DateTimeField("最近使用时间", null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=16), verbose_name="用途范围", default=list)
    region_code = models.CharField("限于区划", max_length=12, blank=True, default="", help_text="含其所有下级")
    organization_id = models.BigIntegerField("限于机构", null=True, blank=True, help_text="含其调解室")
    kinds = ArrayField(models.CharField(max_length=32), verbose_name="限于案件类型", default=list, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = "访问令牌"
        verbose_name_plural = "访问令牌"
        constraints = [
            models.CheckConstraint(
                name="token_of_region_or_organization", condition=Q(region_code="") | Q(organization_id=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> TokenLimits:
        return TokenLimits(self.region_code, self.organization_id, tuple(self.kinds))

    @classmethod
    def issue(
        cls,
        *,
        user: User,
        name: str,
        now: datetime,
        expires_at: datetime | None,
        scopes: Collection[str] = EVERY_SCOPE,
        limits: TokenLimits = UNLIMITED,
    ) -> "tuple[Token, str]":
        """A new token and its secret, which nobody will see again."""
        secret = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        token = cls.objects.create(
            user=user,
            name=name,
            digest=digest_of(secret),
            created_at=now,
            expires_at=expires_at,
            scopes=sorted(set(scopes)),
            region_code=limits.region_code,
            organization_id=limits.organization_id,
            kinds=sorted(set(limits.kinds)),
        )
        return token, secret


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def find_statement() -> str:
    """What `usable` and the digest ask for, with the user beside it."""
    columns = [f"t.{name}" for name in columns_of(Token)] + [f"u.{name}" for name in columns_of(User)]
    return (
        f"SELECT {', '.join(columns)} FROM accounts_token t JOIN accounts_user u ON u.id = t.user_id"
        " WHERE t.digest = %s AND (t.expires_at IS NULL OR t.expires_at > %s) AND t.revoked_at IS NULL AND u.is_active"
    )


def digest_of(secret: str) -> str:
    """256 random bits need no slow hash: one SHA-256 can't be turned back, and finds the row by its index."""
    return hashlib.sha256(secret.encode()).hexdigest()
