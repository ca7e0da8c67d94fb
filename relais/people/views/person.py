"""The page of one person, and what is changed on it."""

from base64 import b64encode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.lock import organisations_where
from relais.access.verbs import Verb
from relais.kernel import clock, papers
from relais.kernel.pages import writes
from relais.kernel.refusals import refusals_on
from relais.people import card, services
from relais.people.forms import ContactForm, CorrectForm, PortraitForm
from relais.people.forms.registering import PAPERS, name_of_language
from relais.people.models import Contact, Person, Portrait
from relais.people.readers import readings_of
from relais.people.status import desk_sections

MAY = {
    "identify": Verb.PERSON_IDENTIFY,
    "correct": Verb.PERSON_CORRECT,
    "consent": Verb.CONSENT_GIVE,
    "write": Verb.MESSAGE_SEND,
    "forget": Verb.PERSON_FORGET,
    "unlock": Verb.PIN_UNLOCK,
    "merge": Verb.PERSON_MERGE,
}


def reached(request, verb: Verb, pk) -> Person:
    """Find a person within reach, or say there is none."""
    people = Person.objects.for_lists().saying_if_pictured().select_related("programme", "merged_into")
    return get_object_or_404(people.reachable_by(request.user, verb), pk=pk)


def reached_through(request, verb: Verb, rows, pk):
    """Find something of a person within reach, in one question, so that what is hidden takes no longer than what is not there."""
    people = Person.objects.reachable_by(request.user, verb)
    return get_object_or_404(rows.filter(person__in=people.values("pk")).select_related("person__programme"), pk=pk)


@writes
def person_detail(request, pk):
    """Show what we know of someone; who they are only to those who may know, and that is written down."""
    person = reached(request, Verb.PERSON_READ, pk)
    may = Person.objects.filter(pk=pk).what_one_may(request.user, MAY)
    facts = services.reveal(person=person, by=request.user, why="page") if may["identify"] else None
    context = {
        "person": person,
        "facts": facts,
        "picture": _seen(request, person) if may["correct"] and person.is_pictured else "",
        "papers": [(PAPERS.get(paper.kind, paper.kind), paper.number) for paper in facts.papers] if facts else [],
        "spoken": name_of_language(person.language),
        "contacts": services.reveal_contacts(person=person, by=request.user, why="contacts") if may["write"] else [],
        "consents": _consents_shown(request, person, whole=may["consent"]),
        "today": clock.today(person.programme.time_zone),
        "readers": readings_of(person)[:10],
        "records": person.merged.remembered(),
        "may": may,
        "sections": desk_sections(person, request.user),
    }
    return render(request, "people/person_detail.html", context)


def _consents_shown(request, person: Person, *, whole: bool):
    """Give what someone agreed to: all of it to who asks them, and to an office what was agreed with that office."""
    consents = person.consents.select_related("recipient")
    own = organisations_where(request.user, Verb.PERSON_IDENTIFY)
    return consents if whole else consents.filter(recipient__in=own)


@writes
def person_correct(request, pk):
    """Put right what was said of someone; who saves second sees what was saved first, and loses nothing typed."""
    person = reached(request, Verb.PERSON_CORRECT, pk)
    facts = services.reveal(person=person, by=request.user, why="correction")
    seen = services.corrected_at(person=person)
    initial = {**CorrectForm.initial_of(person, facts), "seen": seen and seen.isoformat()}
    form = CorrectForm(request.POST or None, initial=initial, programme=person.programme)
    if form.is_valid():
        new = {"facts": form.facts(facts), "seen": form.cleaned_data["seen"], **form.answers()}
        with refusals_on(form):
            services.correct_identity(person=person, by=request.user, **new)
            return redirect("people:detail", person.pk)
        form.show_what_is_saved(person, facts, seen)
    context = {"person": person, "form": form}
    return render(request, "people/person_correct.html", context, status=422 if form.is_bound else 200)


@writes
def contact_add(request, pk):
    """Add a way to reach someone, or lend them a line."""
    person = reached(request, Verb.PERSON_CORRECT, pk)
    form = ContactForm(request.POST or None, person=person)
    if form.is_valid():
        with refusals_on(form):
            services.add_contact(person=person, by=request.user, **form.cleaned_data)
            return redirect("people:detail", person.pk)
    context = {"person": person, "form": form}
    return render(request, "people/contact_add.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def contact_end(request, pk):
    """Stop using a contact."""
    contact = reached_through(request, Verb.PERSON_CORRECT, Contact.objects.all(), pk)
    services.end_contact(contact=contact, by=request.user)
    return redirect("people:detail", contact.person_id)


@require_POST
@writes
def pin_set(request, pk):
    """Show a new PIN once, to be handed to the person."""
    person = reached(request, Verb.PERSON_CORRECT, pk)
    pin = services.set_pin(person=person, by=request.user)
    response = render(request, "people/pin_set.html", {"person": person, "pin": pin})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@writes
def pin_unlock(request, pk):
    """Open a code that was closed after too many wrong PINs."""
    person = reached(request, Verb.PIN_UNLOCK, pk)
    services.unlock_pin(person=person, by=request.user)
    messages.success(request, _("The code is open again."))
    return redirect("people:detail", person.pk)


@writes
def person_card(request, pk):
    """Give the card of someone as a page to print; it says nothing of who they are, unless they want their face on it."""
    person = reached(request, Verb.PERSON_CORRECT, pk)
    wished = Portrait.objects.filter(person=person, on_card=True).exists()
    picture = services.reveal_portrait(person=person, by=request.user, why="card") if wished else b""
    return papers.sent(card.pdf(person.code, person.language, picture), "card")


@writes
def portrait(request, pk):
    """Keep a picture of someone who wishes it, and ask whether their card shows it."""
    person = reached(request, Verb.PERSON_CORRECT, pk)
    kept = Portrait.objects.filter(person=person).first()
    initial = {"on_card": kept is not None and kept.on_card}
    form = PortraitForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            services.keep_portrait(person=person, by=request.user, **form.cleaned_data)
            return redirect("people:detail", person.pk)
    context = {"person": person, "form": form, "picture": _seen(request, person) if person.is_pictured else ""}
    response = render(request, "people/portrait.html", context, status=422 if form.is_bound else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@writes
def portrait_drop(request, pk):
    """Throw the picture of someone away."""
    person = reached(request, Verb.PERSON_CORRECT, pk)
    services.drop_portrait(person=person, by=request.user)
    messages.success(request, _("The picture is gone."))
    return redirect("people:detail", person.pk)


def _seen(request, person: Person) -> str:
    """Give the picture of someone as the page holds it: an address of its own could be kept, or sent on."""
    return b64encode(services.reveal_portrait(person=person, by=request.user, why="portrait")).decode()


@writes
def person_forget(request, pk):
    """Ask once more, then forget someone for good."""
    person = reached(request, Verb.PERSON_FORGET, pk)
    if request.method == "POST":
        services.forget_person(person=person, by=request.user)
        messages.success(request, _("This person is forgotten."))
        return redirect("people:list")
    return render(request, "people/person_forget.html", {"person": person})
