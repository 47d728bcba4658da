"""In which edition the month of a book stands published, in words."""

from django.utils.timezone import localtime

from casetrack.lib.months import Period, month_of
from casetrack.stats.closing.models import Edition
from casetrack.stats.indicators import ORGANIZATION

NOT_PUBLISHED = "未结账"


def edition_of(region: str, period: Period, subject: str = "") -> str:
    """The latest one; empty where no month was closed that means these days for the subject."""
    month = month_of(period.end)
    latest = Edition.objects.of(region, month).first()
    days = [period.start.isoformat(), period.end.isoformat()]
    if latest is None or latest.days[subject or ORGANIZATION.code] != days:
        return ""
    published = localtime(latest.published_at)
    return (
        f"{month.year}年{month.month}月第{latest.number}版（{published:%Y-%m-%d}结账，摘要{latest.digest[:12]}），"
        "本表为现在的数字，结账后的变动见 manage.py restatements"
    )
