"""`pk__among` finds what `pk__in` finds, beside an OR too, and nothing where nothing is asked for."""

import pytest
from django.db import connection
from django.db.models import Q

from relais.cases.models import Case
from relais.people.models import Person
from tests.cases.factories import CaseFactory
from tests.people.factories import PersonFactory


@pytest.mark.django_db
def test_among_is_in():
    one, other, alone = CaseFactory(), CaseFactory(), PersonFactory()
    ours = Case.objects.filter(pk=one.pk).values("person")
    assert set(Person.objects.filter(pk__among=ours)) == {one.person}
    assert set(Person.objects.filter(Q(pk__among=ours) | Q(pk=alone.pk))) == {one.person, alone}
    assert set(Person.objects.filter(~Q(pk__among=ours))) == {other.person, alone}
    assert not Person.objects.filter(pk__among=Case.objects.filter(pk__in=[]).values("person")).exists()
    assert ("= ANY(ARRAY(" in str(Person.objects.filter(pk__among=ours).query)) == (connection.vendor == "postgresql")
