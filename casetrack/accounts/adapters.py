"""What django-allauth asks of us: who may log in, what is kept out of guessers' reach, and a line in the audit log."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from casetrack.accounts import second_factor
from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, User

FAILED = "login_failed"
LOCKED = "too_many_login_attempts"
NOTED = "lock_out_noted"
CHANGES = {
    "mfa/email/totp_activated": "activated",
    "mfa/email/totp_deactivated": "deactivated",
    "mfa/email/recovery_codes_generated": "recovery_codes",
}
TOLD = {
    "mfa/messages/totp_activated.txt": "已绑定验证器。",
    "mfa/messages/totp_deactivated.txt": "已解除验证器绑定，恢复码一并作废。",
    "mfa/messages/recovery_codes_generated.txt": "新的恢复码已生成，请妥善保存。",
    "account/messages/password_changed.txt": "密码已修改。",
}
"""What allauth says on pages, in the words of ours."""


class AccountAdapter(DefaultAccountAdapter):
    """Log-in by user name. Accounts are made by administrators."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        LOCKED: f"登录失败次数过多，已暂停登录；请在{settings.LOCKOUT_MINUTES}分钟后重试，或联系管理员",
        "username_password_mismatch": "用户名或密码不正确，请核对后重试",
        "enter_current_password": "现用密码不正确，请重新输入",
        "incorrect_password": "密码不正确，请重新输入",
        "rate_limited": "请求过于频繁，请稍后再试",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By name alone. Allauth adds the Host header, whose port a guesser would change with every guess."""
        return str(credentials.get("username", "")).lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        # asked first without counting: who knocks at a locked account must not lock the whole office's address
        if self.is_locked(request, **credentials):
            raise self.validation_error(LOCKED)
        super().pre_authenticate(request, **credentials)

    def is_locked(self, request: HttpRequest, **credentials: Any) -> bool:
        key = self._get_login_attempts_cache_key(request, **credentials)
        return not ratelimit.consume(request, action=FAILED, key=key, dry_run=True)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The name that was typed is not kept: now and then it is a password."""
        named = User.objects.filter(username=credentials.get("username", "")).first()
        self.note_failure(request, named, step="password")
        if self.is_locked(request, **credentials):  # by this failure: tries while locked add no further lines
            self.note_failure(request, named, action=Action.LOCKED_OUT, step="password")

    def note_failure(
        self, request: HttpRequest, user: User | None, *, step: str, action: Action = Action.LOG_IN_FAILED
    ) -> None:
        details = {"user": user.pk if user else None, "step": step, "address": self.get_client_ip(request)}
        record(action=action, actor=None, now=timezone.now(), details=details)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        record(action=Action.LOG_IN, actor=user, now=timezone.now(), details={"address": self.get_client_ip(request)})

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            record(action=Action.LOG_OUT, actor=user, now=timezone.now())

    def set_password(self, user: User, password: str) -> None:
        user.password_until = None
        super().set_password(user, password)
        record(action=Action.PASSWORD_CHANGED, actor=user, now=timezone.now())

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template in TOLD:
            kwargs["message"] = TOLD[message_template]
        super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Allauth says here what was changed about an account's protection; the audit log hears it too."""
        if change := CHANGES.get(template_prefix):
            record(action=Action.SECOND_FACTOR, actor=user, now=timezone.now(), details={"change": change})
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has neither password nor second factor, but single sign-on, has nothing to show again."""
        user = self.request.user
        if not (user.has_usable_password() or is_mfa_enabled(user)):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


def note_code_refused(request: HttpRequest, user: User, errors: Any) -> None:
    """A wrong code at the second step of a log-in; a guesser who goes on when locked out adds no further lines."""
    locked = any(error.code == LOCKED for found in errors.as_data().values() for error in found)
    if not (locked and request.session.get(NOTED)):
        action = Action.LOCKED_OUT if locked else Action.LOG_IN_FAILED
        get_adapter(request).note_failure(request, user, action=action, step="second_factor")
    request.session[NOTED] = locked


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed under the keys of personal data."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不正确或已经用过，请等待下一个验证码后重试",
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return second_factor.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_factor.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return True  # a lost telephone; where a second factor is required, nothing opens until there is another
