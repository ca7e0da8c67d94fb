"""Keeping beside each case where it stands, what is known of its proofs, and of whom, so that many can be asked at once."""

from django.db import transaction

from relais.access.lock import Actor
from relais.cases.assessing import assess_case, assess_cases, digits_of, steps_done
from relais.cases.models import Case, News
from relais.cases.services.news import tell
from relais.cases.services.revisions import note_change
from relais.cases.who import word_of
from relais.kernel import clock
from relais.people.models import Person
from relais.procedures.assess import Assessment


def place_case(*, case: Case) -> Assessment:
    """Put on the row of a case where it stands now, and on what proofs; the caller saves it."""
    found = assess_case(case, clock.today())
    case.standing = found.standing.value
    case.known = digits_of([case.pk])[case.pk]
    return found


@transaction.atomic
def place_cases_of(*, person: Person, by: Actor) -> list[Case]:
    """Put a person's open cases where they stand now that what we know of them was put right; give those that moved.

    Whoever may correct the person may do this, and whoever carries a case that moved is told.
    """
    Case.objects.filter(person=person).update(who=word_of(person))
    open_cases = Case.objects.open().filter(person=person).order_by("pk")
    cases = list(open_cases.select_for_update(of=("self",)).select_related("person__territory", "companion"))
    found = assess_cases(cases, clock.today(), done=steps_done(case.pk for case in cases))
    moved = []
    for case in cases:
        before, case.standing = case.standing, found[case.pk].standing.value
        if case.standing != before:
            note_change(
                case=case, by=by, verb="case.placed_again", touches="person", before=before, after=case.standing
            )
            tell(to=case.companion, case=case, kind=News.Kind.CORRECTED, by=by, before=before, after=case.standing)
            moved.append(case)
    return moved


def leave_out_of_counts(*, person: Person) -> None:
    """Take the cases of someone who was just forgotten out of every replay to come; whoever may forget them may do this."""
    Case.objects.filter(person=person).update(forgotten=True)
