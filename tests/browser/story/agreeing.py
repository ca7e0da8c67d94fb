"""The table: its agenda, a draft with its replay, the villagers asked, a decision with reasons, the rule in force."""

from tests.browser.story.hearing import HEADLINE

QUESTION = "Would two neighbours speak for you before the village head?"
TITLE = "Two witnesses stand for a birth certificate"
REASONS = "Thirty-eight people are stopped by a paper that burnt; the village knows who they are."
BECAME = "You asked who fetches those who cannot travel: a car goes to Kant on Tuesdays."


def a_table_is_called(story):
    """The coordinator calls it for next week, and lets the figures propose what to talk about."""
    gulnara = story.gulnara
    gulnara.goes_to("Round tables")
    gulnara.follows("Call a table")
    gulnara.fills(name="Table of Kant", day=story.day(7), hour="14:00", place="Village house, Kant")
    gulnara.presses("Call the table")
    story.table = gulnara.page.url
    gulnara.presses("Propose an agenda")
    first = gulnara.page.locator("section[aria-labelledby=agenda] .line li").first.inner_text()
    assert HEADLINE in first
    assert "It stopped 38 people in the last twelve months, 0 in the twelve months before." in first


def the_villagers_of_the_lists_are_accompanied(story):
    """Thirty-seven people without a birth certificate, and twelve who could not travel for a portrait."""
    zarina = story.lists.colleague(story.zarina.name)
    for villager in [*story.village.without_birth_certificate(37)]:
        story.cases[villager.name] = story.lists.accompany(villager, zarina)
    story.far = story.village.far_from_the_portrait(12)
    for villager in story.far:
        story.cases[villager.name] = story.lists.accompany(villager, zarina)


def the_draft_says_in_plain_words_what_changes(story):
    """The pack's second version is a draft; the coordinator reads it and shares it."""
    gulnara = story.gulnara
    gulnara.goes_to("Procedures")
    gulnara.follows("Becoming a citizen")
    gulnara.follows("Simpler procedure")
    story.draft = gulnara.page.url.rstrip("/").rsplit("/", 1)[-1]
    gulnara.sees("Not shared yet")
    gulnara.presses("Share with the partners")
    gulnara.sees("Shared with the partners", "What this draft changes", "two witnesses")


def the_replay_says_whom_it_lets_through(story):
    """Thirty-eight unlocked and twelve newly shut out, rounded down; three men are too few to be shown."""
    aibek = story.aibek
    aibek.opens(f"/tables/drafts/{story.draft}/")
    aibek.sees("easier", "harder", "Let through who is stopped today", "Newly shut out")
    stats = aibek.page.locator(".stats .stat").all_inner_texts()
    assert "30" in stats[0]
    assert "10" in stats[1]
    aibek.sees("Counts under 10 are hidden")


def the_villagers_are_consulted(story):
    """Two companions take the question to people and bring back what they say."""
    gulnara, zarina, bakyt = story.gulnara, story.zarina, story.bakyt
    gulnara.opens(f"/tables/drafts/{story.draft}/")
    gulnara.follows("Ask the people concerned")
    gulnara.fills(question=QUESTION, asked_of="people of the villages", closes_on=story.day(6))
    gulnara.presses("Ask them")
    for someone, choice, people, words in (
        (zarina, "for", 20, ""),
        (bakyt, "worried", 4, "Who fetches those who cannot travel?"),
    ):
        someone.opens("/tables/consultations/")
        someone.follows("Enter answers")
        someone.fills(choice=choice, people_count=people, reasons=words)
        someone.presses("Keep the answer")
    bakyt.sees("24 people answered")


def the_table_decides_with_reasons(story):
    """A week later; nothing is decided without a reason, nor without answering who was asked."""
    gulnara = story.gulnara
    gulnara.opens(f"/tables/drafts/{story.draft}/")
    gulnara.presses(f"Put it on the table of {story.day_in_words(7)}")
    story.on_day(7, hour=16)
    gulnara.opens(story.table)
    gulnara.follows("Write down a decision")
    gulnara.fills(title=TITLE, outcome="adopted", version=story.draft, what_became_of_answers=BECAME)
    gulnara.page.locator("main [name=consultation]").select_option(label=QUESTION)
    gulnara.ticks(gulnara.page.locator("main label", has_text=HEADLINE).locator("input"))
    gulnara.tries("Keep the decision")
    assert gulnara.is_asked_for("reasons")
    gulnara.fills(reasons=REASONS)
    gulnara.presses("Keep the decision")
    gulnara.sees(TITLE, REASONS, BECAME)
    story.decision = gulnara.page.url


def the_authority_puts_it_in_force(story):
    """The table adopted it; who answers for the service makes it the rule."""
    aibek = story.aibek
    aibek.opens(story.decision)
    aibek.follows("Put the draft in force")
    aibek.sees("38")
    aibek.presses("Put it in force")
    aibek.sees("in force from")
