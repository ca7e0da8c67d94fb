"""What stops people is heard: from one person, then from thirty-seven others."""

import re

PAPER = "Birth certificate"
HEADLINE = "Cannot get: Birth certificate"
OTHER_WORDS = "Cannot get a birth certificate"
MAVLUDA = "Mavluda Tosheva"


def a_companion_meets_someone(story):
    """Zarina looks for Mavluda first, finds nobody, registers her and opens her case."""
    zarina = story.zarina
    zarina.registers(MAVLUDA, birth_year="1954", sex="woman", status="stateless")
    story.mavluda_page = zarina.page.url
    zarina.follows("Open a case")
    zarina.presses("Open the case")
    story.mavluda_case = zarina.page.url
    zarina.sees(MAVLUDA, "Becoming a citizen", "Your birth")


def her_birth_certificate_cannot_be_had(story):
    """It burnt; two taps later the table can hear of it."""
    zarina = story.zarina
    zarina.unfolds("Your birth")
    zarina.follows(re.compile(f"Cannot get it.*{PAPER}"))
    zarina.fills(why="document")
    zarina.presses("Save")
    zarina.follows("Tell what stops them")
    zarina.presses(HEADLINE)
    zarina.sees(HEADLINE, "not shared yet")


def a_judge_costs_too_much(story):
    """The other way the rule leaves her is out of reach, so her case is blocked; her other papers are there."""
    zarina = story.zarina
    zarina.opens(story.mavluda_case)
    zarina.unfolds("Your birth")
    zarina.follows(re.compile("Cannot get it.*Court decision"))
    zarina.fills(why="fee")
    zarina.presses("Save")
    zarina.opens(story.mavluda_case)
    zarina.sees("Blocked: Your birth.")
    story.lists.hold(story.mavluda_case.rstrip("/").rsplit("/", 1)[-1], story.village.ALWAYS | story.village.NEW)


def another_companion_hears_the_same(story):
    """Bakyt records it in other words, on its own, from his phone."""
    bakyt = story.bakyt
    bakyt.goes_to("Report")
    bakyt.follows("a paper")
    bakyt.fills(own_headline=OTHER_WORDS)
    bakyt.presses("Record", nth=-1)
    bakyt.sees(OTHER_WORDS)


def a_relay_writes_for_a_companion(story):
    """Farid writes what Zarina told him; it is hers once she approves it."""
    farid, zarina = story.farid, story.zarina
    farid.goes_to("Report")
    farid.follows("a paper")
    farid.page.locator("main [name=author]").select_option(label=zarina.name)
    farid.fills(own_headline=HEADLINE)
    farid.presses("Record", nth=-1)
    zarina.opens("/barriers/approve/")
    zarina.sees(HEADLINE, farid.name)
    zarina.presses("These are my words")
    zarina.sees("Nothing waits for you")


def the_lists_say_the_same_of_thirty_five_others(story):
    """Through the API, from what village heads wrote down."""
    for _villager in range(35):
        story.lists.tell(HEADLINE)


def the_coordinator_shares_and_groups_them(story):
    """What could tell who someone is would stay; what says the same becomes one, when she says so."""
    gulnara = story.gulnara
    gulnara.opens("/barriers/share/")
    gulnara.follows("Choose all 38 on this page")
    gulnara.sees("Chosen: 38")
    gulnara.presses("Share what is chosen")
    gulnara.opens("/barriers/groups/")
    gulnara.sees("Together they concern 38 people", HEADLINE, OTHER_WORDS)
    gulnara.presses("They say the same")
    gulnara.sees(HEADLINE)
