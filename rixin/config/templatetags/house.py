"""Tags that every page may use: `{% load house %}`."""

import secrets

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from icons.svg. Without `label` it only decorates and screen readers pass over it."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', said, static("icons.svg"), name)


@register.simple_tag
def once_key() -> SafeString:
    """The hidden key of one filling-in of a form: the server answers the same key with the same result, never twice."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(16))
