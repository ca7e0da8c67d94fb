"""The scenes where people meet: round tables, the consultation, the decision, today's draft; all through the services."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from relais.accounts.models import User
from relais.barriers.models import Barrier, NeedsAssessment
from relais.barriers.services import agree_weights, propose_candidate, record_barrier, score_candidate, tell_author
from relais.kernel import clock
from relais.kernel.text import pick
from relais.organisations.models import Organisation
from relais.packs.services.demo.cast import Cast
from relais.packs.services.demo.lives import Plan
from relais.places.models import Territory
from relais.procedures.models import EvidenceType, Procedure, ProcedureVersion, Requirement
from relais.procedures.services import accept_list, draft_version, share_draft
from relais.programmes.models import Programme
from relais.roundtables.models import AgendaItem, Decision, Meeting
from relais.roundtables.services import (
    adopt_draft,
    answer_consultation,
    answer_invitation,
    ask_consultation,
    comment_on_draft,
    decide,
    fulfil_commitment,
    invite,
    make_commitment,
    plan_meetings,
    propose_agenda,
    write_minutes,
)


class Scenes:
    """What happens around the table, in the order of the plan."""

    def __init__(self, plan: Plan, programme: Programme, procedure: Procedure, cast: Cast) -> None:
        self.plan, self.programme, self.procedure, self.cast = plan, programme, procedure, cast
        self.coordinator, self.authority = cast.personas["coordinator"], cast.personas["authority"]
        self.series = programme.series.get()
        self.organisations = {row.slug: row for row in Organisation.objects.all()}

    def meeting_of(self, month: date) -> Meeting | None:
        """Give the table of a month, called once in the calendar."""
        plan_meetings(series=self.series, by=self.coordinator)
        return Meeting.objects.filter(
            series=self.series, occurrence_on__year=month.year, occurrence_on__month=month.month
        ).first()

    def hold(self, meeting: Meeting, minutes: str) -> None:
        """Invite, propose the agenda, and write what was said."""
        invite(meeting=meeting, by=self.coordinator, users=self._guests(), labels=["Six village heads"])
        for guest in self._guests():
            answer_invitation(meeting=meeting, coming=True, by=guest)
        propose_agenda(meeting=meeting, by=self.coordinator)
        with clock.at(meeting.starts_at + timedelta(minutes=meeting.minutes)):
            write_minutes(meeting=meeting, text=minutes, by=self.coordinator, came=meeting.invitees.all())

    def _guests(self) -> list[User]:
        return [self.coordinator, self.authority, self.cast.personas["companion"], self.cast.personas["relay"]]

    def share(self, version: ProcedureVersion) -> None:
        """Share a draft with the partners."""
        share_draft(version=version, by=self.coordinator)

    def consult(self, version: ProcedureVersion, closes: timedelta) -> None:
        """Ask the people concerned, and gather what they answer."""
        plan, today = self.plan["consultation"], clock.today(self.programme.time_zone)
        consultation = ask_consultation(
            programme=self.programme,
            version=version,
            question=plan["question"],
            asked_of=plan["asked_of"],
            opens_on=today,
            closes_on=today + closes,
            by=self.coordinator,
        )
        for place, answer in enumerate(plan["answers"]):
            answer_consultation(
                consultation=consultation,
                choice=answer["choice"],
                people_count=answer["people"],
                reasons=answer["reasons"],
                by=self.cast.companions[place],
            )

    def adopt(self, meeting: Meeting, version: ProcedureVersion) -> Decision:
        """Decide at the table, put the draft in force, and promise what follows."""
        plan = self.plan["decision"]
        self.hold(meeting, plan["minutes_text"])
        item = AgendaItem.objects.filter(meeting=meeting, barrier_group=None).exclude(requirement=None).first()
        with clock.at(meeting.starts_at + timedelta(hours=1)):
            decision = decide(
                meeting=meeting,
                title=plan["title"],
                outcome=Decision.Outcome.ADOPTED,
                reasons=plan["reasons"],
                version=version,
                consultation=version.consultations.first(),
                what_became_of_answers=self.plan["consultation"]["what_became"],
                agenda_item=item,
                barriers=Barrier.objects.shared().filter(
                    programme=self.programme,
                    evidence_type__key__in=["birth-certificate", "residence-registration", "fee-receipt"],
                ),
                by=self.authority,
            )
            adopt_draft(decision=decision, by=self.authority)
            self._promise(plan["commitments"], meeting, decision)
        self._tell_authors(decision)
        return decision

    def _tell_authors(self, decision: Decision) -> None:
        """Let each companion read, in the weeks after, what became of what they reported."""
        for place, barrier in enumerate(decision.barriers.select_related("author").order_by("recorded_at")):
            with clock.at(decision.decided_at + timedelta(days=1 + place % 20)):
                tell_author(barrier=barrier, by=barrier.author)

    def _promise(self, promises: list[Mapping[str, Any]], meeting: Meeting, decision: Decision) -> None:
        day = meeting.starts_at.date()
        for promise in promises:
            made = self.authority if promise["organisation"] == "passport-service" else self.coordinator
            commitment = make_commitment(
                programme=self.programme,
                organisation=self.organisations[promise["organisation"]],
                what=promise["what"],
                due_on=day + timedelta(days=promise["days"]),
                owner=made,
                meeting=meeting,
                decision=decision,
                by=made,
            )
            if "done_after" in promise:
                done = meeting.starts_at + timedelta(days=promise["done_after"])
                with clock.at(done):
                    fulfil_commitment(commitment=commitment, by=made, done_on=done.date())

    def draft_next(self) -> ProcedureVersion:
        """Draft what the table will talk about next, share it, and let the authority comment."""
        plan = self.plan["next_draft"]
        version = draft_version(procedure=self.procedure, by=self.coordinator, names=plan["names"])
        requirement = Requirement.objects.get(step__version=version, key=plan["requirement"])
        accepted = EvidenceType.objects.filter(procedure=self.procedure, key__in=plan["accepts"])
        accept_list(requirement=requirement, evidence_types=list(accepted), by=self.coordinator)
        share_draft(version=version, by=self.coordinator)
        comment_on_draft(version=version, text=plan["comment"], by=self.authority)
        return version

    def hear_voices(self, start: datetime) -> None:
        """Hear concerns and ideas that belong to no proof."""
        for place, voice in enumerate(self.plan["voices"]):
            author = self.cast.companions[place + 3]
            with clock.at(start + timedelta(days=23 * place)):
                record_barrier(
                    sort=voice["sort"],
                    kind=voice["kind"],
                    headline=voice["headline"],
                    account=voice["account"],
                    would_help=voice["would_help"],
                    people_count=4 + place,
                    programme=self.programme,
                    organisation=self.organisations["sairon"],
                    by=author,
                )

    def rank_needs(self) -> None:
        """Propose shelters, score them, and agree the weights on both sides."""
        assessment = NeedsAssessment.objects.filter(programme=self.programme).first()
        if assessment is None:
            return
        places = {place.code: place for place in Territory.objects.all()}
        criteria = list(assessment.criteria.order_by("position"))
        for row in self.plan["needs"]:
            candidate = propose_candidate(
                assessment=assessment,
                organisation=self.organisations["sairon"],
                label=row["label"],
                territory=places[row["territory"]],
                people_count=row["people"],
                by=self.cast.personas["companion"],
            )
            scores = {
                criterion: (score, pick(criterion.levels[score], "en"))
                for criterion, score in zip(criteria, row["scores"], strict=True)
            }
            score_candidate(candidate=candidate, scores=scores, by=self.cast.personas["companion"])
        agree_weights(assessment=assessment, by=self.coordinator)
        agree_weights(assessment=assessment, by=self.authority)
