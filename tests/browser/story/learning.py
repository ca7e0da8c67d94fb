"""Everyone sees what changed; each reporter is told; someone is forgotten, and the figures stay true."""

from tests.browser.conftest import PHONE
from tests.browser.story.agreeing import REASONS, TITLE
from tests.browser.story.cast import Someone
from tests.browser.story.hearing import HEADLINE, MAVLUDA, OTHER_WORDS


def the_report_says_how_many_became_citizens(story):
    """A hundred and eleven; month by month the nine are too few to be shown, and what would give them away with them."""
    story.gulnara.goes_to("Reports")
    story.gulnara.follows("Citizenship by a simpler procedure")
    outcomes = story.gulnara.page.locator(".stats").last.inner_text()
    assert "111" in outcomes, outcomes


def every_return_is_heard(story):
    """Nine barriers stand on the table, and the next agenda speaks of them."""
    gulnara = story.gulnara
    gulnara.opens("/barriers/?kind=returned")
    assert gulnara.page.locator("#barriers li").count() == 9
    gulnara.goes_to("Round tables")
    gulnara.follows("Call a table")
    gulnara.fills(name="Next table", day=story.day(13), hour="14:00", place="Village house, Kant")
    gulnara.presses("Call the table")
    gulnara.presses("Propose an agenda")
    gulnara.sees("Dossiers that came back", "how many is hidden, because these or those before are so few")


def each_reporter_is_told(story):
    """Zarina twice, as she reported twice; Bakyt once; so that they can tell who told them."""
    for someone, headline, reports in ((story.zarina, HEADLINE, 2), (story.bakyt, OTHER_WORDS, 1)):
        someone.opens("/tables/reported/")
        someone.sees(headline, TITLE, REASONS, "solved")
        assert someone.page.locator("main li", has_text=headline).count() == reports
        someone.follows(headline)
        someone.presses("I know, and I will tell the people concerned")


def the_journal_verifies(story):
    """Nothing was changed outside Relais."""
    assert "nothing was changed" in story.relais("journal", "verify")


def someone_asks_to_be_forgotten(story):
    """Mavluda opens her own page with the code on her card and a PIN."""
    zarina = story.zarina
    zarina.opens(story.mavluda_page)
    code = zarina.page.locator("main .lead").inner_text().split(" ")[0]
    zarina.presses("Give a new PIN")
    pin = zarina.page.locator("main .figure").inner_text()
    mavluda = Someone(story.browse(PHONE), code, MAVLUDA)
    mavluda.opens("/my/")
    mavluda.fills(code=code, pin=pin)
    mavluda.presses("Open my page")
    mavluda.sees_no(MAVLUDA)
    mavluda.follows("I want to be forgotten")
    mavluda.presses("I want to be forgotten")
    mavluda.sees("We received your wish.")
    story.mavluda = mavluda


def the_coordinator_forgets_her(story):
    """It cannot be undone, by anyone; her own page closes."""
    gulnara = story.gulnara
    gulnara.goes_to("People")
    gulnara.follows("Asked to be forgotten")
    gulnara.follows(MAVLUDA)
    gulnara.follows("Forget this person")
    gulnara.presses("Forget this person for good")
    story.mavluda.opens("/my/page/")
    story.mavluda.sees("Type the nine digits on your card, and your PIN.")


def the_figures_stay_true_and_the_name_is_nowhere(story):
    """A hundred and eleven citizens still; nobody reads her name any more."""
    the_report_says_how_many_became_citizens(story)
    for someone in (story.gulnara, story.zarina, story.aibek):
        for address in (story.mavluda_case, story.mavluda_page, story.batch, "/people/", "/cases/", "/journal/"):
            someone.opens(address)
            assert MAVLUDA not in someone.page.content()
    story.zarina.opens("/people/search/")
    story.zarina.fills(called=MAVLUDA)
    story.zarina.presses("Find")
    story.zarina.sees("Nobody like this is registered.")
    the_journal_verifies(story)
