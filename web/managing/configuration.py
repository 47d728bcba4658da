"""/manage/settings/: how this service is set up, to read: it changes with its environment alone, at its next start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from casetrack.cases.ledgers.workbooks import LARGEST_FILE, MEGABYTE
from casetrack.kinds import KINDS
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.choices import Role
from casetrack.stats.indicators import SUBJECTS
from web.guards import Guarded, scope_able, user_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting: the variable that sets it, and what it says now; of a secret, whether there is one."""

    variable: str
    label: str
    now: Callable[[], str]


def said(name: str, unit: str = "") -> Callable[[], str]:
    """A value of the settings as it stands."""

    def now() -> str:
        value = getattr(settings, name)
        return "、".join(map(str, value)) if isinstance(value, list | tuple | set) else f"{value}{unit}"

    return now


def is_set(name: str) -> Callable[[], str]:
    """Whether something is set, and nothing of it: secrets, and addresses that may hold one."""
    return lambda: "已设置" if getattr(settings, name) else "未设置"


def yes_no(name: str) -> Callable[[], str]:
    return lambda: "是" if getattr(settings, name) else "否"


def requests_of(who: str) -> Callable[[], str]:
    return lambda: f"每分钟{number}次" if (number := settings.REQUESTS_PER_MINUTE[who]) else "不限"


def second_factor() -> str:
    labels = dict(Role.choices)
    return "、".join(str(labels[role]) for role in settings.SECOND_FACTOR_ROLES) or "不要求"


def single_sign_on() -> str:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps[0]["name"] if apps else "未启用"


def place_of(prefix: str) -> str:
    return f"区划{prefix}开头的" if prefix else ""


def reporting_periods() -> str:
    """Where a month does not end with the calendar's, in the order in which it was declared."""
    told = [
        f"{place_of(rule.prefix)}{SUBJECTS[rule.subject].label if rule.subject else '各主题'}："
        f"{f'每月{rule.closes_on}日截止' if rule.closes_on else '自然月'}，年度止于{rule.year_ends_in}月"
        for rule in settings.REPORTING_PERIODS.rules
    ]
    return "；".join(told) or "自然月"


def retentions() -> str:
    """Where a place keeps files for as long as it decided itself; else what is suggested for each kind."""
    told = [
        f"{place_of(each.region)}{KINDS[each.kind].label}：{each.retention.label}" for each in settings.RETENTIONS.local
    ]
    return "；".join([*told, "其余按建议的档次（未核实）"])


def server(bundled: str) -> Callable[[], str]:
    return lambda: "随附的服务器" if getattr(settings.BUNDLED, bundled) else "单独的服务器"


GROUPS: tuple[tuple[str, tuple[Shown, ...]], ...] = (
    (
        "登录和会话",
        (
            Shown("CASETRACK_SESSION_IDLE_MINUTES", "无操作自动退出", lambda: f"{settings.SESSION_IDLE // 60}分钟"),
            Shown("CASETRACK_SESSION_HOURS", "一次登录最长", lambda: f"{settings.SESSION_LONGEST // 3600}小时"),
            Shown("CASETRACK_SECOND_FACTOR", "须用第二因素登录的角色", second_factor),
            Shown("CASETRACK_LOCKOUT_FAILURES", "账号锁定：失败次数", said("LOCKOUT_FAILURES", "次")),
            Shown(
                "CASETRACK_LOCKOUT_FAILURES_OF_ADDRESS",
                "来源地址锁定：登录失败和错误查询码",
                said("LOCKOUT_FAILURES_OF_ADDRESS", "次"),
            ),
            Shown("CASETRACK_LOCKOUT_MINUTES", "锁定时长", said("LOCKOUT_MINUTES", "分钟")),
            Shown("CASETRACK_OIDC_ISSUER", "统一身份认证", single_sign_on),
            Shown("CASETRACK_OIDC_CLIENT_SECRET", "统一身份认证的密钥", is_set("OIDC_CLIENT_SECRET")),
        ),
    ),
    (
        "月报和统计",
        (
            Shown("CASETRACK_CONFIRM_WITHIN_DAYS", "月报确认期限：月末之后", said("CONFIRM_WITHIN_DAYS", "日内")),
            Shown("CASETRACK_REPORTING_PERIODS", "统计月的起止日", reporting_periods),
            Shown("CASETRACK_RETENTION", "案卷保管期限", retentions),
            Shown("CASETRACK_SIGNING_KEY", "归档签名密钥", is_set("SIGNING_KEY")),
        ),
    ),
    (
        "文件",
        (
            Shown("CASETRACK_ATTACHMENT_MEGABYTES", "单个附件最大", said("ATTACHMENT_MEGABYTES", "MB")),
            Shown("CASETRACK_SCAN_COMMAND", "附件的病毒扫描", is_set("SCAN_COMMAND")),
            Shown("", "单个台账最大", lambda: f"{LARGEST_FILE // MEGABYTE}MB"),
        ),
    ),
    (
        "提醒",
        (
            Shown("CASETRACK_MAIL_HOST", "邮件服务器", lambda: settings.EMAIL_HOST or "未设置，不能发邮件"),
            Shown("CASETRACK_MAIL_FROM", "发件人", said("DEFAULT_FROM_EMAIL")),
            Shown("CASETRACK_MAIL_PASSWORD", "邮件服务器的密码", is_set("EMAIL_HOST_PASSWORD")),
            Shown("CASETRACK_WEBHOOK_PRIVATE", "可向内部网络的机器人发送", yes_no("WEBHOOK_PRIVATE")),
        ),
    ),
    (
        "访问",
        (
            Shown("CASETRACK_ADDRESS", "对外网址", said("ADDRESS")),
            Shown("CASETRACK_HOSTS", "可用的域名", said("ALLOWED_HOSTS")),
            Shown("CASETRACK_HTTPS", "只用HTTPS", yes_no("HTTPS")),
            Shown("CASETRACK_BEHIND_PROXY", "前有反向代理", yes_no("PROXIES")),
            Shown("CASETRACK_REQUESTS_OF_TOKEN", "每个令牌的请求", requests_of("token")),
            Shown("CASETRACK_REQUESTS_OF_SESSION", "每人的请求", requests_of("session")),
            Shown("CASETRACK_REQUESTS_OF_ADDRESS", "未登录的每个地址的请求", requests_of("anonymous")),
            Shown("CASETRACK_METRICS_TOKEN", "监控指标的令牌", is_set("METRICS_TOKEN")),
        ),
    ),
    (
        "运行",
        (
            Shown("DATABASE_URL", "数据库", server("postgres")),
            Shown("REDIS_URL", "队列", server("redis")),
            Shown("CASETRACK_REPLICA_URL", "只读副本", lambda: f"{len(settings.REPLICAS)}个"),
            Shown("CASETRACK_DEBUG", "调试模式", yes_no("DEBUG")),
            Shown("CASETRACK_SECRET_KEY", "会话签名密钥", is_set("SECRET_KEY")),
            Shown("CASETRACK_FIELD_KEY", "个人信息的密钥", lambda: f"{len(settings.FIELD_KEYS)}把"),
            Shown("", "时区", said("TIME_ZONE")),
        ),
    ),
)
UNSHOWN = {
    "CASETRACK_DATA_DIR": "paths of the machine are for those who run it",
    "CASETRACK_REPORT_TEMPLATES": "paths of the machine are for those who run it",
    "CASETRACK_ORIGINS": "of no interest to keepers of registers",
    "CASETRACK_LOG_LEVEL": "of no interest to keepers of registers",
    "CASETRACK_DRAIN_SECONDS": "of no interest to keepers of registers",
    "CASETRACK_DB_POOL": "of no interest to keepers of registers",
    "CASETRACK_DB_POOL_SECONDS": "of no interest to keepers of registers",
    "CASETRACK_LOG_FORMAT": "of no interest to keepers of registers",
    "CASETRACK_REPLICA_LAG_SECONDS": "goes with the replicas",
    "CASETRACK_NODE_PASSWORD": "is read by one command",
    "CASETRACK_LOG_INS_PER_MINUTE": "stands beside the locks",
    "CASETRACK_OIDC_CLIENT_ID": "goes with the sign-on",
    "CASETRACK_OIDC_CLAIM": "goes with the sign-on",
    "CASETRACK_OIDC_NAME": "is shown as the sign-on",
    "CASETRACK_MAIL_PORT": "goes with the server",
    "CASETRACK_MAIL_STARTTLS": "goes with the server",
    "CASETRACK_MAIL_USER": "goes with the server",
}
"""Variables that the page leaves out, and why; a test holds both lists against docs/configuration.md."""


class SettingsView(Guarded, View):
    """Each setting with what it is now and the variable that sets it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope_able(user_of(request), Capability.MANAGE_USERS)
        groups: list[tuple[str, list[Any]]] = [(name, [(each, each.now()) for each in shown]) for name, shown in GROUPS]
        return render(request, "web/managing/settings.html", {"groups": groups})
