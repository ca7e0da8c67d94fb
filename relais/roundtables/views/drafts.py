"""What would this draft change? The rule in plain words, people in figures, and what partners say."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import writes
from relais.kernel.refusals import refusals_on
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.forms import CommentForm, RetireForm
from relais.roundtables.models import Meeting
from relais.roundtables.outcomes import on_their_way
from relais.roundtables.replays import DraftReplay
from relais.roundtables.views.figures import changes_of, figures
from relais.roundtables.views.frame import told_to
from relais.roundtables.voices import threads

OFFERED = 3  # The next tables a draft can be put on from its own page, as long as it is on the agenda of none.


@writes  # what is let out is kept, so that the next look tells of nobody
def draft_detail(request, pk):
    """Show what a draft would change: in the rule, for people, and what partners say of it."""
    return render(request, "roundtables/draft_detail.html", _draft(request, _reached(request, pk)))


def _reached(request, pk):
    versions = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    about = ("procedure__programme__country", "procedure__service__authority", "based_on")
    return get_object_or_404(versions.select_related(*about), pk=pk)


def _draft(request, version):
    replay = DraftReplay(version)
    programme = version.procedure.programme
    mine = ProcedureVersion.objects.filter(pk=version.pk)
    may_replay = mine.reachable_by(request.user, Verb.CASELOAD_REPLAY).exists()
    tables = Meeting.objects.filter(programme=programme).upcoming(clock.now())
    on_tables = list(tables.reachable_by(request.user, Verb.TABLE_READ).with_draft(version.pk))
    offered = OFFERED if version.state == "draft" and not on_tables else 0
    asking = Programme.objects.filter(pk=programme.pk).reachable_by(request.user, Verb.CONSULTATION_ASK)
    return {
        "version": version,
        "procedure": version.procedure,
        "baseline": replay.baseline,
        "changes": changes_of(replay, version.procedure.attributes),
        "figures": figures(replay.forecast, version.procedure, replay.as_of) if may_replay else None,
        "cautions": replay.cautions if may_replay else [],
        **said_of(request, version, replay),
        "consultations": version.consultations.with_people(),
        "decisions": version.decisions.select_related("meeting"),
        "may_ask": version.state == "draft" and version.shared_at is not None and asking.exists(),
        "on_tables": on_tables,
        "tables": tables.reachable_by(request.user, Verb.TABLE_MANAGE)[:offered],
    }


def said_of(request, version, replay):
    """Give a page what partners say of a draft, and whether the reader may say something too."""
    mine = ProcedureVersion.objects.filter(pk=version.pk).reachable_by(request.user, Verb.DRAFT_COMMENT)
    return {
        "threads": threads(replay, version.comments.select_related("organisation", "written_by")),
        "may_comment": mine.exists(),
        "comment_form": CommentForm(version=version),
        "again": None,
    }


@require_POST
@writes
def draft_comment(request, pk):
    """Say what one's organisation thinks of a draft."""
    drafts = ProcedureVersion.objects.reachable_by(request.user, Verb.DRAFT_COMMENT)
    version = get_object_or_404(drafts.select_related("procedure__programme"), pk=pk)
    form = CommentForm(request.POST, version=version)
    if form.is_valid():
        with refusals_on(form):
            made = services.comment_on_draft(version=version, by=request.user, **form.cleaned_data)
            page = "roundtables:studio" if request.GET.get("from") == "studio" else "roundtables:draft"
            return redirect(f"{reverse(page, args=[version.pk])}#said-{made.pk}")
    again = request.POST.get("answers") or f"change {request.POST.get('change', '')}"
    context = {**_draft(request, version), "comment_form": form, "again": again}
    return render(request, "roundtables/draft_detail.html", context, status=422)


@require_POST
@writes
def draft_to_table(request, pk, meeting):
    """Put a draft on the agenda of a table."""
    version = _reached(request, pk)
    tables = Meeting.objects.reachable_by(request.user, Verb.TABLE_MANAGE)
    meeting = get_object_or_404(tables, pk=meeting, programme=version.procedure.programme)
    with told_to(request):
        services.add_agenda_item(meeting=meeting, version=version, by=request.user)
    return redirect(meeting)


@writes
def version_retire(request, pk):
    """Take a version out of force, with its reason and what becomes of those on their way."""
    versions = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_RETIRE)
    version = get_object_or_404(versions.select_related("procedure__programme"), pk=pk)
    form = RetireForm(request.POST or None, initial={"on": clock.today(version.procedure.programme.time_zone)})
    if form.is_valid():
        with refusals_on(form):
            services.retire_procedure(version=version, by=request.user, **form.cleaned_data)
            return redirect("procedures:version", pk=version.pk)
    context = {"version": version, "form": form, **on_their_way(version)}
    return render(request, "roundtables/version_retire.html", context, status=422 if form.is_bound else 200)
