"""Which few changes would let most people through, and taking them into the draft."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from relais.kernel import charts
from relais.kernel.pages import writes
from relais.kernel.refusals import Refusal
from relais.procedures import services
from relais.procedures.actions import ActionError, apply
from relais.roundtables.best import BestChanges, Wish
from relais.roundtables.forms import WishForm
from relais.roundtables.replays import DraftReplay
from relais.roundtables.views.figures import figures, group_choices
from relais.roundtables.views.studio import draft_or_404


@writes  # what is let out is kept, so that the next look tells of nobody
def draft_best(request, pk):
    """Show the changes that would let most people through on top of a draft, and prove it."""
    version = draft_or_404(request, pk)
    replay = DraftReplay(version)
    form = WishForm(request.GET or None, groups=group_choices(replay.forecast, version.procedure))
    wish = form.wish() if form.is_valid() else Wish()
    best = BestChanges(replay, wish)
    context = {"version": version, "procedure": version.procedure, "form": form, "wish": wish, "best": best}
    context |= {"sizes": range(1, 11), "cautions": replay.cautions}
    context["groups"] = form.fields["group"].choices
    try:
        context |= _found(best, version) if best.proposed else {}
    except Refusal as refusal:
        return render(request, "roundtables/draft_best.html", {**context, "refusal": str(refusal)}, status=422)
    return render(request, "roundtables/draft_best.html", context, status=422 if form.errors else 200)


def _found(best, version):
    """Give the page what was found."""
    labels = [
        ngettext("%(number)s change", "%(number)s changes", size) % {"number": size} if size else _("as the draft is")
        for size, _people in best.curve
    ]
    return {
        "figures": figures(best.effect, version.procedure, best.drafted.as_of),
        "curve": charts.bars(
            _("How many more are let through, change by change"),
            labels,
            [charts.Series(_("At least"), [people for _size, people in best.curve])],
            first=_("Changes"),
            hidden=_("hidden"),
            source=_("Each time the best set of so many changes. Counts are rounded down to %(least)s.")
            % {"least": best.threshold},
        ),
        "unlocked": best.at_least(best.best.unlocked),
        "blocked": best.at_least(best.answer.blocked),
        "bound": best.at_least(best.best.bound),
    }


@require_POST
@writes
def draft_take(request, pk):
    """Take changes that were found into the draft."""
    version = draft_or_404(request, pk)
    found = BestChanges(DraftReplay(version), Wish(also=WishForm(request.POST, groups=[]).also()))
    wanted = set(request.POST.getlist("action"))
    chosen = [each for each in found.proposed if each.key in wanted]
    if len(chosen) < len(wanted) or not chosen:
        messages.error(request, _("The draft changed meanwhile. Look at what would help now, and choose again."))
        return redirect("roundtables:best", pk=version.pk)
    try:
        content = apply(found.draft, chosen)
    except ActionError:
        messages.error(request, _("These changes do not go together. Choose other ones."))
        return redirect("roundtables:best", pk=version.pk)
    services.rewrite_draft(version=version, content=content, by=request.user)
    return redirect("roundtables:studio", pk=version.pk)
