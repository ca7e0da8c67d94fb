"""A companion's day without a pointer: sign in, find someone, say what stops them; only keys are pressed."""

import pytest

from tests.browser.conftest import PHONE

FARTHEST = 60  # stops of the Tab key from one thing to the next: more would wear anyone out
FOCUSED = """() => {
    const here = document.activeElement;
    const labels = [...(here.labels ?? [])].map(label => label.innerText);
    const shown = getComputedStyle(here);
    return {
        words: [here.innerText, here.value, here.getAttribute("aria-label"), ...labels].filter(Boolean).join(" "),
        visible: shown.outlineStyle !== "none" || shown.boxShadow !== "none",
    };
}"""


class Keyboard:
    """Someone who presses keys, and hears or sees where they are."""

    def __init__(self, page):
        """Begin on the first page."""
        self.page = page
        page.goto("/")

    def goes_to(self, words):
        """Press Tab until the focus is on something with these words, and can be seen there."""
        passed = []
        for _stop in range(FARTHEST):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(FOCUSED)
            if words in here["words"]:
                assert here["visible"], f"the focus on “{words}” cannot be seen"
                return
            passed.append(here["words"][:40])
        raise AssertionError(f"no way to “{words}” at {self.page.url}, only to {passed}")

    def opens(self, words):
        """Follow a link or press a button, and wait for the page it leads to."""
        self.goes_to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def types(self, label, words):
        """Write in a field."""
        self.goes_to(label)
        self.page.keyboard.type(words)

    def sends(self):
        """Send the form one writes in."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def hears(self):
        """Give the words of the page."""
        return self.page.locator("main").inner_text()


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_a_companion_finds_someone_and_tells_what_stops_them_by_keyboard_alone(page, viewport, furnished_world):
    if viewport:
        page.set_viewport_size(viewport)
    companion, person = furnished_world.companion, furnished_world.person
    keyboard = Keyboard(page)

    keyboard.opens("Sign in")
    keyboard.types("Sign-in name", companion.username)
    keyboard.types("Password", "a long enough password")
    keyboard.sends()

    keyboard.opens("People")
    keyboard.opens("Find or register someone")
    keyboard.types("Name, or the code on the card", person.code)
    keyboard.sends()
    keyboard.opens("Гулнора")
    assert "Гулнора" in keyboard.hears()

    if viewport:
        keyboard.opens("Report")
    else:
        keyboard.opens("Barriers")
        keyboard.opens("Record")
    keyboard.opens("a paper")
    keyboard.opens("A paper cannot be had")
    assert "A paper cannot be had" in keyboard.hears()
    assert "not shared yet" in keyboard.hears()
