"""A person's own page, opened with code and PIN: short-lived, never kept by a browser, and without any name."""

from collections.abc import Callable
from functools import wraps
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from relais.kernel import clock
from relais.kernel.pages import writes
from relais.kernel.refusals import Refusal, refusals_on
from relais.people import services
from relais.people.actors import Themselves
from relais.people.forms import ComplaintForm, EnterForm, MessageForm, OwnConsentForm
from relais.people.models import Consent, ConsentText, Message
from relais.people.readers import readings_of
from relais.people.status import own_sections
from relais.people.views.consents import chosen_words
from relais.people.visiting import let_in, let_out, person_in, stay

WRONG = _("This code and this PIN do not go together.")
WRONG_NEXT = _("Try again; after five wrong PINs the code is closed until your companion's coordinator opens it.")


def own_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that only the person opens, with the code and PIN typed a moment ago."""

    @login_not_required
    @never_cache
    @writes
    @wraps(view)
    def page(request, *args, **kwargs):
        found = person_in(request)
        if found is None:
            let_out(request)
            return redirect("my:enter")
        stay(request)
        with timezone.override(ZoneInfo(found.programme.time_zone)):
            return view(request, found, *args, **kwargs)

    return page


@login_not_required
@never_cache
@writes
def enter(request):
    """Ask for the code and the PIN."""
    form = EnterForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            person = services.check_code_and_pin(**form.cleaned_data)
            if person is None:
                raise Refusal(WRONG, next=WRONG_NEXT)
            let_in(request, person)
            return redirect("my:home")
    return render(request, "people/enter.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
@writes
def leave(request):
    """Close the page in this browser."""
    let_out(request)
    return redirect("my:enter")


@own_page
def home(request, person):
    """Show where things stand."""
    waiting = person.messages.filter(way__in=[Message.Way.OUT, Message.Way.IN], seen_at=None).count()
    context = {"person": person, "sections": own_sections(person), "waiting": waiting}
    return render(request, "people/home.html", context)


@own_page
def own_messages(request, person):
    """Read one's messages, and write to one's companion."""
    by = Themselves(person.pk)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.send_message(person=person, by=by, **form.cleaned_data)
            return redirect("my:messages")
    context = {"form": form, "read": services.read_messages(person=person, by=by)}
    return render(request, "people/own_messages.html", context, status=422 if form.is_bound else 200)


@own_page
def own_consents(request, person):
    """See what one agreed to, agree to more, and take it back."""
    chosen = chosen_words(request, person)
    form = OwnConsentForm(request.POST or None, person=person, initial={"text_hash": chosen["text_hash"]})
    if form.is_valid() and isinstance(chosen["text"], ConsentText):
        with refusals_on(form):
            services.give_consent(
                person=person,
                text=chosen["text"],
                language=chosen["read_in"],
                way=Consent.Way.CODE,
                by=Themselves(person.pk),
                **form.cleaned_data,
            )
            return redirect("my:consents")
    consents = person.consents.select_related("recipient", "recorded_by")
    context = {"form": form, "consents": consents, "today": clock.today(person.programme.time_zone), **chosen}
    return render(request, "people/own_consents.html", context, status=422 if form.is_bound else 200)


@require_POST
@own_page
def own_consent_withdraw(request, person, pk):
    """Take one consent back."""
    consent = get_object_or_404(person.consents.select_related("person"), pk=pk)
    services.withdraw_consent(consent=consent, by=Themselves(person.pk))
    return redirect("my:consents")


@require_POST
@own_page
def own_consent_confirm(request, person, pk):
    """Say oneself that one did agree to what a companion wrote down."""
    consent = get_object_or_404(person.consents.select_related("person"), pk=pk)
    services.confirm_consent(consent=consent, by=Themselves(person.pk))
    return redirect("my:consents")


@own_page
def own_readers(request, person):
    """Show who read one's file, when and why."""
    return render(request, "people/own_readers.html", {"readers": readings_of(person)})


@own_page
def own_complaint(request, person):
    """Say what went wrong, and read the answers."""
    by = Themselves(person.pk)
    form = ComplaintForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.file_complaint(person=person, by=by, **form.cleaned_data)
            return redirect("my:complaint")
    context = {"form": form, "heard": services.read_own_complaints(person=person, by=by)}
    return render(request, "people/own_complaint.html", context, status=422 if form.is_bound else 200)


@own_page
def own_forget(request, person):
    """Ask to be forgotten."""
    if request.method == "POST":
        services.ask_to_be_forgotten(person=person, by=Themselves(person.pk))
        return redirect("my:forget")
    return render(request, "people/own_forget.html", {"person": person})
