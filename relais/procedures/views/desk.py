"""Reading procedures at the desk: what is in force, what was, what is being drafted, and what would change."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from relais.access.lock import filter_for
from relais.access.verbs import Verb
from relais.kernel.pages import reads
from relais.procedures.compare import Direction, compare
from relais.procedures.describe import caution_words, change_words
from relais.procedures.leaflet import stations, totals
from relais.procedures.models import Procedure, ProcedureVersion
from relais.procedures.rows import terms_of
from relais.procedures.rules import warnings

GROUPS = (Direction.EASIER, Direction.HARDER, Direction.NEITHER)


@reads
def procedure_list(request):
    """List the procedures of one's programmes with the version in force and the drafts one may read."""
    versions = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    procedures = Procedure.objects.reachable_by(request.user, Verb.PROCEDURE_READ).with_versions(versions).by_name()
    page = Paginator(procedures, 50).get_page(request.GET.get("page"))
    return render(request, "procedures/procedure_list.html", {"page": page})


@reads
def procedure_detail(request, pk):
    """Show a procedure: its versions from the newest, and the kinds of evidence it speaks of."""
    versions = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    procedures = Procedure.objects.reachable_by(request.user, Verb.PROCEDURE_READ).with_versions(versions)
    procedure = get_object_or_404(procedures.prefetch_related("evidence_types"), pk=pk)
    context = {
        "procedure": procedure,
        "may_draft": _may_draft(request.user, procedure),
        "attributes": [each["names"] for each in procedure.attributes.values()],
    }
    return render(request, "procedures/procedure_detail.html", context)


@reads
def version_detail(request, pk):
    """Show one version as people would read it; a draft also shows what it changes and what may be wrong with it."""
    reachable = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    version = get_object_or_404(reachable.with_everything(), pk=pk)
    content, attributes = terms_of(version), version.procedure.attributes
    may_change = version.state == ProcedureVersion.State.DRAFT and _may_draft(request.user, version.procedure)
    context = {
        "version": version,
        "procedure": version.procedure,
        "stations": stations(content, attributes),
        "totals": totals(content),
        "may_change": may_change,
        "may_adopt": ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_ADOPT).filter(pk=pk).exists(),
        "may_retire": ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_RETIRE).filter(pk=pk).exists(),
        "cautions": [caution_words(each, attributes) for each in warnings(content, attributes)],
        "changes": changes_of(version, content) if version.based_on_id else [],
        "title": title_of(version),
    }
    return render(request, "procedures/version_detail.html", context)


@reads
def version_changes(request, pk):
    """Say in plain words what changed between a version and another one of the same procedure."""
    reachable = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    version = get_object_or_404(reachable.with_everything(), pk=pk)
    others = list(reachable.filter(procedure=version.procedure_id).exclude(pk=version.pk).order_by("-number"))
    wanted = (request.GET.get("with"), str(version.based_on_id), *(str(each.pk) for each in others))
    found = next((key for key in wanted if key in {str(each.pk) for each in others}), None)
    before = reachable.with_everything().get(pk=found) if found else None
    context = {
        "version": version,
        "procedure": version.procedure,
        "before": before,
        "others": [(each, title_of(each)) for each in others],
        "groups": grouped(version, before) if before else [],
        "title": title_of(version),
        "before_title": title_of(before) if before else "",
    }
    return render(request, "procedures/version_changes.html", context)


def grouped(version, before):
    """Sort what changed into what asks less, what asks more, and the rest."""
    old, new = terms_of(before), terms_of(version)
    names = {
        Direction.EASIER: _("Asks less of people"),
        Direction.HARDER: _("Asks more of people"),
        Direction.NEITHER: _("Asks something else"),
    }
    found = {way: [] for way in GROUPS}
    for change in compare(old, new):
        found[change.direction].append(change_words(change, old, new, version.procedure.attributes))
    return [(way.value, names[way], changes) for way, changes in found.items() if changes]


def changes_of(version, content):
    """Say what a version changes in the one it is based on."""
    before = terms_of(ProcedureVersion.objects.with_everything().get(pk=version.based_on_id))
    attributes = version.procedure.attributes
    return [change_words(change, before, content, attributes) for change in compare(before, content)]


def title_of(version):
    """Name a version by its number and where it stands."""
    said = {"number": version.number, "state": version.get_state_display()}
    return _("Version %(number)s, %(state)s") % said


def _may_draft(user, procedure):
    return Procedure.objects.filter(filter_for(user, Verb.PROCEDURE_DRAFT, Procedure), pk=procedure.pk).exists()
