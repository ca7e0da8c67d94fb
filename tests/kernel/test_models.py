from django.utils import translation

from relais.barriers.models import Barrier


def test_a_choice_is_said_in_the_language_of_who_reads():
    fee = Barrier(kind=Barrier.Kind.FEE)
    assert fee.get_kind_display() == "the cost"
    with translation.override("fr"):
        assert fee.get_kind_display() == "le coût"


def test_a_value_that_is_no_longer_a_choice_is_said_as_it_stands():
    assert Barrier(kind="tax").get_kind_display() == "tax"
    assert Barrier(kind=None).get_kind_display() is None
