from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relais.journal import services
from relais.journal.models import Entry, Head
from relais.journal.queries import AppendOnly
from relais.kernel.ids import uuid7
from tests.accounts.factories import UserFactory
from tests.journal.guards import take_guards_away
from tests.organisations.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
CHANGES = {
    "at": lambda entry: entry.at + timedelta(seconds=1),
    "verb": lambda _line: "case.opened",
    "noun": lambda _line: "cases.case",
    "row_id": lambda _line: uuid7(),
    "actor_id": lambda _line: uuid7(),
    "actor_label": lambda _line: "someone else",
    "organisation_id": lambda _line: uuid7(),
    "person_id": lambda _line: uuid7(),
    "detail": lambda _line: {"role": "administrator"},
    "previous": lambda _line: "0" * 64,
    "hash": lambda _line: "f" * 64,
}


@pytest.fixture
def untouched_chain():
    """Five lines of one organisation, one of another, one of none."""
    organisation = OrganisationFactory()
    lines = [services.write("member.joined", MembershipFactory(organisation=organisation), by=None) for _ in range(5)]
    services.write("member.joined", MembershipFactory(), by=None)
    services.write("pack.installed", None, by=None)
    return lines


@pytest.fixture
def chain(untouched_chain):
    """The same, in the hands of someone who owns the database and took its guards away."""
    take_guards_away()
    return untouched_chain


def behind_our_back(entry, **changes):
    """Change the database as someone with its password would."""
    models.QuerySet(Entry).filter(pk=entry.pk).update(**changes)


def test_an_untouched_journal_verifies(untouched_chain):
    assert list(services.verify()) == []
    assert list(services.guards()) == []
    assert list(services.compare(services.marks())) == []


REWRITTEN = """INSERT OR REPLACE INTO journal_entry SELECT id, lane, number, at, 'x', noun, row_id, actor_id, actor_label,
organisation_id, person_id, detail, previous, hash FROM journal_entry LIMIT 1"""


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE journal_entry SET verb = 'case.opened'",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_head",
        "UPDATE journal_head SET number = 1",
        "UPDATE journal_head SET hash = 'x'",
        "UPDATE journal_head SET lane = 'x', number = number + 1",
        REWRITTEN,
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(untouched_chain, attempt):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt)
    assert list(services.verify()) == []


def test_a_guard_that_was_taken_away_is_missed(chain):
    assert len(list(services.guards())) == (5 if connection.vendor == "sqlite" else 4)


def test_a_chain_cut_together_with_its_head_is_found_by_a_mark_kept_elsewhere(chain):
    kept = services.marks()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE lane = %s AND number > 3", [chain[0].lane])
        cursor.execute("UPDATE journal_head SET number = 3, hash = %s WHERE lane = %s", [chain[2].hash, chain[2].lane])
    assert list(services.verify()) == []
    assert [fault for fault in services.compare(kept) if "was cut: it had 5 lines" in fault]


def test_a_chain_written_anew_from_its_first_line_is_found_by_a_mark_copied_by_hand(chain):
    lane = chain[0].lane
    by_hand = [services.Mark(lane, 4, chain[3].hash[:16])]
    assert list(services.compare(by_hand)) == []
    assert list(services.compare([services.Mark(lane, 4, chain[3].hash[:4])]))
    previous = ""
    for entry in chain:
        entry.previous, entry.actor_label = previous, "someone else"
        entry.hash = previous = services.hash_of(entry)
        behind_our_back(entry, actor_label=entry.actor_label, previous=entry.previous, hash=entry.hash)
    models.QuerySet(Head).filter(lane=lane).update(hash=previous)
    assert list(services.verify()) == []
    assert any("written anew" in fault for fault in services.compare(by_hand))


def test_a_line_says_who_did_what_to_which_row_and_keeps_no_name():
    user, membership = UserFactory(username="amina", display_name="Amina Planted"), MembershipFactory()
    entry = services.write("member.joined", membership, by=user, role="relay", person_id=user.pk)
    assert (entry.lane, entry.organisation_id) == (str(membership.organisation_id), membership.organisation_id)
    assert (entry.noun, entry.row_id, entry.actor_id) == ("organisations.membership", membership.pk, user.pk)
    assert entry.detail == {"role": "relay"}
    assert "Planted" not in str(Entry.objects.values().get())


def test_each_organisation_has_its_own_chain(chain):
    assert Head.objects.count() == 3
    assert [entry.number for entry in chain] == [1, 2, 3, 4, 5]


def test_every_column_is_bound_by_the_hash(chain):
    known = {field.attname for field in Entry._meta.fields}
    assert known == set(CHANGES) | {"id", "lane", "number"}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_change_to_any_column_of_any_line_is_found(chain, column, place):
    behind_our_back(chain[place], **{column: CHANGES[column](chain[place])})
    assert any(f"line {place + 1}" in fault for fault in services.verify())


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_line_taken_away_is_found(chain, place):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE lane = %s AND number = %s", [chain[0].lane, place + 1])
    assert list(services.verify())


def test_a_line_moved_to_another_chain_is_found(chain):
    behind_our_back(chain[4], lane="elsewhere")
    faults = list(services.verify())
    assert any("no head" in fault for fault in faults)
    assert any("its head says line 5" in fault for fault in faults)


def test_two_lines_that_changed_places_are_found(chain):
    behind_our_back(chain[1], number=99)
    behind_our_back(chain[2], number=2)
    behind_our_back(chain[1], number=3)
    assert len(list(services.verify())) >= 2


def test_a_line_rewritten_with_its_hash_breaks_the_next_or_the_head(chain):
    for entry in [chain[2], chain[4]]:
        entry.verb = "case.opened"
        behind_our_back(entry, verb=entry.verb, hash=services.hash_of(entry))
        assert list(services.verify())


def test_a_chain_cut_at_its_end_is_found_by_its_head(chain):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE lane = %s AND number > 3", [chain[0].lane])
    assert any("ends at line 3" in fault for fault in services.verify())


def test_a_whole_chain_taken_away_leaves_its_head(chain):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE lane = %s", [chain[0].lane])
    assert any("its head says line 5" in fault for fault in services.verify())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    detail=st.dictionaries(
        st.text(max_size=8), st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)), max_size=4
    )
)
def test_whatever_a_line_says_it_verifies_after_it_was_read_back(detail):
    safe = {f"x{key}": value for key, value in detail.items() if "\x00" not in f"{key}{value}"}
    services.write("pack.installed", None, by=None, **safe)
    assert list(services.verify()) == []


def test_the_journal_refuses_to_be_changed_from_inside(untouched_chain):
    line = Entry.objects.first()
    for attempt in [
        lambda: Entry.objects.update(verb="x"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([line], ["verb"]),
        lambda: Entry.objects.all()._raw_delete("default"),
        line.save,
        line.delete,
    ]:
        with pytest.raises(AppendOnly):
            attempt()
    assert list(services.verify()) == []


def test_words_never_land_in_the_detail_of_a_line():
    told = {"why": "to call Gulnora", "state": "opened", "people": ["Гулнора", str(uuid7())], "now": {"water": 3}}
    entry = services.write("case.opened", None, by=None, **told)
    assert (entry.detail["why"], entry.detail["state"], entry.detail["now"]) == ("(words)", "opened", {"water": 3})
    assert entry.detail["people"][0] == "(words)"
