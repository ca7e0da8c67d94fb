"""Sairon, from a paper that cannot be had to citizenship: played on screens and through the API, as people would."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from relais.cli.main import app
from relais.kernel import clock
from tests.browser.conftest import DESK
from tests.browser.story import accompanying, agreeing, beginning, hearing, learning, village
from tests.browser.story.cast import Someone
from tests.browser.story.program import Program


class Story:
    """The site, the calendar, and who has come in so far."""

    village = village

    def __init__(self, browse, at, address):
        """Begin on the day of the test, since accounts are as old as the machine says."""
        self.browse, self.at, self.address = browse, at, address
        self.begins, self.cases = clock.today(), {}
        self.on_day(0)

    def day(self, number):
        """Give a day of the story."""
        return self.begins + timedelta(days=number)

    def day_in_words(self, number):
        """Say a day of the story as the pages do."""
        return f"{self.day(number).day} {self.day(number):%B %Y}"

    def on_day(self, number, hour=4):
        """Let it be another day; the hour is that of Greenwich, six hours behind the villages."""
        self.at(f"{self.day(number)} {hour:02}:00")

    def relais(self, *words):
        """Give a command on the machine."""
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
        return done.output

    def first(self, username, name, organisation, role):
        """Make an account on the machine, and sign in with it for the first time."""
        someone = Someone(self.browse(), username, name)
        printed = self.relais("account", username, organisation, role, "--name", name)
        someone.signs_in_for_the_first_time(printed.split()[1])
        return someone

    def invited(self, by, username, name, role, viewport=DESK):
        """Invite someone, who joins on a device of their own."""
        someone = Someone(self.browse(viewport), username, name)
        someone.joins(by.invites(name, role))
        return someone

    def let_in_the_lists(self, key):
        """Begin to send the association's lists."""
        self.lists = village.Lists(Program(self.address, key), self.begins)

    def let_in_the_register(self, key):
        """Begin to send what the service's register says."""
        self.register = Program(self.address, key)


@pytest.fixture
def story(browse, at, live_server, settings):
    """A site of today, with nobody in it."""
    settings.RELAIS_PUBLIC_ADDRESS = live_server.url
    return Story(browse, at, live_server.url)


def test_from_a_barrier_to_citizenship(story):
    beginning.the_programme_is_installed(story)
    beginning.the_first_accounts_are_made_on_the_machine(story)
    beginning.everyone_else_is_invited(story)
    beginning.programs_are_let_in(story)
    beginning.the_companions_learn_the_full_procedure(story)

    hearing.a_companion_meets_someone(story)
    hearing.her_birth_certificate_cannot_be_had(story)
    hearing.a_judge_costs_too_much(story)
    hearing.another_companion_hears_the_same(story)
    hearing.a_relay_writes_for_a_companion(story)
    hearing.the_lists_say_the_same_of_thirty_five_others(story)
    hearing.the_coordinator_shares_and_groups_them(story)

    agreeing.a_table_is_called(story)
    agreeing.the_villagers_of_the_lists_are_accompanied(story)
    agreeing.the_draft_says_in_plain_words_what_changes(story)
    agreeing.the_replay_says_whom_it_lets_through(story)
    agreeing.the_villagers_are_consulted(story)
    agreeing.the_table_decides_with_reasons(story)
    agreeing.the_authority_puts_it_in_force(story)

    accompanying.who_is_not_trained_is_refused(story)
    accompanying.the_companion_is_told_and_learns(story)
    accompanying.everyone_brings_what_is_asked(story)
    accompanying.mavluda_agrees(story)
    accompanying.the_files_go_over_as_one_batch(story)
    accompanying.the_authority_receives_it(story)
    accompanying.nine_come_back_with_reasons(story)
    accompanying.the_others_are_accepted(story)

    learning.the_report_says_how_many_became_citizens(story)
    learning.every_return_is_heard(story)
    learning.each_reporter_is_told(story)
    learning.the_journal_verifies(story)
    learning.someone_asks_to_be_forgotten(story)
    learning.the_coordinator_forgets_her(story)
    learning.the_figures_stay_true_and_the_name_is_nowhere(story)
