"""The word beside a case says what the person says, whoever wrote it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from relais.cases import index
from relais.cases.models import Case
from relais.cases.who import NUMBERS, WORDS, Who, as_word, word_of
from relais.people.models import Person
from relais.people.services import forget_person
from relais.places.models import Territory
from relais.places.services import load_country
from tests.cases.factories import CaseFactory, known
from tests.organisations.factories import member

ANSWERS = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["", "woman"]),
        "status": st.sampled_from(["", "stateless"]),
        "disability": st.sampled_from(["", "some"]),
        "language": st.sampled_from(["", "uz"]),
        "birth_year": st.none() | st.integers(1900, 2030),
        "household": st.none() | st.integers(0, 60),
    }
)


@given(ANSWERS)
def test_a_word_gives_back_what_was_said(answers):
    said = WhoNowhere()[word_of(Person(**answers))]
    assert said == tuple(
        answers.get(name, "") if name in NUMBERS else answers.get(name) or None for name in (*WORDS, *NUMBERS)
    )


class WhoNowhere(Who):
    """Words of people who live in no territory."""

    def __init__(self):
        self.regions = {}


@pytest.mark.django_db
def test_the_database_would_write_the_same_word():
    load_country(code="KG")
    case = known(CaseFactory(), sex="woman", household=0, territory=Territory.objects.get(code="KG-C"))
    ((theirs, ours),) = Case.objects.values_list(as_word("person"), "who")
    assert Who()[theirs] == Who()[ours] == ("woman", None, None, None, "kg-c", case.person.birth_year, 0)


@pytest.mark.django_db
def test_a_case_never_goes_without_a_word():
    with pytest.raises(IntegrityError):
        CaseFactory(who="")


@pytest.mark.django_db
def test_someone_forgotten_is_counted_no_more_and_the_check_agrees():
    case = CaseFactory()
    forget_person(person=case.person, by=member("coordinator", case.organisation))
    assert Case.objects.get().forgotten
    assert not Case.objects.counted(case.procedure_id).exists()
    assert index.check(case.procedure) == []


@pytest.mark.django_db
def test_the_check_finds_a_word_that_does_not_say_what_the_person_says():
    case = known(CaseFactory(), sex="woman")
    Case.objects.update(who=word_of(Person(sex="man")))
    assert "sex" in index.check(case.procedure)


@pytest.mark.django_db
def test_cases_from_before_are_given_their_words():
    case = known(CaseFactory(), language="ky", birth_year=1990)
    gone = CaseFactory()
    Person.objects.filter(pk=gone.person_id).update(erased_at=gone.opened_at)
    Case.objects.update(who="-")
    import_module("relais.cases.migrations.0002_who").fill(apps, None)
    assert Who()[Case.objects.get(pk=case.pk).who] == Who()[word_of(case.person)]
    assert list(Case.objects.filter(forgotten=True)) == [gone]
