"""The life of a version: drafted from the one in force, shared, adopted, retired."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal.services import write
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.kernel.text import pick
from relais.procedures import terms
from relais.procedures.models import Procedure, ProcedureVersion
from relais.procedures.rows import terms_of
from relais.procedures.services.writing import write_steps


@transaction.atomic
def draft_version(
    *, procedure: Procedure, by: User, names: terms.Names | None = None, id: UUID | None = None
) -> ProcedureVersion:
    """Start a draft as a copy of the version in force; said twice with one id, it is one draft."""
    require(by, Verb.PROCEDURE_DRAFT, procedure)
    id = id or uuid7()
    made: ProcedureVersion | None = sent_before(ProcedureVersion, id, procedure=procedure)
    if made is not None:
        return made
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    versions = ProcedureVersion.objects.filter(procedure=procedure)
    source = versions.in_force().with_everything().first()
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    draft = ProcedureVersion.objects.create(
        id=id,
        procedure=procedure,
        number=number,
        names=names or {},
        currency=source.currency if source else "",
        based_on=source,
        drafted_at=clock.now(),
        drafted_by=by,
    )
    if source:
        write_steps(version=draft, content=terms_of(source))
    write("procedure.drafted", draft, by=by, procedure=procedure.key, number=number)
    return draft


@transaction.atomic
def share_draft(*, version: ProcedureVersion, by: User) -> ProcedureVersion:
    """Show a draft to every partner, so that they can comment on it."""
    require(by, Verb.PROCEDURE_DRAFT, version)
    if version.shared_at is None:
        version.shared_at = clock.now()
        version.save(update_fields=["shared_at"])
        write("procedure.shared", version, by=by, number=version.number)
    return version


@transaction.atomic
def discard_draft(*, version: ProcedureVersion, by: User) -> None:
    """Throw a draft away that was never shared; what partners have read stays."""
    require(by, Verb.PROCEDURE_DRAFT, version)
    if version.shared_at is not None:
        raise Refusal(
            _("This draft cannot be thrown away."),
            why=_("It was shared with the partners, who may be talking about it."),
            next=_("Leave it as it is, or start another draft."),
        )
    write("procedure.discarded", version, by=by, number=version.number)
    version.delete()


@transaction.atomic
def adopt_version(*, version: ProcedureVersion, by: User, from_day: date | None = None) -> ProcedureVersion:
    """Put a draft in force and retire the version it replaces."""
    require(by, Verb.PROCEDURE_ADOPT, version)
    _refuse_the_impossible(version)
    return put_in_force(version=version, by=by, from_day=from_day or clock.today(version.procedure.programme.time_zone))


def put_in_force(*, version: ProcedureVersion, by: User | None, from_day: date) -> ProcedureVersion:
    """Put a version in force; the caller has asked whether it may."""
    Procedure.objects.select_for_update().get(pk=version.procedure_id)
    for former in ProcedureVersion.objects.filter(procedure=version.procedure_id).in_force().exclude(pk=version.pk):
        _retire(former, on=from_day, by=by)
    version.state = ProcedureVersion.State.IN_FORCE
    version.in_force_from = from_day
    version.save(update_fields=["state", "in_force_from"])
    write("procedure.adopted", version, by=by, number=version.number, from_day=from_day)
    return version


@transaction.atomic
def retire_version(
    *, version: ProcedureVersion, reason: str, open_cases: str, by: User, on: date | None = None
) -> ProcedureVersion:
    """Take a version out of force without another in its place: nobody can start it any more.

    It needs its reason, and says what becomes of those on their way under it.
    """
    require(by, Verb.PROCEDURE_RETIRE, version)
    today = clock.today(version.procedure.programme.time_zone)
    if not reason.strip():
        raise Refusal(_("Say why it is retired."), why=_("Everyone who accompanies people through it will read it."))
    if open_cases not in ProcedureVersion.OpenCases.values:
        raise Refusal(_("Say what becomes of those on their way under it."))
    if on is not None and not (version.in_force_from or today) <= on <= today:
        raise Refusal(
            _("A version is retired on a day it was in force, today at the latest."), next=_("Enter another day.")
        )
    version.retired_because, version.open_cases = reason.strip(), open_cases
    _retire(version, on=on or today, by=by)
    return version


def _retire(version: ProcedureVersion, *, on: date, by: User | None) -> None:
    version.state = ProcedureVersion.State.RETIRED
    version.retired_on = on
    version.save(update_fields=["state", "retired_on", "retired_because", "open_cases"])
    write("procedure.retired", version, by=by, number=version.number, on=on)


def _refuse_the_impossible(version: ProcedureVersion) -> None:
    """Refuse a draft that asks for something nobody could bring."""
    for _step, requirement in terms_of(version).asked():
        if not requirement.lists and not requirement.condition:
            raise Refusal(
                _("This draft cannot be put in force."),
                why=_("Nobody could meet “%(requirement)s”: nothing is accepted as proof of it.")
                % {"requirement": pick(requirement.names)},
                next=_("Accept at least one kind of proof, or drop the requirement."),
            )
