"""Tags and filters every template of Relais has, without loading them."""

from collections.abc import Mapping

from django import template

from relais.kernel.text import pick

register = template.Library()


@register.filter
def tr(text: Mapping[str, str] | str | None) -> str:
    """Give a text in the reader's language."""
    return pick(text)
