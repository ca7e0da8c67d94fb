"""What became of what one reported, and news of what tables changed for oneself."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.barriers.models import Barrier
from relais.kernel.pages import reads, writes
from relais.roundtables import services
from relais.roundtables.models import Decision, Notice
from relais.roundtables.sentences import notice_words
from relais.roundtables.views.frame import tabs

PAGE = 50


@reads
def reported_list(request):
    """Tell someone what became of each thing they reported, answered first."""
    own = Barrier.objects.filter(author=request.user).reachable_by(request.user, Verb.BARRIER_READ)
    decisions = Prefetch("decisions", Decision.objects.select_related("meeting", "version"), to_attr="thread")
    rows = own.prefetch_related(decisions).order_by("-answered_at", "-recorded_at")
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "tabs": tabs(request)}
    return render(request, "roundtables/reported_list.html", context)


@reads
def notice_list(request):
    """List what someone was told, latest first."""
    page = Paginator(Notice.objects.filter(user=request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "notices": [(notice, notice_words(notice)) for notice in page],
        "unseen": any(notice.seen_at is None for notice in page),
        "tabs": tabs(request),
    }
    return render(request, "roundtables/notice_list.html", context)


@require_POST
@writes
def notices_seen(request):
    """Note that someone read their news."""
    services.see_notices(by=request.user)
    return redirect("roundtables:notices")
