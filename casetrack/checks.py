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
        return [Error("no key for personal fields", hint="Set CASETRACK_FIELD_KEY.", id="casetrack.E001")]
    if any(len(key) != KEY_BYTES for key in keys):
        return [Error("a key for personal fields has not 32 bytes", hint="Make it anew.", id="casetrack.E002")]
    if len(set(keys)) != len(keys):
        return [Error("the same key for personal fields stands twice", id="casetrack.E003")]
    return []


def secrets_are_strong(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    key: str = settings.SECRET_KEY
    if len(key) < 40 or len(set(key)) < 10:
        hint = "At least 40 characters, drawn at random."
        return [Error("CASETRACK_SECRET_KEY can be guessed", hint=hint, id="casetrack.E004")]
    return []


def debug_stays_at_home(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Debug pages show settings and rows: they don't go with a database of one's own that others reach."""
    if settings.DEBUG and not settings.BUNDLED.postgres and set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS:
        hint = "Unset CASETRACK_DEBUG, or leave only local names in CASETRACK_HOSTS."
        return [Error("CASETRACK_DEBUG is on, with hosts that are not local", hint=hint, id="casetrack.E005")]
    if settings.DEBUG and not settings.BUNDLED.postgres:
        return [Warning("CASETRACK_DEBUG is on with a DATABASE_URL of your own", id="casetrack.W001")]
    return []


def days_are_chinese_days(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """A case logged at half past midnight belongs to the day in China, in every month's figures."""
    if settings.TIME_ZONE != "Asia/Shanghai" or not settings.USE_TZ:
        return [Error("TIME_ZONE must be Asia/Shanghai, with USE_TZ", id="casetrack.E006")]
    return []


def metrics_are_guarded(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """/metrics has no lock-out: its token must be too long to try."""
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < METRICS_TOKEN_LEAST:
        hint = f"At least {METRICS_TOKEN_LEAST} characters, drawn at random."
        return [Error("CASETRACK_METRICS_TOKEN can be guessed", hint=hint, id="casetrack.E007")]
    return []


def sign_on_is_whole(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Single sign-on is configured, or it is not; and nobody on the way reads or changes what the provider says."""
    given = {f"CASETRACK_OIDC_{name}": getattr(settings, f"OIDC_{name}") for name in ("ISSUER", "CLIENT_ID")}
    given["CASETRACK_OIDC_CLIENT_SECRET"] = settings.OIDC_CLIENT_SECRET
    missing = [name for name, value in given.items() if not value]
    if len(missing) == len(given):
        return []
    if missing:
        hint = f"Set {', '.join(missing)}, or unset {', '.join(set(given) - set(missing))}."
        return [Error("single sign-on is half configured", hint=hint, id="casetrack.E008")]
    address = urlsplit(settings.OIDC_ISSUER)
    if address.scheme != "https" and f"{address.hostname}" not in LOCAL_HOSTS:
        return [Error("CASETRACK_OIDC_ISSUER is not an https:// address", id="casetrack.E009")]
    return []


def second_factor_is_for_roles_that_exist(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    unknown = set(settings.SECOND_FACTOR_ROLES) - set(Role)
    if unknown:
        hint = f"Roles are {', '.join(Role)}; none asks nobody."
        return [Error(f"CASETRACK_SECOND_FACTOR names {', '.join(sorted(unknown))}", hint=hint, id="casetrack.E010")]
    return []


def sessions_end(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    if settings.SESSION_IDLE > settings.SESSION_LONGEST:
        hint = "CASETRACK_SESSION_IDLE_MINUTES is longer than CASETRACK_SESSION_HOURS."
        return [Error("a session may be idle for longer than it may last", hint=hint, id="casetrack.E011")]
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
