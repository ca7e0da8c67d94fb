"""Trained volunteers advise on the new rule; files go over, some come back, people become citizens."""

from tests.browser.story.beginning import someone_learns
from tests.browser.story.hearing import MAVLUDA

SIMPLER = (
    "A statement of two witnesses",
    "Not refugees, not stateless people",
    "In Kant and Tokmok only",
    "The service decides; I make sure your file is complete",
)
RETURNS = ("missing", "unreadable", "expired", "mismatch", "missing", "unreadable", "expired", "mismatch", "missing")


def who_is_not_trained_is_refused(story):
    """Bakyt knows the old rule only: he opens no case on the new one before he takes its course."""
    bakyt = story.bakyt
    bakyt.registers("Rustam Qosimov", birth_year="1949", sex="man", status="refugee")
    bakyt.follows("Open a case")
    asking = bakyt.page.url
    bakyt.presses("Open the case")
    bakyt.sees("Bakyt Usenov")
    assert bakyt.page.url == asking
    someone_learns(bakyt, "Advising on the simpler procedure", SIMPLER)
    bakyt.opens(asking)
    bakyt.presses("Open the case")
    bakyt.unfolds("Your birth")
    bakyt.sees("Rustam Qosimov", "Becoming a citizen", "Statement of two witnesses")


def the_companion_is_told_and_learns(story):
    """Zarina is told what changed for whom she accompanies, and learns the simpler procedure."""
    zarina = story.zarina
    zarina.opens("/tables/news/")
    zarina.sees("is in force. Of the people you accompany, it lets 38 go on and newly stops 12.")
    zarina.opens(story.mavluda_case)
    zarina.sees("Take the short course on the new version.")
    someone_learns(zarina, "Advising on the simpler procedure", SIMPLER)


def everyone_brings_what_is_asked(story):
    """A car goes to Kant, the twelve have their portrait; seventy children come, of whom little is asked."""
    for villager in story.far:
        story.lists.hold(story.cases[villager.name], {"biometric-portrait"})
    zarina = story.lists.colleague(story.zarina.name)
    for child in story.village.children(70):
        story.cases[child.name] = story.lists.accompany(child, zarina)


def mavluda_agrees(story):
    """The exact words are read to her; then her file may go over."""
    zarina = story.zarina
    zarina.opens(story.mavluda_case)
    zarina.sees("Everything is there.")
    zarina.follows("Ask for consent")
    zarina.sees("I agree that Sairon hands my file to the passport service")
    zarina.fills(way="oral")
    zarina.presses("They agree", exact=True)


def the_files_go_over_as_one_batch(story):
    """A hundred and twenty complete files, one manifest."""
    gulnara = story.gulnara
    gulnara.goes_to("Dossiers")
    gulnara.follows("Hand over complete dossiers")
    gulnara.sees("120 complete dossiers, agreed to", MAVLUDA)
    gulnara.presses("Hand over to Passport service")
    gulnara.sees("Manifest of batch", "to decide 120")
    story.batch = gulnara.page.url
    opens_in_the_batch(story, gulnara, "Bibi Saodat Boboeva")
    gulnara.opens(story.batch)
    manifest = gulnara.page.locator("main").get_by_role("link", name="Manifest as PDF").get_attribute("href")
    assert gulnara.page.request.get(manifest).body().startswith(b"%PDF")


def opens_in_the_batch(story, someone, name):
    """Leaf through the manifest until the name stands there, and follow its link."""
    for page in (1, 2, 3):
        someone.opens(f"{story.batch}?page={page}")
        if someone.page.locator("main tbody tr", has_text=name).count():
            return someone.opens_in_the_table(name)
    raise AssertionError(f"{name} is on no page of the manifest")


def the_authority_receives_it(story):
    """Aibek confirms that it arrived; he knows the names, because each person agreed."""
    aibek = story.aibek
    aibek.opens(story.batch)
    aibek.presses("Confirm that it arrived")
    aibek.sees("120")
    opens_in_the_batch(story, aibek, MAVLUDA)
    aibek.presses("Accept", exact=True)
    aibek.sees("Dossier")


def nine_come_back_with_reasons(story):
    """Each with a coded reason; the volunteer is told, the table hears it."""
    aibek = story.aibek
    for number, (villager, reason) in enumerate(zip(story.village.children(9), RETURNS, strict=True)):
        opens_in_the_batch(story, aibek, villager.name)
        aibek.follows("Give it back")
        aibek.fills(reason=reason, remark=f"Please look at paper {number + 1} again.")
        aibek.presses("Give it back")


def the_others_are_accepted(story):
    """A hundred and ten more, as the service's own register says so through the API."""
    waiting = story.register.everything("dossiers?state=handed")
    assert len(waiting) == 110
    for dossier in waiting:
        story.register.posts(f"dossiers/{dossier['id']}/accept")
    story.aibek.opens(story.batch)
    stats = story.aibek.page.locator(".stats .stat").all_inner_texts()
    assert [figure.split()[-1] for figure in stats] == ["0", "111", "9"], stats
