"""The draft studio: the rule today beside the draft, one tick a change, and what each would do for people, at once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.kernel import papers
from relais.kernel.pages import writes
from relais.kernel.refusals import Refusal
from relais.procedures import services
from relais.procedures.models import ProcedureVersion
from relais.roundtables import studio
from relais.roundtables.brief import brief_of
from relais.roundtables.burdens import Burdens
from relais.roundtables.forms import TickForm
from relais.roundtables.lived import Lived
from relais.roundtables.replays import DraftReplay
from relais.roundtables.views.drafts import said_of
from relais.roundtables.views.figures import changes_of, figures


@writes  # what is let out is kept, so that the next look tells of nobody
def draft_studio(request, pk):
    """Show a draft beside the version in force, with what it would do for people on their way."""
    return render(request, "roundtables/draft_studio.html", _table(request, draft_or_404(request, pk)))


@require_POST
@writes
def draft_tick(request, pk):
    """Make one change in a draft, and show at once what it does."""
    version = draft_or_404(request, pk)
    refusal = _tick(request, version)
    if request.htmx:
        return render(request, "roundtables/draft_studio.html", {**_table(request, version), "refusal": refusal})
    if refusal:
        messages.error(request, refusal)
    return redirect("roundtables:studio", pk=version.pk)


def _tick(request, version):
    """Change the draft; what stood in the way is said on the page."""
    form = TickForm(request.POST, version=version)
    if not form.is_valid():
        return _("This change could not be read. Look at the draft as it is now, and choose again.")
    try:
        services.tick(version=version, today=DraftReplay(version).terms[1], by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return str(refusal)
    return ""


@writes  # what is let out is kept, so that the next look tells of nobody
def draft_burden(request, pk):
    """Show what a draft takes of people, beside what is taken of them today."""
    version = _replayable_or_404(request, pk)
    replay = DraftReplay(version)
    context = {
        "version": version,
        "procedure": version.procedure,
        "figures": figures(replay.forecast, version.procedure, replay.as_of),
        "burdens": Burdens(replay),
        "cautions": replay.cautions,
        "lived": Lived(replay),
    }
    return render(request, "roundtables/draft_burden.html", context)


def _replayable_or_404(request, pk):
    readable = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    replayable = readable & ProcedureVersion.objects.reachable_by(request.user, Verb.CASELOAD_REPLAY)
    about = ("procedure__programme__country", "procedure__service__authority", "based_on")
    return get_object_or_404(replayable.select_related(*about), pk=pk)


@writes  # what is let out is kept, so that the next look tells of nobody
def draft_brief(request, pk):
    """Give the draft as two printed pages for the table."""
    version = _replayable_or_404(request, pk)
    replay = DraftReplay(version)
    said = [words for _easier, _harder, words in changes_of(replay, version.procedure.attributes)]
    brief = brief_of(version, replay, figures(replay.forecast, version.procedure, replay.as_of), said)
    return papers.sent(brief.pdf(), f"relais-draft-{version.number}")


def draft_or_404(request, pk):
    """Give a draft this person may change and replay."""
    drafts = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_DRAFT)
    mine = drafts & ProcedureVersion.objects.reachable_by(request.user, Verb.CASELOAD_REPLAY)
    return get_object_or_404(mine.select_related("procedure__programme__country", "based_on"), pk=pk)


def _table(request, version):
    replay = DraftReplay(version)
    draft, today = replay.terms
    attributes = version.procedure.attributes
    return {
        "version": version,
        "procedure": version.procedure,
        "baseline": replay.baseline,
        "steps": studio.studio(draft, today, replay.forecast, attributes),
        "changes": changes_of(replay, attributes),
        "figures": figures(replay.forecast, version.procedure, replay.as_of),
        "cautions": replay.cautions,
        **said_of(request, version, replay),
    }
