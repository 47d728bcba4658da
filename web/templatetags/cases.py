"""Words of cases that templates ask for."""

from django import template

from casetrack.cases.sweep import Light

register = template.Library()


@register.filter
def light_name(light: str) -> str:
    """绿灯, 黄灯, 红灯, 超期."""
    return Light(light).label
