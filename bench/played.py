"""The story of a draft on the database this process is set to; bench/story.py makes the database and says what it is."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db.models import F
from django.test import Client
from playwright.sync_api import sync_playwright

from bench.index import Row, peak
from bench.worlds import say
from relais.cases import index
from relais.cases.models import Case
from relais.cases.queries import as_text
from relais.config.wsgi import application
from relais.journal import services as journal
from relais.journal.models import Entry
from relais.kernel import clock
from relais.organisations.models import Membership
from relais.procedures.models import Procedure, ProcedureVersion
from relais.roundtables.models import Meeting
from relais.roundtables.services import decide
from tests import chromium

LEFT_HOW = {"passes": ("granted", "0123456789a"), "blocked": ("gave_up", "01234567")}
"""What becomes of whom, and of which of them by the last digit of their case: one digit a month."""


class Quiet(WSGIRequestHandler):
    """Serves without a line for each request."""

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


class Stage:
    """Pages served to one browser, and what they took."""

    def __init__(self) -> None:
        """Nothing has been measured yet, and it is today."""
        self.seconds: Row = {}
        self.later = timedelta()
        self.address = ""

    @contextmanager
    def timing(self, what: str) -> Iterator[None]:
        """Note how long something took in the browser, all included."""
        say(what)
        began = time.perf_counter()
        yield
        self.seconds[what] = round(time.perf_counter() - began, 3)

    @contextmanager
    def open_browser(self) -> Iterator[Any]:
        """Serve pages on a free port of this machine and open a browser on them."""
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.daemon_threads = True
        server.set_app(self._answer)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.QUIET)
            self.address = f"http://127.0.0.1:{server.server_port}"
            yield browser.new_context(base_url=self.address)
            browser.close()
        server.shutdown()

    def _answer(self, environ: Any, start_response: Any) -> Any:
        """Answer one request, at the time it is on the stage."""
        with clock.at(clock.now() + self.later):
            return application(environ, start_response)


def play() -> Row:
    """Play it on the database this process is set to."""
    stage = Stage()
    with stage.open_browser() as context:
        return _play(stage, context)


def _play(stage: Stage, context: Any) -> Row:
    grown = Entry.objects.filter(verb="cases.grown").order_by("at").first()
    procedure = Procedure.objects.get(pk=grown.row_id)
    official = _someone("authority", procedure.service.authority)
    page = _sit_down(stage, context, official)
    index.drop(procedure)
    page.goto(f"/procedures/{procedure.pk}/")
    with stage.timing("studio opened, index not there yet"):
        page.get_by_role("button", name="Draft a change").press("Enter")
        page.get_by_role("heading", name="Draft studio").wait_for()
    draft = ProcedureVersion.objects.order_by("-drafted_at").first()
    with stage.timing("studio opened again"):
        page.reload()
    for place in range(3):
        _stop_asking(stage, page, place)
    told = page.locator(".studio-figures .stat").all_inner_texts()
    with stage.timing("what would help most, k = 3"):
        page.goto(f"/tables/drafts/{draft.pk}/best/?most=3")
    best = page.locator("#best").inner_text()
    with stage.timing("brief printed"):
        brief = page.request.get(f"/tables/drafts/{draft.pk}/brief.pdf").body()
    page.goto(f"/tables/drafts/{draft.pk}/studio/")
    with page.expect_navigation():
        page.get_by_role("button", name="Share with the partners").press("Enter")
    draft.refresh_from_db()
    decision = _decided(draft, official)
    page.goto(f"/tables/decisions/{decision.pk}/adopt/")
    with stage.timing("put in force, every case moved"):
        page.get_by_role("button", name="Put it in force").press("Enter", timeout=600_000)
        page.wait_for_url(lambda address: not address.endswith("/adopt/"), timeout=600_000)
    _a_year_passes(procedure)
    stage.later = timedelta(days=365)
    reader = _sit_down(stage, context, _someone("evidence_officer"))
    with stage.timing("foretold and observed, a year later"):
        reader.goto(f"/tables/decisions/{decision.pk}/observed/")
    return stage.seconds | {
        "said in the studio": "; ".join(" ".join(each.split()) for each in told),
        "best three": " ".join(best.split()),
        "pages of the brief": len(re.findall(rb"/Type\s*/Page\b", brief)) or "compressed",
        "said a year later": " ".join(reader.locator("section .lead strong").first.inner_text().split()),
        "MB_peak": round(peak()),
    }


def _someone(role: str, organisation: Any = None) -> Any:
    found = Membership.objects.filter(role=role, **({"organisation": organisation} if organisation else {}))
    return found.order_by("user__date_joined").first().user


def _sit_down(stage: Stage, context: Any, user: Any) -> Any:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    context.clear_cookies()
    context.add_cookies(
        [{"name": name, "value": each.value, "url": stage.address} for name, each in client.cookies.items()]
    )
    page = context.new_page()
    page.set_default_timeout(120_000)
    return page


def _stop_asking(stage: Stage, page: Any, place: int) -> None:
    """Stop asking the next thing the rule lets one drop, and wait for the figures."""
    row = page.locator("article.weigh", has=page.locator("button[value^='drop ']")).first
    row.locator("summary").press("Enter")
    with (
        stage.timing(f"change {place + 1}, key to figures"),
        page.expect_response(lambda got: got.url.endswith("/tick/")),
    ):
        row.get_by_role("button", name="Stop asking").press("Enter")
    page.wait_for_timeout(300)


def _decided(draft: Any, official: Any) -> Any:
    programme = draft.procedure.programme
    table = Meeting.objects.filter(programme=programme, starts_at__lte=clock.now()).order_by("-starts_at").first()
    reasons = "Three papers stopped most people, and none of them is asked by law."
    return decide(
        meeting=table, title="Three papers fewer", outcome="adopted", version=draft, reasons=reasons, by=official
    )


def _a_year_passes(procedure: Any) -> None:
    """Let people come to an end, month by month, in a few statements; the journal says that anything may have changed."""
    for standing, (outcome, digits) in LEFT_HOW.items():
        for month, digit in enumerate(digits, 1):
            ended = clock.now() + timedelta(days=30 * month)
            some = Case.objects.open().filter(procedure=procedure, standing=standing).annotate(text=as_text("pk"))
            some.filter(text__endswith=digit).update(
                outcome=outcome, closed_at=ended, closed_on=ended.date(), closed_by=F("companion")
            )
    journal.write("cases.grown", procedure, by=None, cases=0)
