"""Pages where consent is given and taken back."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import writes
from relais.kernel.refusals import refusals_on
from relais.people import services
from relais.people.forms import ConsentForm, texts_for
from relais.people.forms.registering import name_of_language
from relais.people.models import Consent, ConsentText, Person
from relais.people.proofs import suffix_of
from relais.people.rules import hash_of_text
from relais.people.views.person import reached, reached_through

A_PAGE = 50


def chosen_words(request, person: Person) -> dict:
    """Give the words to be read aloud: one purpose, in one language, chosen by the address."""
    texts = texts_for(person)
    text = next((one for one in texts if one.purpose == request.GET.get("purpose")), texts[0] if texts else None)
    languages = list(text.texts) if text else []
    wanted = (request.GET.get("language"), person.language, get_language(), *languages)
    language = next((code for code in wanted if code in languages), "")
    words = text.texts[language] if text and language else ""
    return {
        "texts": texts,
        "text": text,
        "read_in": language,
        "languages": [(code, name_of_language(code)) for code in languages],
        "words": words,
        "text_hash": hash_of_text(words),
    }


def consent_answers(form: ConsentForm) -> dict:
    """Give what the form says of a consent; a witness who was named belongs to its proof."""
    data = dict(form.cleaned_data)
    proof = replace(data.pop("proof"), witness=data.pop("witness"))
    return {**data, "proof": proof}


@writes
def consent_give(request, pk):
    """Read the exact words to a person, and record how they agreed to them."""
    person = reached(request, Verb.CONSENT_GIVE, pk)
    chosen = chosen_words(request, person)
    initial = {"text_hash": chosen["text_hash"], "recipient": request.GET.get("recipient")}
    form = ConsentForm(request.POST or None, request.FILES or None, person=person, initial=initial)
    if form.is_valid() and isinstance(chosen["text"], ConsentText):
        with refusals_on(form):
            services.give_consent(
                person=person,
                text=chosen["text"],
                language=chosen["read_in"],
                by=request.user,
                **consent_answers(form),
            )
            return redirect("people:detail", person.pk)
    context = {"person": person, "form": form, **chosen}
    return render(request, "people/consent_give.html", context, status=422 if form.is_bound else 200)


@writes
def consent_proof(request, pk):
    """Show who was the witness, or hand over the recording or the picture, as a file and never as a page."""
    consent = reached_through(request, Verb.CONSENT_GIVE, Consent.objects.all(), pk)
    proof = services.reveal_proof(consent=consent, by=request.user)
    if proof is None:
        raise Http404
    if not proof.data:
        return render(request, "people/consent_proof.html", {"person": consent.person, "proof": proof})
    response = HttpResponse(proof.data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="proof.{suffix_of(proof.kind)}"'
    response["Cache-Control"] = "no-store"
    return response


@writes
def consent_list(request):
    """List what people agreed to on a colleague's word alone, the soonest to lapse first."""
    if not may(request.user, Verb.CONSENT_CONFIRM):
        raise Http404
    waiting = Consent.objects.reachable_by(request.user, Verb.CONSENT_CONFIRM).to_confirm(clock.today())
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    names = services.reveal_many(people=[one.person for one in page], by=request.user, why="list")
    rows = [(one, names.get(one.person_id)) for one in page]
    return render(request, "people/consent_list.html", {"page": page, "rows": rows})


@require_POST
@writes
def consent_confirm(request, pk):
    """Say that one asked the person, and that they did agree."""
    consent = get_object_or_404(Consent.objects.reachable_by(request.user, Verb.CONSENT_CONFIRM), pk=pk)
    services.confirm_consent(consent=consent, by=request.user)
    return redirect("people:consents")


@require_POST
@writes
def consent_withdraw(request, pk):
    """Take a consent back in the person's name, at once."""
    consent = reached_through(request, Verb.CONSENT_WITHDRAW, Consent.objects.all(), pk)
    services.withdraw_consent(consent=consent, by=request.user)
    return redirect("people:detail", consent.person_id)
