"""Which pages stand in the rail and in the bar: a page only shows to who may open it."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relais.access.lock import Actor, may
from relais.access.verbs import Verb


@dataclass
class Link:
    """A page one may open from here."""

    label: str
    href: str
    icon: str = ""
    current: bool = False


@dataclass
class Stage:
    """One station of the loop with its pages."""

    label: str
    links: list[Link]

    @property
    def current(self) -> bool:
        """Say whether the reader is at this station."""
        return any(link.current for link in self.links)


Page = tuple[str, str, str, Verb | None]
BARRIERS = ("barriers:list", _("Barriers"), "barrier", Verb.BARRIER_READ)
TABLES = ("roundtables:list", _("Round tables"), "meeting", Verb.TABLE_READ)
PROCEDURES = ("procedures:list", _("Procedures"), "procedure", Verb.PROCEDURE_READ)
CASES = ("cases:list", _("Cases"), "case", Verb.CASE_READ)
DOSSIERS = ("cases:dossiers", _("Dossiers"), "dossier", Verb.DOSSIER_READ)
PEOPLE = ("people:list", _("People"), "people", Verb.PERSON_READ)
TRAINING = ("missions:courses", _("Training"), "training", Verb.COURSE_READ)
PROGRAMMES = ("programmes:list", _("Programmes"), "programme", Verb.PROGRAMME_READ)
REPORTS = ("reports:list", _("Reports"), "learn", Verb.REPORT_READ)

STAGES = [
    (_("Hear"), [BARRIERS]),
    (_("Agree"), [TABLES, PROCEDURES]),
    (_("Accompany"), [CASES, DOSSIERS, PEOPLE, TRAINING]),
    (_("Learn"), [PROGRAMMES, REPORTS]),
]
BAR = [
    ("web:home", _("Today"), "today", None),
    PEOPLE,
    ("barriers:record", pgettext_lazy("to report a barrier", "Report"), "report", Verb.BARRIER_RECORD),
]
ACCOUNT = [
    ("accounts:detail", _("My account"), "person", None),
    ("mfa_index", _("Second step at sign-in"), "passkey", None),
    ("roundtables:calendar", _("My calendar"), "appointment", Verb.TABLE_READ),
    ("organisations:list", _("Organisations"), "organisation", Verb.MEMBER_READ),
    ("journal:list", _("Journal"), "journal", Verb.JOURNAL_READ),
]
PUBLIC_PROCEDURES = ("procedures:public", _("Procedures"), "", None)
FOOT = [("my:enter", _("Open my case"), "", None), PUBLIC_PROCEDURES]
OWN_FOOT = [("my:home", _("My page"), "", None), PUBLIC_PROCEDURES]


def links(pages: list[Page], path: str, actor: Actor) -> list[Link]:
    """Turn pages into links for someone, marking the one they are in."""
    found = []
    for name, label, icon, verb in pages:
        href = address(name)
        if href and (verb is None or may(actor, verb)):
            current = path == href or (href != "/" and path.startswith(href))
            found.append(Link(label=label, href=href, icon=icon, current=current))
    nearest = max((link.href for link in found if link.current), key=len, default="")
    for link in found:
        link.current = link.href == nearest  # /cases/dossiers/ stands in Dossiers, not in Cases as well
    return found


def stages(path: str, actor: Actor) -> list[Stage]:
    """Give the stages of the loop that hold a page for someone."""
    found = [Stage(label, links(pages, path, actor)) for label, pages in STAGES]
    return [stage for stage in found if stage.links]


def address(name: str, *args: object) -> str:
    """Give the address of a page, or nothing where this site does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
