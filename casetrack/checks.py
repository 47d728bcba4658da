"""System checks: a contradiction in the configuration stops the server from starting."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from casetrack.organizations.choices import Role

KEY_BYTES = 32
METRICS_TOKEN_LEAST = 24
Apps = Sequence[AppConfig] | None


def field_keys_can_seal(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Personal fields are sealed with AES-256: the first key seals, all of them open."""
    keys: list[bytes] = getattr(settings, "FIELD_KEYS", [])
    if not keys:
        return [Error("没有设置加密个人信息的密钥", hint="设置 CASETRACK_FIELD_KEY", id="casetrack.E001")]
    if any(len(key) != KEY_BYTES for key in keys):
        return [Error("加密个人信息的密钥不是32字节", hint="核对 CASETRACK_FIELD_KEY", id="casetrack.E002")]
    if len(set(keys)) != len(keys):
        hint = "在 CASETRACK_FIELD_KEY 中每个密钥只列一次"
        return [Error("加密个人信息的密钥重复", hint=hint, id="casetrack.E003")]
    return []


def secrets_are_strong(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    key: str = settings.SECRET_KEY
    if len(key) < 40 or len(set(key)) < 10:
        hint = "至少40个字符，随机生成"
        return [Error("CASETRACK_SECRET_KEY 太简单，可以猜出", hint=hint, id="casetrack.E004")]
    return []


def debug_stays_at_home(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Debug pages show settings and rows: they don't go with a database of one's own that others reach."""
    if settings.DEBUG and not settings.BUNDLED.postgres and set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS:
        hint = "取消 CASETRACK_DEBUG，或在 CASETRACK_HOSTS 中只留本机的名称"
        return [Error("开着 CASETRACK_DEBUG，却对外提供服务", hint=hint, id="casetrack.E005")]
    if settings.DEBUG and not settings.BUNDLED.postgres:
        return [Warning("开着 CASETRACK_DEBUG，却连着自备的数据库", id="casetrack.W001")]
    return []


def days_are_chinese_days(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """A case logged at half past midnight belongs to the day in China, in every month's figures."""
    if settings.TIME_ZONE != "Asia/Shanghai" or not settings.USE_TZ:
        return [Error("时区不是 Asia/Shanghai", id="casetrack.E006")]
    return []


def metrics_are_guarded(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """/metrics has no lock-out: its token must be too long to try."""
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < METRICS_TOKEN_LEAST:
        hint = f"至少{METRICS_TOKEN_LEAST}个字符，随机生成"
        return [Error("CASETRACK_METRICS_TOKEN 太短，可以猜出", hint=hint, id="casetrack.E007")]
    return []


def sign_on_is_whole(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Single sign-on is configured, or it is not; and nobody on the way reads or changes what the provider says."""
    given = {f"CASETRACK_OIDC_{name}": getattr(settings, f"OIDC_{name}") for name in ("ISSUER", "CLIENT_ID")}
    given["CASETRACK_OIDC_CLIENT_SECRET"] = settings.OIDC_CLIENT_SECRET
    missing = [name for name, value in given.items() if not value]
    if len(missing) == len(given):
        return []
    if missing:
        hint = f"补上 {'、'.join(missing)}，或取消 {'、'.join(name for name in given if name not in missing)}"
        return [Error("单点登录只设置了一半", hint=hint, id="casetrack.E008")]
    address = urlsplit(settings.OIDC_ISSUER)
    if address.scheme != "https" and f"{address.hostname}" not in LOCAL_HOSTS:
        return [Error("单点登录的地址不是 https://（CASETRACK_OIDC_ISSUER）", id="casetrack.E009")]
    return []


def second_factor_is_for_roles_that_exist(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    unknown = set(settings.SECOND_FACTOR_ROLES) - set(Role)
    if unknown:
        hint = f"角色有 {'、'.join(Role)}；写 none 则都不要求"
        said = f"CASETRACK_SECOND_FACTOR 中有不存在的角色 {'、'.join(sorted(unknown))}"
        return [Error(said, hint=hint, id="casetrack.E010")]
    return []


def sessions_end(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    if settings.SESSION_IDLE > settings.SESSION_LONGEST:
        hint = "CASETRACK_SESSION_IDLE_MINUTES 不能比 CASETRACK_SESSION_HOURS 长"
        return [Error("会话的空闲时限长于最长时限", hint=hint, id="casetrack.E011")]
    return []


LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
CHECKS: tuple[Callable[..., list[CheckMessage]], ...] = (
    field_keys_can_seal,
    secrets_are_strong,
    debug_stays_at_home,
    days_are_chinese_days,
    metrics_are_guarded,
    sign_on_is_whole,
    second_factor_is_for_roles_that_exist,
    sessions_end,
)
