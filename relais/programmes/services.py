"""Installing programmes, and recording what volunteers and the state bring to them."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import organisations_where, require, require_any
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.programmes.models import Contribution, Interaction, Outcome, Partner, Programme, Snapshot, Stage

SIDE_OF_PART = {
    Partner.Part.VOLUNTEERS: Contribution.Side.VOLUNTEERS,
    Partner.Part.AUTHORITY: Contribution.Side.STATE,
    Partner.Part.SUPPORT: Contribution.Side.OTHERS,
}


@transaction.atomic
def install_programme(
    *,
    slug: str,
    names: Mapping[str, str],
    summary: Mapping[str, str],
    country: Territory,
    time_zone: str = "UTC",
    languages: Sequence[str] = (),
    threshold: int = 10,
    pack: str = "",
    pack_version: str = "",
    started_on: date | None = None,
    by: User | None = None,
) -> Programme:
    """Create a programme, or bring it up to date; its short name says which. `by` is None for the command line."""
    _may_install(by)
    values = {
        "names": dict(names),
        "summary": dict(summary),
        "country": country,
        "time_zone": time_zone,
        "languages": list(languages),
        "threshold": threshold,
        "pack": pack,
        "pack_version": pack_version,
        "started_on": started_on,
    }
    programme, new = Programme.objects.update_or_create(slug=slug, defaults=values)
    verb = "programme.installed" if new else "programme.upgraded"
    journal.write(verb, programme, by=by, slug=slug, pack=pack, version=pack_version)
    return programme


@transaction.atomic
def add_partner(
    *,
    programme: Programme,
    organisation: Organisation,
    part: str,
    since: date | None = None,
    by: User | None = None,
) -> Partner:
    """Let an organisation take part; its members then see the programme."""
    _may_install(by)
    partner, new = Partner.objects.update_or_create(
        programme=programme, organisation=organisation, part=part, defaults={"since": since}
    )
    if new:
        journal.write("partner.added", partner, by=by, programme=programme.slug, organisation=organisation.slug)
    return partner


@transaction.atomic
def describe_interactions(*, programme: Programme, rows: Iterable[Mapping[str, Any]], by: User | None = None) -> None:
    """Say who takes part at which stage and how far; what was said before is replaced."""
    _may_install(by)
    programme.interactions.all().delete()
    Interaction.objects.bulk_create(Interaction(programme=programme, **row) for row in rows)
    journal.write("interactions.described", programme, by=by, count=programme.interactions.count())


@transaction.atomic
def describe_outcomes(*, programme: Programme, rows: Iterable[Mapping[str, Any]], by: User | None = None) -> None:
    """Say what the partnership changes and which figure shows it; what was said before is replaced."""
    _may_install(by)
    programme.outcomes.all().delete()
    numbered = enumerate(rows, start=1)
    Outcome.objects.bulk_create(Outcome(programme=programme, **{"position": place, **row}) for place, row in numbered)
    journal.write("outcomes.described", programme, by=by, count=programme.outcomes.count())


@transaction.atomic
def record_contribution(
    *,
    programme: Programme,
    organisation: Organisation,
    kind: str,
    stage: str,
    what: Mapping[str, str],
    on: date,
    by: User,
    amount: Decimal | None = None,
    unit: str = "",
    id: UUID | None = None,
) -> Contribution:
    """Record what a partner brings; its part in the programme says on which side it stands."""
    require(by, Verb.CONTRIBUTION_RECORD, programme)
    values = {
        "programme": programme,
        "organisation": organisation,
        "side": _side_of(programme, organisation, by),
        "kind": Contribution.Kind(kind),
        "stage": Stage(stage),
        "what": dict(what),
        "amount": amount,
        "unit": unit,
        "on": on,
    }
    if known := sent_before(Contribution, id):
        return _same(known, values)
    if on > clock.today(programme.time_zone):
        raise Refusal(_("This day has not come yet."), next=_("Record what was brought once it was."))
    contribution = Contribution.objects.create(id=id or uuid7(), recorded_by=by, **values)
    journal.write("contribution.recorded", contribution, by=by, programme=programme.slug, kind=kind, stage=stage)
    return contribution


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, by: User) -> None:
    """Take back a contribution that was recorded by mistake; the journal keeps that it was."""
    require(by, Verb.CONTRIBUTION_RECORD, contribution)
    journal.write(
        "contribution.withdrawn",
        contribution,
        by=by,
        programme=contribution.programme.slug,
        kind=contribution.kind,
        amount=contribution.amount,
        on=contribution.on,
    )
    contribution.delete()


def _may_install(by: User | None) -> None:
    """Let the command line through: whoever runs it on the server already holds everything."""
    if by is not None:
        require_any(by, Verb.PACK_INSTALL)


def _side_of(programme: Programme, organisation: Organisation, by: User) -> str:
    if organisation.pk not in organisations_where(by, Verb.CONTRIBUTION_RECORD):
        raise Refusal(
            _("You can record only what your own organisation brings."),
            next=_("Ask the other partner to record it."),
        )
    partner = programme.partners.filter(organisation=organisation).order_by("part").first()
    if partner is None:
        raise Refusal(
            _("%(organisation)s does not take part in this programme.") % {"organisation": organisation},
            next=_("Choose a programme your organisation is a partner of."),
        )
    return SIDE_OF_PART[Partner.Part(partner.part)]


def _same(known: Contribution, values: Mapping[str, Any]) -> Contribution:
    """Answer a repeated sending with the row it made, and refuse another content under its id."""
    if any(getattr(known, field) != value for field, value in values.items()):
        raise Conflict(
            _("This contribution was already recorded with another content."),
            next=_("Open it and see which is right."),
        )
    return known


def settle_counts(*, programme: Programme, about: str, counts: Mapping[str, int]) -> tuple[dict[str, int], date]:
    """Give counts of people as they were last let out, and when: they move once enough people were counted differently."""

    def differs(kept: Snapshot) -> int:
        known: dict[str, int] = json.loads(bytes(kept.content))
        gone, come = Counter(known) - Counter(counts), Counter(counts) - Counter(known)
        return max(gone.total(), come.total())

    kept = settle(programme=programme, about=about, differs=differs, content=lambda: json.dumps(dict(counts)).encode())
    return json.loads(bytes(kept.content)), kept.taken_on


@transaction.atomic
def settle(
    *, programme: Programme, about: str, differs: Callable[[Snapshot], int | None], content: Callable[[], bytes]
) -> Snapshot:
    """Give what figures are worked out from: what was let out before, until enough people differ from it.

    `differs` says of how many people something differs now, None when what was kept cannot be read; `content` writes
    down what is now. The snapshot comes without its content, which is read when asked for.
    """
    today = clock.today(programme.time_zone)
    kept = Snapshot.objects.select_for_update().defer("content").filter(programme=programme, about=about).first()
    if kept is None:
        # Two who look at once let out the same: the second finds it there.
        first = {"taken_on": today, "content": content()}
        return Snapshot.objects.get_or_create(programme=programme, about=about, defaults=first)[0]
    people = differs(kept)
    if people is None or people >= max(programme.threshold, 1):
        kept.stamp, kept.taken_on, kept.content = uuid7(), today, content()
        kept.save(update_fields=["stamp", "taken_on", "content"])
    return kept
