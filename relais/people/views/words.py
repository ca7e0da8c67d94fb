"""Pages of messages, the inbox of lent lines, and complaints."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.lock import filter_for, may
from relais.access.verbs import Verb
from relais.kernel import codes
from relais.kernel.pages import writes
from relais.kernel.refusals import Refusal, refusals_on
from relais.organisations.models import LentLine
from relais.people import services
from relais.people.forms import AnswerForm, CodeForm, ComplaintForm, MessageForm, ReceivedForm
from relais.people.models import Complaint, Message, Person
from relais.people.views.person import reached

A_PAGE = 20


def _lines(request):
    """Give the lines one tends."""
    return LentLine.objects.filter(filter_for(request.user, Verb.MESSAGE_SEND, LentLine))


@writes
def message_list(request, pk):
    """Read what was written to and from someone, and write to them."""
    person = reached(request, Verb.MESSAGE_SEND, pk)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.send_message(person=person, by=request.user, **form.cleaned_data)
            return redirect("people:messages", person.pk)
    context = {"person": person, "form": form, "read": services.read_messages(person=person, by=request.user)}
    return render(request, "people/message_list.html", context, status=422 if form.is_bound else 200)


@writes
def inbox(request):
    """Show what arrived on lent lines: first what has not found its person, then what waits to be passed on."""
    if not may(request.user, Verb.MESSAGE_READ):
        raise Http404
    messages = Message.objects.reachable_by(request.user, Verb.MESSAGE_READ)
    waiting = messages.waiting().select_related("person", "lent_line").order_by("person", "at")
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    read = services.read_inbox(messages=list(page.object_list), by=request.user)
    lines = _lines(request)
    form = ReceivedForm(lines=lines) if lines else None
    return render(request, "people/inbox.html", {"page": page, "read": read, "form": form, "code": CodeForm()})


@require_POST
@writes
def message_receive(request):
    """Take in what arrived on a lent line."""
    if not may(request.user, Verb.MESSAGE_SEND):
        raise Http404
    lines = _lines(request)
    form = ReceivedForm(request.POST, lines=lines)
    if form.is_valid():
        with refusals_on(form):
            services.receive_message(by=request.user, **form.cleaned_data)
            return redirect("people:inbox")
    context = {"form": form, "read": [], "page": None}
    return render(request, "people/inbox.html", context, status=422)


@require_POST
@writes
def message_assign(request, pk):
    """Say by the code of their card whom a message is for."""
    message = get_object_or_404(Message.objects.reachable_by(request.user, Verb.MESSAGE_READ), pk=pk)
    form = CodeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            people = Person.objects.known().reachable_by(request.user, Verb.MESSAGE_SEND)
            person = people.filter(code=codes.read_code(form.cleaned_data["code"])).first()
            if person is None:
                raise Refusal(_("Nobody you stand beside has this code."))
            services.assign_message(message=message, person=person, by=request.user)
            return redirect("people:inbox")
    context = {"message": message, "code": form}
    return render(request, "people/message_assign.html", context, status=422)


@require_POST
@writes
def message_pass_on(request, pk):
    """Say that the person was told."""
    message = get_object_or_404(Message.objects.reachable_by(request.user, Verb.MESSAGE_READ), pk=pk)
    services.pass_on_message(message=message, by=request.user)
    return redirect("people:inbox")


@writes
def complaint_file(request, pk):
    """Take down what someone says went wrong."""
    person = reached(request, Verb.PERSON_CORRECT, pk)
    form = ComplaintForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.file_complaint(person=person, by=request.user, **form.cleaned_data)
            return redirect("people:detail", person.pk)
    context = {"person": person, "form": form}
    return render(request, "people/complaint_file.html", context, status=422 if form.is_bound else 200)


@writes
def complaint_list(request):
    """Show the complaints that wait for an answer, the most urgent first."""
    if not may(request.user, Verb.COMPLAINT_READ):
        raise Http404
    complaints = Complaint.objects.reachable_by(request.user, Verb.COMPLAINT_READ).open().select_related("person")
    page = Paginator(complaints, A_PAGE).get_page(request.GET.get("page"))
    heard = services.read_complaints(complaints=list(page.object_list), by=request.user)
    return render(request, "people/complaint_list.html", {"page": page, "heard": heard})


@writes
def complaint_answer(request, pk):
    """Answer one complaint."""
    complaints = Complaint.objects.reachable_by(request.user, Verb.COMPLAINT_ANSWER).select_related("person")
    complaint = get_object_or_404(complaints, pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.answer_complaint(complaint=complaint, words=form.cleaned_data["words"], by=request.user)
            return redirect("people:complaints")
    heard = services.read_complaints(complaints=[complaint], by=request.user)[0]
    context = {"heard": heard, "form": form}
    return render(request, "people/complaint_answer.html", context, status=422 if form.is_bound else 200)
