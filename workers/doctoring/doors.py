"""How the service is reached, and how it reaches others: addresses, the certificate, mail."""

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.mail import get_connection
from django.http.request import validate_host

from casetrack.lib.certificates import validity_of
from casetrack.lib.os_errors import reason_of
from workers.doctoring.findings import Check, Finding, Visit, error, warning

WITHIN = 5.0  # seconds
UNTRUSTED = (
    "用代理自己的机构签发的（PROXY_TLS=internal），把它的根证书装到本机，或以 REQUESTS_CA_BUNDLE 指明；"
    "否则核对证书链是否完整、主机名是否相符"
)
SOON, VERY_SOON = timedelta(days=30), timedelta(days=7)


def addresses(visit: Visit) -> Iterator[Finding]:
    address, hosts = urlsplit(settings.ADDRESS), settings.ALLOWED_HOSTS
    if "*" in hosts:
        yield error("CASETRACK_HOSTS 是 *，任何主机名都会应答", "只列出实际使用的主机名")
    if visit.trial:
        return
    if not address.hostname or not validate_host(address.hostname, hosts):
        said = f"CASETRACK_ADDRESS 的主机名 {address.hostname or '（空）'} 不在 CASETRACK_HOSTS 中"
        yield error(said, "使两者一致：提醒和报告中的链接用的是 CASETRACK_ADDRESS")
    if settings.HTTPS and address.scheme != "https":
        yield warning("启用了 HTTPS，CASETRACK_ADDRESS 却不是 https:// 开头")
    if not settings.HTTPS:
        yield warning("没有启用 HTTPS（CASETRACK_HTTPS）：口令和个人信息在网络上是明文", "设为 true，前面放反向代理")


def certificate(visit: Visit) -> Iterator[Finding]:
    try:
        validity = validity_of(settings.ADDRESS, within=WITHIN)
    except (OSError, ValueError) as refused:
        why = reason_of(refused) if isinstance(refused, OSError) else type(refused).__name__
        yield warning(f"读不到 {settings.ADDRESS} 的证书（{why}）")
        return
    if validity is not None and validity.is_late(visit.now, least=SOON):
        left = validity.ends - visit.now
        said = f"证书还有{spoken(left)}到期" if left > timedelta(0) else "证书已过期"
        yield error(said) if validity.is_late(visit.now, least=VERY_SOON) else warning(said)


def spoken(left: timedelta) -> str:
    return f"{left.days}天" if left.days else f"{left // timedelta(hours=1)}小时"


def web_answers(visit: Visit) -> Iterator[Finding]:
    try:
        answer = requests.get(f"{settings.ADDRESS.rstrip('/')}/health/ready", timeout=WITHIN)
    except requests.exceptions.SSLError:
        yield warning(f"本机不信任 {settings.ADDRESS} 的证书，没有看它是否应答", UNTRUSTED)
        return
    except requests.Timeout:
        yield warning(f"从本机打不开 {settings.ADDRESS}：{WITHIN:.0f}秒内没有应答")
        return
    except requests.ConnectionError:
        yield warning(f"从本机连不上 {settings.ADDRESS}")
        return
    except requests.RequestException as refused:
        yield warning(f"从本机打不开 {settings.ADDRESS}（{type(refused).__name__}）")
        return
    if not answer.ok:
        yield error(f"{settings.ADDRESS} 应答 {answer.status_code}")


def mail(visit: Visit) -> Iterator[Finding]:
    if not settings.EMAIL_HOST:
        return
    connection = get_connection(backend="django.core.mail.backends.smtp.EmailBackend", timeout=WITHIN)
    try:
        connection.open()
        connection.close()
    except OSError as refused:  # what smtplib raises is of this kind, too
        why = type(refused).__name__ if isinstance(refused, SMTPException) else reason_of(refused)
        yield error(f"邮件服务器 {settings.EMAIL_HOST}:{settings.EMAIL_PORT} 不能使用（{why}）")


DOORS = (
    Check("addresses", "主机名、网址和 HTTPS", "修改 CASETRACK_HOSTS、CASETRACK_ADDRESS 后重启", addresses),
    Check("certificate", "网站证书", "在反向代理上更换证书；Caddy 自动续期的，查看其日志", certificate),
    Check("web", "网页服务应答", "查看网页服务和反向代理是否运行；CASETRACK_ADDRESS 是否正确", web_answers),
    Check("mail", "邮件服务器", "核对 CASETRACK_MAIL_HOST、端口、账号和防火墙", mail),
)
