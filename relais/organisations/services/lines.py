"""Phone numbers and addresses an organisation lends to people who have none."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.organisations.models import LentLine, Organisation


@transaction.atomic
def lend_line(
    *,
    organisation: Organisation,
    kind: str,
    value: str,
    label: Mapping[str, str],
    by: User | None,
    id: UUID | None = None,
) -> LentLine:
    """Lend a line; what arrives on it is passed on to the person's companion. `by` is None for packs."""
    if by is not None:
        require(by, Verb.ORGANISATION_MANAGE, organisation)
    value = " ".join(value.split())
    known: LentLine | None = LentLine.objects.still_lent().filter(kind=kind, value=value).first()
    if known and known.organisation_id == organisation.pk:
        return known
    if known:
        raise Refusal(
            _("Another organisation already lends this line."),
            next=_("Check the number, or agree with them who answers it."),
        )
    line = LentLine.objects.create(
        id=id or uuid7(), organisation=organisation, kind=LentLine.Kind(kind), value=value, label=dict(label)
    )
    journal.write("line.lent", line, by=by, kind=kind)
    return line


@transaction.atomic
def end_line(*, line: LentLine, by: User) -> None:
    """Stop lending a line; who was reached by it stays in the record."""
    require(by, Verb.ORGANISATION_MANAGE, line)
    if LentLine.objects.still_lent().filter(pk=line.pk).update(ended_on=clock.today()):
        journal.write("line.ended", line, by=by, kind=line.kind)
