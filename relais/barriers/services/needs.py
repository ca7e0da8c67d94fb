"""Needs assessments: proposing, scoring, and agreeing on weights by both sides."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import organisations_where, require
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.deidentify import find_identifying
from relais.barriers.models import Candidate, Criterion, NeedsAssessment, Score
from relais.barriers.rules import HIGHEST_SCORE, HIGHEST_WEIGHT
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.programmes.models import Partner


@transaction.atomic
def set_weights(*, assessment: NeedsAssessment, weights: Mapping[str, int], by: User) -> NeedsAssessment:
    """Change how much each criterion counts; what either side had agreed before no longer holds."""
    require(by, Verb.NEEDS_AGREE, assessment)
    assessment = NeedsAssessment.objects.select_for_update().get(pk=assessment.pk)
    criteria = {criterion.key: criterion for criterion in assessment.criteria.all()}
    if unknown := set(weights) - set(criteria):
        raise Refusal(_("This assessment has no criterion called %(keys)s.") % {"keys": ", ".join(sorted(unknown))})
    if any(not 0 <= weight <= HIGHEST_WEIGHT for weight in weights.values()):
        raise Refusal(_("A weight lies between 0 and %(most)d.") % {"most": HIGHEST_WEIGHT})
    changed = {key: weight for key, weight in weights.items() if criteria[key].weight != weight}
    if not changed:
        return assessment
    if not any(weights.get(key, criterion.weight) for key, criterion in criteria.items()):
        raise Refusal(_("At least one criterion must count."))
    was = {key: criteria[key].weight for key in changed}
    for key, weight in changed.items():
        criteria[key].weight = weight
    Criterion.objects.bulk_update([criteria[key] for key in changed], ["weight"])
    assessment.agreed_by_volunteers = assessment.agreed_by_volunteers_at = None
    assessment.agreed_by_authority = assessment.agreed_by_authority_at = None
    assessment.save()
    journal.write("needs.weighted", assessment, by=by, was=was, now=changed)
    return assessment


@transaction.atomic
def agree_weights(*, assessment: NeedsAssessment, by: User) -> NeedsAssessment:
    """Agree to the weights as they stand, for the side one belongs to in this programme."""
    require(by, Verb.NEEDS_AGREE, assessment)
    assessment = NeedsAssessment.objects.select_for_update().get(pk=assessment.pk)
    sides = sides_of(assessment=assessment, by=by)
    at = clock.now()
    if "volunteers" in sides and not assessment.agreed_by_volunteers_at:
        assessment.agreed_by_volunteers, assessment.agreed_by_volunteers_at = by, at
    if "authority" in sides and not assessment.agreed_by_authority_at:
        assessment.agreed_by_authority, assessment.agreed_by_authority_at = by, at
    assessment.save()
    journal.write("needs.agreed", assessment, by=by, sides=sorted(sides))
    return assessment


def sides_of(*, assessment: NeedsAssessment, by: User) -> set[str]:
    """Say for whom someone agrees: a coordinator for the volunteers, an authority for itself."""
    partners = set(Partner.objects.filter(programme=assessment.programme_id).values_list("organisation", flat=True))
    roles = {"volunteers": Role.COORDINATOR, "authority": Role.AUTHORITY}
    return {side for side, role in roles.items() if partners & organisations_where(by, Verb.NEEDS_AGREE, role)}


@transaction.atomic
def propose_candidate(
    *,
    assessment: NeedsAssessment,
    organisation: Organisation,
    label: str,
    territory: Territory,
    by: User,
    people_count: int = 0,
    id: UUID | None = None,
) -> Candidate:
    """Put something on the list to rank, under a label that names nobody."""
    require(by, Verb.NEEDS_ASSESS, assessment)
    require(by, Verb.BARRIER_RECORD, organisation)
    label = label.strip()
    if not label or find_identifying(label):
        raise Refusal(
            _("Choose a label that names nobody."), next=_("A number and a place will do, such as “Shelter 14, Chui”.")
        )
    told = {"assessment": assessment, "organisation": organisation, "label": label, "people_count": people_count}
    known: Candidate | None = sent_before(Candidate, id)
    if known:
        if all(getattr(known, name) == value for name, value in told.items()):
            return known
        raise Conflict(_("Something else was already recorded under this identifier."))
    if Candidate.objects.filter(assessment=assessment, label=label).exists():
        raise Refusal(_("“%(label)s” is already on the list; choose another label.") % {"label": label})
    candidate = Candidate.objects.create(
        id=id or uuid7(), **told, territory=territory, proposed_by=by, proposed_at=clock.now()
    )
    journal.write("needs.candidate_proposed", candidate, by=by, assessment=assessment.key)
    return candidate


@transaction.atomic
def score_candidate(
    *, candidate: Candidate, scores: Mapping[Criterion, tuple[int, str]], by: User, scored_on: date | None = None
) -> None:
    """Say how urgent something is by some criteria, each with what was seen; a later look replaces an earlier one."""
    require(by, Verb.NEEDS_ASSESS, candidate)
    scored_on = scored_on or clock.today(candidate.assessment.programme.time_zone)
    for criterion, (value, because) in scores.items():
        _check_score(candidate, criterion, value, because)
        told: dict[str, Any] = {
            "value": value,
            "because": because.strip(),
            "scored_by": by,
            "scored_on": scored_on,
        }
        Score.objects.update_or_create(candidate=candidate, criterion=criterion, defaults=told)
    journal.write(
        "needs.scored", candidate, by=by, scores={criterion.key: value for criterion, (value, _why) in scores.items()}
    )


def _check_score(candidate: Candidate, criterion: Criterion, value: int, because: str) -> None:
    if criterion.assessment_id != candidate.assessment_id:
        raise Refusal(_("This criterion belongs to another assessment."))
    if not 0 <= value <= HIGHEST_SCORE:
        raise Refusal(_("A score lies between 0 and %(most)d.") % {"most": HIGHEST_SCORE})
    if not because.strip():
        raise Refusal(_("Say what you saw: each score is explained."))
    if find_identifying(because):
        raise Refusal(
            _("The reason holds something by which a person could be known."),
            next=_("Say what you saw, without a name, a number or a date of birth."),
        )


@transaction.atomic
def finish_candidate(*, candidate: Candidate, done_on: date, by: User) -> Candidate:
    """Note that it was done, so that the list shows what is still to do."""
    require(by, Verb.NEEDS_ASSESS, candidate)
    if done_on > clock.today(candidate.assessment.programme.time_zone):
        raise Refusal(_("This day has not come yet."))
    candidate.done_on = done_on
    candidate.save(update_fields=["done_on"])
    journal.write("needs.candidate_done", candidate, by=by, done_on=done_on)
    return candidate
