"""Every setting, read from the environment. Importing this starts no server."""

import os
import shlex
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from casetrack import embedded
from casetrack.contract import PERMISSIONS
from casetrack.contract import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS  # a setting by being here
from casetrack.embedded.place import CHECKOUT
from casetrack.kinds.retention import Retentions
from casetrack.lib.env import (
    envbool,
    envhidden,
    envint,
    envlist,
    envread,
    envsecret,
    envstr,
    field_keys,
    kept_secret,
    new_key,
)
from casetrack.lib.logs.setting_up import level_called, logging_in
from casetrack.lib.server_urls import database_from_url, pooled, redis_url, replicas_from_urls
from casetrack.stats.periods import ReportingPeriods

BASE_DIR = CHECKOUT
BUNDLED = embedded.bundled(os.environ)
DATA_DIR = BUNDLED.place.data_dir

DEBUG = envbool("CASETRACK_DEBUG", False)
TRIAL = BUNDLED.postgres or DEBUG  # secrets may be made here and kept in the data folder
SECRETS = DATA_DIR / "secrets"
SECRET_KEY = envsecret("CASETRACK_SECRET_KEY", keep_in=SECRETS / "secret_key" if TRIAL else None)
FIELD_KEYS = field_keys(envsecret("CASETRACK_FIELD_KEY", keep_in=SECRETS / "field_key" if TRIAL else None, make="key"))
# signs the archives of editions (Ed25519); without one in production nothing is signed
SIGNING_KEY = envhidden("CASETRACK_SIGNING_KEY") or (kept_secret(SECRETS / "signing_key", new_key()) if TRIAL else "")
ALLOWED_HOSTS = envlist("CASETRACK_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = envlist("CASETRACK_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.headless",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_rq",
    "casetrack",
    "casetrack.accounts",
    "casetrack.organizations",
    "casetrack.cases",
    "casetrack.stats",
    "reports",
    "workers",
    "api",
    "web",
]
MIDDLEWARE = [
    "casetrack.headers.EveryAnswer",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "casetrack.lib.logs.requests.Told",
    "casetrack.metrics.requests.Measured",
    "csp.middleware.CSPMiddleware",
    "api.headers.ApiHeaders",
    "casetrack.doors.LengthSaid",
    "casetrack.cases.jobs.uploads.NothingHalfReceived",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "casetrack.accounts.sessions.SessionLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "casetrack.replicas.middleware.ReadingFromReplicas",
]
ROOT_URLCONF = "casetrack.urls"
WSGI_APPLICATION = "casetrack.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.frame.frame",
            ],
        },
    },
]

# The web keeps a pool of connections; commands and workers, which fork, keep one each.
POOL_SIZE = envint("CASETRACK_DB_POOL", 0)
POOL_WAIT = envint("CASETRACK_DB_POOL_SECONDS", 10, least=1)  # for a connection, where all are in use
DATABASE: dict[str, Any] = BUNDLED.place.database if BUNDLED.postgres else database_from_url(envhidden("DATABASE_URL"))
DATABASE["OPTIONS"] = {"connect_timeout": 5, **DATABASE["OPTIONS"]}
if POOL_SIZE:
    DATABASE = pooled(DATABASE, most=POOL_SIZE, wait=POOL_WAIT)
# copies that PostgreSQL keeps, for lists and statistics (docs/growing.md); one that is away must not hold up a page
COPIES = replicas_from_urls(envhidden("CASETRACK_REPLICA_URL"), like=DATABASE)
REPLICAS = tuple(COPIES)
REPLICA_LAG = envint("CASETRACK_REPLICA_LAG_SECONDS", 30, least=1)
DATABASES = {"default": DATABASE, **COPIES}
DATABASE_ROUTERS = ["casetrack.replicas.router.Router"] if REPLICAS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = BUNDLED.place.redis_url if BUNDLED.redis else redis_url(envhidden("REDIS_URL"))
RQ_QUEUES: dict[str, dict[str, Any]] = {
    name: {"URL": REDIS_URL, "DEFAULT_TIMEOUT": timeout}
    for name, timeout in {"statistics": 600, "deadlines": 600, "reports": 900, "default": 600, "jobs": 21_600}.items()
}
RQ = {"COMMIT_MODE": "on_db_commit"}

FILE_UPLOAD_HANDLERS = ["casetrack.cases.jobs.uploads.SealingHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
ATTACHMENT_MEGABYTES = envint("CASETRACK_ATTACHMENT_MEGABYTES", 20, least=1)
# reads a file; 0: clean, 1: infected. None: nobody looks
SCAN_COMMAND = envread("CASETRACK_SCAN_COMMAND", "", shlex.split)

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "casetrack.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Log-in: see docs/decisions/0006
AUTHENTICATION_BACKENDS = ["casetrack.accounts.backends.PersonBackend"]
# what guessers have used up, and codes already shown: in the database, since log-in must not hang on Redis
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},  # forgotten when they expire, not when they are many
    }
}
LOCKOUT_MINUTES = envint("CASETRACK_LOCKOUT_MINUTES", 15, least=1)
LOCKOUT_FAILURES = envint("CASETRACK_LOCKOUT_FAILURES", 5, least=1)
LOCKOUT_FAILURES_OF_ADDRESS = envint("CASETRACK_LOCKOUT_FAILURES_OF_ADDRESS", 30, least=1)
ACCOUNT_ADAPTER = "casetrack.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False  # offices share computers
ACCOUNT_RATE_LIMITS = {
    "login": f"{envint('CASETRACK_LOG_INS_PER_MINUTE', 60, least=1)}/m/ip",
    "login_failed": f"{LOCKOUT_FAILURES_OF_ADDRESS}/{LOCKOUT_MINUTES}m/ip,{LOCKOUT_FAILURES}/{LOCKOUT_MINUTES}m/key",
}
# wrong query codes, which anyone may try without a log-in, and messages that only try out an address
GUESSES = {"query_code": f"{LOCKOUT_FAILURES_OF_ADDRESS}/{LOCKOUT_MINUTES}m/ip", "reminder_trial": "5/m/user"}
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {"socialaccount_login_error": "/login/"}
MFA_ADAPTER = "casetrack.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Casetrack"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
# the roles that see a lot; "none" asks nobody
SECOND_FACTOR_ROLES = [
    role
    for role in envlist("CASETRACK_SECOND_FACTOR", "none" if TRIAL else "supervisor,auditor,administrator")
    if role != "none"
]

OIDC_ISSUER = envstr("CASETRACK_OIDC_ISSUER")
OIDC_CLIENT_ID = envstr("CASETRACK_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = envhidden("CASETRACK_OIDC_CLIENT_SECRET")
OIDC_CLAIM = envstr("CASETRACK_OIDC_CLAIM", "preferred_username")
SOCIALACCOUNT_ADAPTER = "casetrack.accounts.single_sign_on.SignOnAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "oidc",
            "name": envstr("CASETRACK_OIDC_NAME", "统一身份认证"),
            "client_id": OIDC_CLIENT_ID,
            "secret": OIDC_CLIENT_SECRET,
            "settings": {"server_url": OIDC_ISSUER.rstrip("/"), "scope": ["openid", "profile"]},
        }
    )

SESSION_IDLE = 60 * envint("CASETRACK_SESSION_IDLE_MINUTES", 30, least=1)
SESSION_LONGEST = 3600 * envint("CASETRACK_SESSION_HOURS", 12, least=1)
SESSION_COOKIE_AGE = SESSION_LONGEST
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # strict would lose the session on the way back from sign-on
CSRF_FAILURE_VIEW = "casetrack.doors.csrf_failure"
LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "start"

HTTPS = envbool("CASETRACK_HTTPS", not TRIAL)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
HOST_ONLY = "__Host-" if HTTPS else ""  # a browser then takes the cookie from this very host alone, and by HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{HOST_ONLY}sessionid", f"{HOST_ONLY}csrftoken"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = ["^health/", "^metrics$", "^api/"]  # the last refuses (api/headers.py)
if envbool("CASETRACK_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PROXIES = 1 if envbool("CASETRACK_BEHIND_PROXY", False) else 0  # whose word is taken for the caller's address
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
X_FRAME_OPTIONS = "DENY"
# pages load nothing from elsewhere and run no script that stands in them; the kit's signs are images in its style sheet
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
METRICS_TOKEN = envhidden("CASETRACK_METRICS_TOKEN")  # without one /metrics answers this machine alone

# templates that offices keep for their reports (docs/drafting.md), and the address that figures in reports link to
REPORT_TEMPLATES = Path(envstr("CASETRACK_REPORT_TEMPLATES", str(DATA_DIR / "templates")))
ADDRESS = envstr("CASETRACK_ADDRESS", "http://127.0.0.1:8000")

# reminders by mail, off without a host; and to robots, whose addresses lead into this network only where allowed
EMAIL_HOST = envstr("CASETRACK_MAIL_HOST")
EMAIL_PORT = envint("CASETRACK_MAIL_PORT", 465, least=1)
EMAIL_HOST_USER = envstr("CASETRACK_MAIL_USER")
EMAIL_HOST_PASSWORD = envhidden("CASETRACK_MAIL_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and envbool("CASETRACK_MAIL_STARTTLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = envstr("CASETRACK_MAIL_FROM", EMAIL_HOST_USER or "casetrack@localhost")
WEBHOOK_PRIVATE = envbool("CASETRACK_WEBHOOK_PRIVATE", False)
# for how long a place keeps its files: [{"region": "6205", "kind": "petition", "years": 10, "source": "…"}]
RETENTIONS = envread("CASETRACK_RETENTION", "[]", Retentions.written)
# which days a month means, by place and subject: [{"region": "6205", "closes_on": 25}]; the calendar's where not said
REPORTING_PERIODS = envread("CASETRACK_REPORTING_PERIODS", "[]", ReportingPeriods.written)
CONFIRM_WITHIN_DAYS = envint("CASETRACK_CONFIRM_WITHIN_DAYS", 5)  # after the end of a month; then its light is red

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
FROM_NPM = BASE_DIR / "node_modules"
KIT = {"bootstrap": "bootstrap/dist/css", "htmx": "htmx.org/dist", "echarts": "echarts/dist"}
INSIDE = Path(__file__).resolve().parent / "kit"  # in a wheel (pyproject.toml)
STATICFILES_DIRS = [(name, (INSIDE if INSIDE.is_dir() else FROM_NPM) / folder) for name, folder in KIT.items()]
WHITENOISE_USE_FINDERS = True  # straight from the apps: nothing to collect
WHITENOISE_AUTOREFRESH = DEBUG

# requests a minute, 0 for any number; the trial's are beyond what one machine asks of itself
REQUESTS_PER_MINUTE = {
    "token": envint("CASETRACK_REQUESTS_OF_TOKEN", 60_000 if TRIAL else 1_200),
    "session": envint("CASETRACK_REQUESTS_OF_SESSION", 60_000 if TRIAL else 600),
    "anonymous": envint("CASETRACK_REQUESTS_OF_ADDRESS", 60_000 if TRIAL else 120),
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.TokenLogin", "api.authentication.SessionLogin"],
    "DEFAULT_PERMISSION_CLASSES": PERMISSIONS,
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.Throttle"],
    "NUM_PROXIES": PROXIES,
    "DEFAULT_PARSER_CLASSES": ["api.parsers.StrictJsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["api.rendering.NativeJsonRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["api.filtering.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "api.schema.Operation",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "api.errors.handle",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
LOG_LEVEL = envread("CASETRACK_LOG_LEVEL", "WARNING" if TRIAL else "INFO", level_called)
LOG_FORMAT = envstr("CASETRACK_LOG_FORMAT", "line" if TRIAL else "json")
LOGGING = logging_in(LOG_FORMAT, level=LOG_LEVEL, messages=TRIAL)
