"""Fields of forms as the kit draws them."""

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.utils.html import format_html
from django.utils.safestring import SafeString

from web.entering.once import TOKEN, fresh_token

register = template.Library()


@register.filter
def drawn(field: BoundField) -> SafeString:
    """The control of a field; what is wrong with it is said to those who cannot see it as well."""
    classes = [class_of(field), *(["is-invalid"] if field.errors else [])]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


def class_of(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return ""
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


@register.simple_tag
def once() -> SafeString:
    """The token of a form, by which a second click does nothing more (`web.entering.once`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', TOKEN, fresh_token())
