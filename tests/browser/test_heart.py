"""An official weighs changes of a rule on the people it stops, takes the best, and a year later reads what came true.

Two hundred people ask for a residence card: 70 lack three papers at once (the longest bars), 27 one paper, and 30 come from villages
whose registry burned. What the bar chart suggests helps nobody; what helps most step by step helps fewer than can be helped.
"""

from datetime import timedelta

import pytest
from django.test import Client

from relais.access.roles import Role
from relais.cases.models import Case
from relais.cases.services import close_case
from relais.kernel import clock
from relais.procedures import services as procedures
from relais.procedures.examples import burned_registry
from relais.procedures.models import ProcedureVersion
from relais.procedures.written import WrittenProcedure, WrittenService, WrittenVersion
from relais.roundtables.services import decide
from tests.browser.story.cast import Someone
from tests.cases.factories import CANNOT, HELD, CaseFactory
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.people.factories import PersonFactory
from tests.programmes.factories import ProgrammeFactory
from tests.roundtables.factories import MeetingFactory

PAPERS = ("birth", "address", "photo", "police", "work", "studies", "medical")
KINDS = {73: (), 70: ("police", "work", "studies"), 15: ("photo",), 12: ("medical",), 30: ("birth", "address")}
"""How many lack which papers."""


class Residence:
    """A rule in force, the people on their way through it, and the two who speak of it."""

    def __init__(self):
        """Settle them."""
        self.association, self.office = OrganisationFactory(), AuthorityFactory()
        self.programme = ProgrammeFactory(partners=[self.association, self.office])
        self.official, self.companion = member(Role.AUTHORITY, self.office), member(Role.COMPANION, self.association)
        self.procedure = procedures.import_procedure(
            written=written(), programme=self.programme, authority=self.office, by=None
        )
        self.burned = [self.case(lacking) for number, lacking in KINDS.items() for _each in range(number)][-30:]

    def case(self, lacking):
        """Open a case of someone who lacks these papers; who lost the registry has neighbours and a council."""
        papers = {key: CANNOT if key in lacking else HELD for key in PAPERS}
        if "birth" in lacking:
            papers |= {"witnesses": HELD, "council-letter": HELD}
        at = {"organisation": self.association, "programme": self.programme}
        person = PersonFactory(**at, registered_by=self.companion)
        return CaseFactory(**at, procedure=self.procedure, companion=self.companion, person=person, papers=papers)


def written():
    """The rule as a pack would bring it."""
    _people, version, _actions = burned_registry()
    service = WrittenService(key="residence", names={"en": "Residence"}, authority="office")
    in_force = WrittenVersion(version=version, in_force_from=clock.today() - timedelta(days=400))
    names = {"en": "Residence card"}
    return WrittenProcedure(
        key="residence", names=names, service=service, evidence_types=version.evidence_types, versions=(in_force,)
    )


@pytest.fixture
def residence(transactional_db):
    """Two hundred people and a rule."""
    return Residence()


@pytest.fixture
def at_a_desk(browse, live_server):
    """`at_a_desk(user)`: someone signed in, in a browser of their own."""

    def sit_down(user):
        page, client = browse(), Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page.context.add_cookies(
            [{"name": name, "value": each.value, "url": live_server.url} for name, each in client.cookies.items()]
        )
        return Someone(page, user.username, user.username)

    return sit_down


def stops_asking(official, name):
    """Stop asking something in the studio, from the menu of its row, and wait for the figures."""
    row = official.page.locator("article.weigh", has=official.page.get_by_role("heading", name=name, exact=True))
    official.keys(row.locator("summary"))
    with official.page.expect_response(lambda answer: answer.url.endswith("/tick/")):
        official.keys(row.get_by_role("button", name="Stop asking"))
    row.get_by_role("button", name="Ask it again").wait_for()


def weighs_too(official, requirement, paper):
    """Have another proof weighed."""
    official.unfolds("What was weighed")
    official.fills(also_requirement=requirement, also_evidence=paper)
    official.presses("Weigh again", nth=-1)


def test_the_longest_bars_help_nobody_and_the_best_two_changes_come_true(residence, at_a_desk, at):
    official = at_a_desk(residence.official)
    official.opens(f"/procedures/{residence.procedure.pk}/")
    official.presses("Draft a change")
    official.sees("Draft studio", "Nothing: it asks what is asked today.")
    for name in ("Police certificate", "Proof of work"):
        stops_asking(official, name)
    official.sees("Let through 0 Nobody")
    stops_asking(official, "Proof of studies")
    official.sees("Let through 70 For certain.", "Newly shut out 0", "“Proof of studies” is no longer asked.")
    with official.page.expect_response(lambda answer: answer.url.endswith("/tick/")):
        official.keys(official.page.get_by_role("button", name="Start again from today's rule"))
    official.page.get_by_text("Nothing: it asks what is asked today.").wait_for()

    official.follows("Find what would help most")
    weighs_too(official, "birth", "witnesses")
    weighs_too(official, "address", "council-letter")
    official.unfolds("What was weighed")
    official.fills(without="drop-step:check", most="2")
    official.presses("Weigh again")
    official.sees("Proven: no other set of so many changes lets more through", "at least 30 of the people stopped")
    official.sees("can also be shown by: Two witnesses.", "can also be shown by: Letter of the council.")
    ways = official.page.locator("table", has_text="The same number of changes").locator("tbody tr").all_inner_texts()
    assert [way.split("\t")[-1].strip() for way in ways] == ["at least 30", "at least 20", "nobody"]
    official.sees("Someone gets through only when nothing stops them any more.", "Those let through nobody")

    official.presses("Put these in the draft")
    official.sees("Let through 30 For certain.", "“Birth certificate” can also be shown by: Two witnesses.")
    official.presses("Share with the partners")
    official.sees_no("Share with the partners")
    draft = ProcedureVersion.objects.drafts().get()
    printed = official.page.request.get(f"/tables/drafts/{draft.pk}/brief.pdf")
    assert printed.body().startswith(b"%PDF")
    official.follows("What it takes of people")
    official.sees("On average, for each person neither rule stops")

    table = MeetingFactory(programme=residence.programme, organisation=residence.office, starts_at=clock.now())
    decision = decide(
        meeting=table, title="Villages without a registry", outcome="adopted", version=draft, by=residence.official,
        reasons="The registry burned; neighbours and the council know who was born there.",
    )  # fmt: skip
    official.opens(f"/tables/decisions/{decision.pk}/adopt/")
    official.presses("Put it in force")
    assert Case.objects.filter(standing="passes").count() == 103

    year = clock.today() + timedelta(days=365)
    at(f"{year} 04:00")
    for case in residence.burned[:18]:
        close_case(case=case, outcome="granted", closed_on=year - timedelta(days=200), by=residence.companion)
    for case in residence.burned[18:]:
        close_case(case=case, outcome="gave_up", closed_on=year - timedelta(days=100), by=residence.companion)
    reader = at_a_desk(member(Role.EVIDENCE_OFFICER, residence.association))
    reader.opens(f"/tables/decisions/{decision.pk}/observed/")
    reader.sees("Foretold and observed", "30", "10")
