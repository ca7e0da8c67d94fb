"""Writes what happened between two days, in bulk, with its journal: the same rows the services would have written."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from relais.barriers.models import Barrier
from relais.cases.models import Case, CaseEvidence, Visit
from relais.cases.who import word_of
from relais.journal.services import Line, write_many
from relais.kernel import codes
from relais.kernel.vault import Aad, new_key, seal, wrap
from relais.packs.services.demo.handing import close, decide, hand_over
from relais.packs.services.demo.lived import Lived, Stage
from relais.packs.services.demo.lives import Life
from relais.people.keys import place_of_key, seal_field
from relais.people.models import Consent, Contact, Identity, Person, PersonKey
from relais.people.rules import hash_of_text
from relais.procedures.models import EvidenceTypeList, Requirement


class Writer(Stage):
    """Writes the history of one programme, window after window of days."""

    def advance(self, lives: Iterable[Life], start: date, end: date) -> None:
        """Write everything that happened from one day up to another."""
        self.register([life for life in lives if start <= life.registered_on < end])
        self.find_proofs(start, end)
        self.visit(start, end)
        self.hear(start, end)
        decide(self, hand_over(self, start, end), end)
        close(self, start, end)
        self.lines.sort(key=lambda line: line.at)
        write_many(self.lines)
        self.lines.clear()

    def register(self, lives: list[Life]) -> None:
        """Register people with a sealed identity, their consent, a contact, and open their cases."""
        version = self.procedure.versions.in_force().get()
        new = [self._lived(life, version.pk) for life in lives]
        Person.objects.bulk_create(lived.person for lived in new)
        PersonKey.objects.bulk_create(
            PersonKey(
                person=lived.person,
                wrapped=wrap(self.key_above, lived.key, place_of_key(lived.person.pk, self.key_version)),
                organisation_id_of_key=self.association.pk,
                version=self.key_version,
            )
            for lived in new
        )
        Identity.objects.bulk_create(
            Identity(
                person=lived.person,
                sealed=seal_field(lived.key, "identity", lived.person.pk, "sealed", lived.life.facts.as_json()),
                changed_at=lived.person.registered_at,
            )
            for lived in new
        )
        Consent.objects.bulk_create(lived.consent for lived in new)
        Contact.objects.bulk_create(self._contact(lived) for lived in new)
        Case.objects.bulk_create(lived.case for lived in new)
        for lived in new:
            at, by = lived.person.registered_at, lived.case.companion
            self.note("person.registered", lived.person, at=at, actor=by, lived=lived)
            self.note(
                "consent.given",
                lived.consent,
                at=at,
                actor=by,
                lived=lived,
                purpose="share_dossier",
                way=lived.consent.way,
            )
            self.note("case.opened", lived.case, at=at, actor=by, lived=lived, procedure=self.procedure.key)
        self.people += new

    def _code(self) -> str:
        """Draw a code nobody has yet."""
        code = next(code for code in iter(codes.new_code, "") if code not in self.codes)
        self.codes.add(code)
        return code

    def _lived(self, life: Life, version_id: UUID) -> Lived:
        at, by = self.instant(life.registered_on), self.cast.companion_for(life.territory, self.draw)
        person = Person(
            code=self._code(),
            programme=self.programme,
            organisation=self.association,
            territory=self.places[life.territory],
            registered_at=at,
            registered_by=by,
            **life.answers,
        )
        words = self.consent_text.texts.get(life.language) or self.consent_text.texts["ru"]
        consent = Consent(
            person=person,
            organisation=self.association,
            recipient=self.authority,
            text=self.consent_text,
            purpose=self.consent_text.purpose,
            language=life.language if life.language in self.consent_text.texts else "ru",
            text_hash=hash_of_text(words),
            way=self.draw.choice(["signature", "thumb", "oral"]),
            given_on=life.registered_on,
            expires_on=life.registered_on + timedelta(days=self.consent_text.days_valid * 2),
            recorded_at=at,
            recorded_by=by,
        )
        case = Case(
            person=person,
            programme=self.programme,
            organisation=self.association,
            procedure=self.procedure,
            version_id=version_id,
            companion=by,
            opened_on=life.registered_on,
            opened_at=at,
            opened_by=by,
            changed_at=at,
            who=word_of(person),
        )
        return Lived(life=life, person=person, case=case, key=new_key(), consent=consent)

    def _contact(self, lived: Lived) -> Contact:
        contact = Contact(person=lived.person, added_at=lived.person.registered_at, added_by=lived.case.companion)
        if lived.life.owns_phone or self.line is None:
            number = f"+996 7{self.draw.randrange(10**8):08d}"
            contact.kind, contact.safe_to_contact = "phone", self.draw.random() < 0.8
            contact.who_answers = self.draw.choice(["self", "self", "family", "neighbour"])
            contact.sealed = seal_field(lived.key, "contact", contact.pk, "sealed", number.encode())
        else:
            contact.kind, contact.lent_line, contact.who_answers = "phone", self.line, "organisation"
            contact.safe_to_contact = True
        return contact

    def find_proofs(self, start: date, end: date) -> None:
        """Note what people hold, and what they cannot get and why."""
        rows = []
        for lived in self.people:
            known = [(key, day, CaseEvidence.State.HELD, "") for key, day in lived.life.proofs.items()]
            known += [
                (key, day, CaseEvidence.State.CANNOT_GET, why) for key, (day, why) in lived.life.obstacles.items()
            ]
            until = min(end, lived.life.granted_on, lived.life.gone_on)
            for key, day, state, why in known:
                if start <= day < until:
                    rows.append(
                        CaseEvidence(
                            case=lived.case,
                            evidence_type=self.proofs[key],
                            state=state,
                            why=why,
                            happened_on=day,
                            entered_at=self.instant(day),
                            entered_by=lived.case.companion,
                        )
                    )
        CaseEvidence.objects.bulk_create(rows, batch_size=1000)

    def visit(self, start: date, end: date) -> None:
        """Note the visits, each sealed under the person's key."""
        rows = []
        for lived in self.people:
            for day, number in lived.life.visits:
                if start <= day < end:
                    note = self.plan["notes"][number]
                    visit = Visit(
                        case=lived.case, happened_on=day, minutes=note["minutes"], entered_at=self.instant(day)
                    )
                    visit.by = visit.entered_by = lived.case.companion
                    visit.sealed = seal(lived.key, note["words"].encode(), Aad("cases.visit", visit.pk, "sealed"))
                    rows.append(visit)
        Visit.objects.bulk_create(rows, batch_size=1000)

    def hear(self, start: date, end: date) -> None:
        """Record what people said stood in their way, each in their own words."""
        asked = {proof.key: one.requirement for one in self._lists_in_force() for proof in one.evidence_types.all()}
        rows = []
        for lived in self.people:
            for day, key in lived.life.heard:
                if start <= day < end and key in asked:
                    rows.append(self._barrier(lived, day, key, asked[key]))
        Barrier.objects.bulk_create(rows)
        for barrier in rows:
            self.lines.append(Line("barrier.recorded", barrier, barrier.author, barrier.recorded_at))

    def _lists_in_force(self) -> list[EvidenceTypeList]:
        version = self.procedure.versions.in_force().with_everything().get()
        return [one for step in version.steps.all() for asked in step.requirements.all() for one in asked.lists.all()]

    def _barrier(self, lived: Lived, day: date, key: str, requirement: Requirement) -> Barrier:
        story, at = self.stories[key], self.instant(day)
        account, effect, would_help = self.draw.choice(story["told"])
        shared = self.draw.random() < 0.85
        return Barrier(
            programme=self.programme,
            organisation=self.association,
            kind=story["kind"],
            case=lived.case,
            procedure=self.procedure,
            step=requirement.step,
            requirement=requirement,
            evidence_type=self.proofs[key],
            territory=lived.person.territory,
            headline=story["headline"],
            account=account,
            effect=effect,
            would_help=would_help,
            people_count=self.draw.choice([1, 1, 1, 1, 2, 3, 5]),
            language="en",  # demo.toml quotes everyone in English
            observed_on=day,
            recorded_at=at,
            recorded_by=lived.case.companion,
            author=lived.case.companion,
            approved_at=at,
            approved_how=Barrier.Approval.TAP,
            shared_at=at + timedelta(days=2) if shared else None,
            shared_by=self.cast.personas["coordinator"] if shared else None,
        )
