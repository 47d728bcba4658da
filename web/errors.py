"""How a refusal reaches a person: a page that says what stands in the way and where to go from here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casetrack.cases.jobs.uploads import UploadTooLarge
from casetrack.lib.logs.context import doing
from casetrack.lib.outages import Outage


def told(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    return render(request, "web/refused.html", {"title": title, "message": message}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return told(request, 404, "没有这一页", "没有这一记录，或不在您的管辖范围内；请核对网址。")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return told(request, 403, "没有权限", str(exception) or "您没有进行这一操作的权限，如需办理请联系管理员。")


def wrong_method(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    message = "这一网址只接受页面上的按钮提交，不能直接打开；请从首页进入。"
    page = told(request, 405, "不能这样打开", message)
    page.headers["Allow"] = ", ".join(allowed)
    return page


def too_many(request: HttpRequest) -> HttpResponse:
    """For allauth, which asks for the page when someone tries too often to log in, or to change what protects it."""
    return told(request, 429, "请求过于频繁", "一分钟内提交的次数过多，这一次没有处理；请等一分钟后再试。")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, UploadTooLarge):
        return told(request, 413, "文件过大", f"{exception}。")
    return told(request, 400, "请求无法解析", "浏览器发来的请求无法解析，请返回后重试。")


def length_required(request: HttpRequest) -> HttpResponse:
    return told(request, 411, "请求无法解析", "浏览器没有说明所发内容的长度，没有处理；请换一个浏览器，或联系管理员。")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = "这一页打开太久，或浏览器停用了 Cookie；请返回上一页，刷新后再提交一次。"
    return told(request, 403, "页面已过期", message)


def unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Something around us stands still: what that is, and that to try again is safe."""
    again = "" if request.method in {"GET", "HEAD"} else NOT_SAVED
    page = HttpResponse(plain(outage.title, f"{outage.message.split('；带')[0]}。", again), status=outage.status)
    page.headers["Retry-After"] = str(outage.patience)
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw; the log has the rest."""
    number = doing().request_id  # ours, or of a form that has nothing to escape
    told = f"，并告知编号：<strong>{number}</strong>" if number else ""
    said = f"错误已记录，请稍后重试；仍不行的，请联系管理员{told}。"
    return HttpResponse(plain("服务器内部错误", said), status=500)


NOT_SAVED = "刚才提交的内容可能没有保存：请稍等片刻，先查看是否已经登记，没有的再返回上一页重新提交。"


def plain(title: str, *said: str) -> str:
    """A page that needs nothing else, for anything may be broken."""
    lines = "".join(f"<p>{line}</p>" for line in said if line)
    return (
        "<!doctype html><html lang=zh-Hans><meta charset=utf-8>"
        f"<meta name=viewport content='width=device-width, initial-scale=1'><title>{title}</title>"
        f"<main><h1>{title}</h1>{lines}<p><a href=/>返回首页</a></p></main></html>"
    )
