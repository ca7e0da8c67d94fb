"""A procedure taken over from a pack."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require_any
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal.services import write
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.organisations.models import Organisation
from relais.procedures.models import Procedure, ProcedureVersion, PublicService
from relais.procedures.rows import terms_of
from relais.procedures.services.drafts import put_in_force
from relais.procedures.services.writing import write_paper, write_steps
from relais.procedures.written import WrittenProcedure, WrittenVersion
from relais.programmes.models import Programme


@transaction.atomic
def import_procedure(
    *, written: WrittenProcedure, programme: Programme, authority: Organisation, by: User | None
) -> Procedure:
    """Take over a procedure from a pack; again, it changes only what the pack changed.

    `by` is None for the command line of the machine itself. The newest version whose day has come is in force and the
    ones before it are retired. A version that was ever in force is never rewritten: the pack gives the change a new number.
    """
    if by is not None:
        require_any(by, Verb.PACK_INSTALL)
    service, _made = PublicService.objects.update_or_create(
        programme=programme,
        key=written.service.key,
        defaults={"authority": authority, "names": dict(written.service.names), "about": dict(written.service.about)},
    )
    procedure, _made = Procedure.objects.update_or_create(
        programme=programme,
        key=written.key,
        defaults={
            "service": service,
            "names": dict(written.names),
            "about": dict(written.about),
            "attributes": {
                each.key: {
                    "names": dict(each.names),
                    "values": {key: dict(names) for key, names in each.values.items()},
                }
                for each in written.attributes
            },
        },
    )
    for paper in written.evidence_types:
        write_paper(procedure_id=procedure.pk, paper=paper)
    new = [each for each in written.versions if _import_version(procedure, each, by)]
    _put_in_force(procedure, new, by)
    write("procedure.imported", procedure, by=by, key=procedure.key, versions=[each.version.number for each in new])
    return procedure


def _import_version(procedure: Procedure, written: WrittenVersion, by: User | None) -> bool:
    """Write one version; say whether it is new or was rewritten."""
    content = written.version
    found = ProcedureVersion.objects.filter(procedure=procedure, number=content.number).with_everything().first()
    if found and terms_of(found).steps == content.steps:
        return False
    if found and found.state != ProcedureVersion.State.DRAFT:
        raise Refusal(
            _("Version %(number)s of “%(procedure)s” cannot be changed.")
            % {"number": content.number, "procedure": procedure},
            why=_("It was in force: people went through it as it was."),
            next=_("Give the changed version a new number."),
        )
    if found:
        found.delete()
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=content.number,
        names=dict(written.names),
        note=dict(written.note),
        currency=content.currency,
        based_on=ProcedureVersion.objects.filter(procedure=procedure, number=content.number - 1).first(),
        drafted_at=clock.now(),
        drafted_by=by,
    )
    write_steps(version=version, content=content)
    return True


def _put_in_force(procedure: Procedure, new: list[WrittenVersion], by: User | None) -> None:
    """Put the new versions in force in the order of their days, up to today."""
    today = clock.today(procedure.programme.time_zone)
    dated: list[tuple[date, int]] = [
        (each.in_force_from, each.version.number) for each in new if each.in_force_from and each.in_force_from <= today
    ]
    for day, number in sorted(dated):
        version = ProcedureVersion.objects.get(procedure=procedure, number=number)
        later = ProcedureVersion.objects.filter(procedure=procedure, in_force_from__gt=day).order_by("in_force_from")
        if (successor := later.first()) is None:
            put_in_force(version=version, by=by, from_day=day)
        else:
            version.state, version.in_force_from = ProcedureVersion.State.RETIRED, day
            version.retired_on = successor.in_force_from
            version.save(update_fields=["state", "in_force_from", "retired_on"])
