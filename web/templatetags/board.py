"""Lights, days and capped numbers as people read them."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casetrack.cases.counting import MOST
from casetrack.cases.models import Job
from casetrack.cases.sweep import Light, light_shown, time_left
from casetrack.stats.comparing import Comparison
from casetrack.stats.figures import NO_CASES
from casetrack.stats.indicators import Indicator

register = template.Library()
LONG = timedelta(minutes=2)
UNBEGUN = "已等待{}分钟，处理进程还没有开始：可能前面的任务较多，或者系统正在恢复。不必重新提交，恢复后会自动处理。"
SILENT = "处理进程已{}分钟没有进展，可能已经中断；中断的任务会由其他进程接着做，不必重新提交。"


@register.filter
def up_to(number: int, most: int = MOST) -> str:
    """A number that was counted no further than to `most`."""
    return f"{most}+" if number > most else str(number)


@register.filter
def days_left(last: date, today: date) -> str:
    return time_left((last - today).days)


@register.simple_tag
def light(due_on: date, red_on: date, yellow_on: date, today: date) -> SafeString:
    """The sign and word of the light that a clock, or the most urgent of a case, shows on a day."""
    shown = light_shown(due_on, red_on, yellow_on, today)
    return format_html('<span class="light light-{}">{}</span>', shown, Light(shown).label) if shown else SafeString()


@register.filter
def weekday(day: date) -> str:
    return f"周{'一二三四五六日'[day.weekday()]}"


@register.filter
def change(beside: Comparison) -> str:
    """By how much a number of cases changed, as 同比 is told; of none before there is nothing to compare with."""
    if not beside.comparable or beside.per_cent is None:
        return NO_CASES
    rounded = beside.per_cent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:+}%" if rounded else "持平"


@register.filter
def figure(value: int | Decimal | None) -> str:
    """A number as far as it says something; without one there were no cases."""
    if value is None:
        return NO_CASES
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


@register.filter
def as_a(value: int | Decimal | None, indicator: Indicator) -> str:
    """A number of an earlier period as the indicator is printed."""
    if value is None:
        return NO_CASES
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP)
    return f"{rounded}%" if indicator.unit == "%" else str(rounded)


@register.filter
def changed(beside: Comparison | None) -> str:
    """By how much any figure changed: rates by points, all else by its unit and what part of the base that is."""
    if beside is None or not beside.comparable or beside.change is None:
        return NO_CASES
    if not beside.change:
        return "持平"
    rounded = Decimal(beside.change).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    if beside.per_cent is None:
        return f"{rounded:+f}{beside.unit}"
    return f"{rounded:+f}（{beside.per_cent.quantize(Decimal('0.1'), ROUND_HALF_UP):+}%）"


@register.filter
def light_name(light: str) -> str:
    """绿灯, 黄灯, 红灯, 超期."""
    return Light(light).label


@register.filter
def held_up(job: Job) -> str:
    """What to say of a job that nothing happens to, and that is not lost; empty for all others."""
    said, since = (UNBEGUN, job.created_at) if job.state == Job.State.QUEUED else (SILENT, job.beat_at)
    waited = timezone.now() - since if since and not job.is_finished else timedelta()
    return said.format(waited // timedelta(minutes=1)) if waited >= LONG else ""
