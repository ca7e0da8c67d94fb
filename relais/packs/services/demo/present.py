"""Sets the present: what waits for each persona this morning, so that no page they open is empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from relais.accounts.models import User
from relais.cases.models import Case
from relais.cases.services import offer_referral, plan_appointment, plan_follow_ups
from relais.directory.models import Office
from relais.kernel import clock
from relais.organisations.models import Organisation
from relais.packs.services.demo.cast import Cast
from relais.packs.services.demo.lives import Plan
from relais.packs.services.demo.scenes import Scenes
from relais.packs.services.demo.strains import say_how_hard
from relais.people.models import Consent, ConsentText, Person
from relais.people.services import (
    file_complaint,
    give_consent,
    propose_duplicates,
    receive_message,
    send_message,
    set_pin,
)
from relais.programmes.models import Programme
from relais.roundtables.services import invite, propose_agenda

OFFICE_OF = {"KG-C-IA": "kant", "KG-C-AL": "lebedinovka", "KG-C-CH": "tokmok"}


@dataclass(frozen=True)
class SignIn:
    """What one person needs to see their own page."""

    code: str
    pin: str


def set_the_present(plan: Plan, programme: Programme, cast: Cast, scenes: Scenes) -> SignIn:
    """Plan the coming days of the personas, and give one person a PIN."""
    say_how_hard(programme, Random(plan["demo"]["seed"] + 2))  # noqa: S311 - invented people, no secret
    companion, today = cast.personas["companion"], clock.today(programme.time_zone)
    mine = list(
        Case.objects.open().filter(companion=companion).select_related("person__territory").order_by("-opened_on")
    )
    _plan_days(mine[:8], companion, programme, today)
    _agree_by_phone([case.person for case in mine[1:3]], programme, companion)
    person = _a_page_of_ones_own(mine, cast)
    meeting = scenes.meeting_of(today + timedelta(days=30))
    if meeting:
        invite(meeting=meeting, by=cast.personas["coordinator"], users=[companion, cast.personas["authority"]])
        propose_agenda(meeting=meeting, by=cast.personas["coordinator"])
    for case in Case.objects.order_by("opened_on").select_related("person")[:400:8]:
        propose_duplicates(person=case.person)
    return person


def _plan_days(cases: Sequence[Case], companion: object, programme: Programme, today: date) -> None:
    zone = ZoneInfo(programme.time_zone)
    offices = {office.key: office for office in Office.objects.filter(programme=programme)}
    legal_aid = Organisation.objects.filter(slug="legal-aid").first()
    for place, case in enumerate(cases):
        at = datetime.combine(today + timedelta(days=1 + place * 2), time(9 + place % 6), tzinfo=zone)
        code = case.person.territory.code if case.person.territory else ""
        plan_appointment(
            case=case,
            at=at,
            office=offices.get(OFFICE_OF.get(code, "kant")),
            wants_company=place % 2 == 0,
            accompanied_by=companion if place % 3 == 0 else None,  # type: ignore[arg-type]
            by=companion,  # type: ignore[arg-type]
        )
        plan_follow_ups(case=case, first=today - timedelta(days=4 - 2 * place), months=3, by=companion)  # type: ignore[arg-type]
        if place == 1 and legal_aid:
            offer_referral(
                case=case,
                to=legal_aid,
                need="legal-aid",
                override_reason="She asked for help before the court closes; she agreed by phone, the paper follows.",
                by=companion,  # type: ignore[arg-type]
            )


def _agree_by_phone(people: Sequence[Person], programme: Programme, companion: User) -> None:
    """Two people agreed aloud these last days that legal aid is told of them; a second person is to ask them."""
    legal_aid = Organisation.objects.filter(slug="legal-aid").first()
    text = ConsentText.objects.filter(programme=programme, purpose="refer").order_by("number").last()
    if legal_aid is None or text is None:
        return
    for days, person in enumerate(people, start=1):
        with clock.at(clock.now() - timedelta(days=days)):
            give_consent(
                person=person, recipient=legal_aid, text=text, language="ru", way=Consent.Way.ORAL, by=companion
            )


def _a_page_of_ones_own(mine: Sequence[Case], cast: Cast) -> SignIn:
    """Give one person a PIN, a message that waits, and an answerable complaint."""
    companion, coordinator = cast.personas["companion"], cast.personas["coordinator"]
    person = mine[0].person
    pin = set_pin(person=person, by=companion)
    line = person.organisation.lent_lines.filter(kind="phone").first()
    send_message(person=person, words="Bring the two photos on Tuesday; I come with you.", by=companion)
    if line:
        words = f"Passport office, Kant: the file {person.code} is complete, come on Tuesday at ten."
        receive_message(lent_line=line, words=words, person=person, by=cast.personas["relay"])
        receive_message(
            lent_line=line, words="Please call back about the portrait, the house by the mill.", by=coordinator
        )
    file_complaint(person=mine[-1].person, words="I waited two hours and was sent home without a word.", by=coordinator)
    return SignIn(code=person.code, pin=pin)
