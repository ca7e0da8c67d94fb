"""What every template may say: icons, texts in the reader's language, days in words, components."""

import json
from datetime import date, datetime
from functools import cache

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relais.kernel import clock, codes
from relais.kernel.text import day_in_words, moment_in_words, pick
from relais.web.assets import ICONS

register = template.Library()

TURNS = {"back", "forward", "next", "previous", "send", "sign-in", "sign-out", "handover", "returned"}
PAINT = {
    "strokes": 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"',
    "shapes": 'fill="currentColor"',
}


@cache
def _drawings() -> dict[str, dict[str, str]]:
    return json.loads(ICONS.read_text("utf-8")) if ICONS.exists() else {}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; with a label it speaks, without one it stays silent beside its word."""
    drawings = _drawings()
    if not drawings:
        return mark_safe("")  # not built yet: each icon stands beside its word, so the page still says everything
    drawing = drawings[name]
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="{}" {} {}>{}</svg>',
        " icon-turns" if name in TURNS else "",
        drawing["box"],
        mark_safe(PAINT[drawing["kind"]]),  # noqa: S308 - one of two constants
        voice,
        mark_safe(drawing["inner"]),  # noqa: S308 - drawn at set-up from the npm packages
    )


@register.simple_tag(takes_context=True)
def show(context, component: str, **values) -> SafeString:
    """Show a component: {% show "status" word=... icon=... %}; its file says what it takes."""
    return _component(context, component, values)


@register.simple_block_tag(takes_context=True)
def wrap(context, content: str, component: str, **values) -> SafeString:
    """Wrap what stands between {% wrap "card" title=... %} and {% endwrap %} in a component."""
    return _component(context, component, {**values, "content": content})


def _component(context, component: str, values: dict) -> SafeString:
    found = context.template.engine.get_template(f"web/components/{component}.html")
    around = {key: context[key] for key in ("request", "csrf_token") if key in context}
    return found.render(context.new({**around, **values}))


@register.filter
def is_cut(page) -> bool:
    """Say whether a list goes on beyond what is counted and leafed through."""
    return getattr(page.paginator, "is_cut", False)


@register.filter
def tr(text) -> str:
    """Pick the reader's language out of a text kept in several."""
    return pick(text, get_language() or "en")


@register.filter
def bdi(value) -> SafeString:
    """Keep a name in one piece inside a sentence that runs the other way."""
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def code(value) -> SafeString:
    """Show a code as it is read aloud: left to right in every language, a person's in groups one can say in a breath."""
    words = str(value)
    is_of_a_person = len(words) == codes.CODE_DIGITS and words.isdecimal()
    return format_html('<bdi class="code">{}</bdi>', codes.show_code(words) if is_of_a_person else words)


@register.filter
def day(value: date | datetime | None) -> str:
    """Say a day in words: 12 March 2026."""
    if value is None:
        return ""
    local = _local(value)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), day_in_words(local))


@register.filter
def moment(value: datetime | None) -> str:
    """Say a day and an hour: 12 March 2026, 14:05."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), moment_in_words(local))


@register.filter
def ago(value: date | datetime | None) -> str:
    """Say how far a day is from today: today, yesterday, in 5 days; further off, the day itself."""
    if value is None:
        return ""
    local = _local(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(),
        _distance(local, clock.today()) or day_in_words(local),
    )


def _distance(local: date, today: date) -> str:
    days = (local - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if days in near:
        return near[days]
    if 0 < days <= 30:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": number_format(days)}
    if -30 <= days < 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": number_format(-days)}
    return ""


def _local(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def number(value, places: int | None = None) -> str:
    """Write a number as the reader's language does: 12 480 in French, 12,480 in English."""
    return "" if value is None else number_format(value, places, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float | None) -> str:
    """Write a share between 0 and 1 as a percentage."""
    return "" if share is None else _("%(share)s %%") % {"share": number_format(share * 100, 0)}


@register.filter
def initial(name) -> str:
    """Give the first letter of a name, for the account button."""
    return conditional_escape(str(name).strip()[:1].upper() or "·")


TONES = {"warning": "attention", "error": "attention"}
MESSAGE_ICONS = {"success": "accept", "warning": "attention", "error": "attention"}


@register.filter
def message_tone(level: str) -> str:
    """Say how loud a message is."""
    return TONES.get(level, "")


@register.filter
def message_icon(level: str) -> str:
    """Give a message its icon."""
    return MESSAGE_ICONS.get(level, "info")
