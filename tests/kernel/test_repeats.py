import uuid

import pytest

from relais.kernel.refusals import Conflict
from relais.kernel.repeats import sent_before
from relais.organisations.models import LentLine
from tests.organisations.factories import LentLineFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_what_was_sent_before_is_found_again_where_it_was_sent():
    line = LentLineFactory()
    assert sent_before(LentLine, line.pk, organisation=line.organisation) == line


@pytest.mark.parametrize("id", [None, uuid.uuid4()])
def test_what_was_never_sent_is_nothing(id):
    assert sent_before(LentLine, id, organisation=OrganisationFactory()) is None


def test_an_id_that_stands_for_something_elsewhere_is_refused_without_telling_of_it():
    line = LentLineFactory()
    with pytest.raises(Conflict) as refused:
        sent_before(LentLine, line.pk, organisation=OrganisationFactory())
    assert line.value not in str(refused.value)
