"""Those who play the story: each has a browser of their own, and does in it what a person does, with keys alone.

Nothing here is clicked: a link, a button, a fold or a tick is reached by the focus, which Tab can give it, and pressed.
"""

import re

PASSWORD = "apricots dry on the roof"


class Someone:
    """One account in one browser."""

    def __init__(self, page, username, name):
        """Sit down before a page."""
        self.page, self.username, self.name = page, username, name

    def opens(self, address):
        """Go to an address, as from a bookmark or from paper."""
        self.page.goto(address)

    def follows(self, words, nth=0, exact=False):
        """Follow a link by its words."""
        self._arrives(self.page.locator("main").get_by_role("link", name=words, exact=exact).nth(nth))

    def opens_in_the_table(self, words):
        """Follow the link in a table's row that has these words."""
        self._arrives(self.page.locator("main tbody tr", has_text=words).get_by_role("link").first)

    def goes_to(self, words):
        """Follow a link of the rail, the bar or a menu."""
        self._arrives(self.page.locator("nav.rail, nav.bar").get_by_role("link", name=words, exact=True).first)

    def opens_from_the_account(self, words):
        """Open the menu of the account, and follow a link in it."""
        menu = self.page.locator("details.menu:visible", has_text=self.name).first
        self.keys(menu.locator("summary"))
        self._arrives(menu.get_by_role("link", name=words))

    def presses(self, words, nth=0, exact=False):
        """Press a button by its words, and wait for what it leads to."""
        self._arrives(self.page.locator("main").get_by_role("button", name=words, exact=exact).nth(nth))

    def tries(self, words):
        """Press a button that leads nowhere, because something is missing."""
        self.keys(self.page.locator("main").get_by_role("button", name=words))

    def _arrives(self, way):
        with self.page.expect_navigation():
            self.keys(way)

    def keys(self, way, key="Enter"):
        """Bring the focus to something Tab can reach, and press a key there."""
        way.focus()
        reached = way.evaluate("each => each === document.activeElement && each.tabIndex >= 0")
        assert reached, f"{self.name} cannot reach {way} at {self.page.url} without a pointer"
        self.page.keyboard.press(key)

    def ticks(self, box):
        """Tick a box or choose one of several, unless it is chosen already."""
        if not box.is_checked():
            self.keys(box, "Space")

    def fills(self, **fields):
        """Fill in fields by the names the form gives them, be they text, choice or tick."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]:not([type=hidden])")
            if field.first.get_attribute("type") in {"radio", "checkbox"}:
                self.ticks(self.page.locator(f"main [name={name}][value='{value}']"))
            elif field.first.evaluate("each => each.tagName") == "SELECT":
                field.first.select_option(value)
            else:
                field.first.fill(str(value))

    def is_asked_for(self, name):
        """Say whether the browser stays on the form because something is missing in it."""
        return self.page.locator(f"main [name={name}]:invalid").count() == 1

    def registers(self, name, **answers):
        """Look for someone first, find nobody, and register them; leaves their page open."""
        self.opens("/")
        self.goes_to("People")
        self.follows("Find or register someone")
        self.fills(called=name)
        self.presses("Find")
        self.sees("Nobody like this is registered.")
        self.unfolds("More, if they wish to say")
        for field, value in answers.items():
            asked = self.page.locator(f"form[data-relais-draft=register] [name={field}]")
            asked.select_option(value) if asked.evaluate("each => each.tagName") == "SELECT" else asked.fill(value)
        self.presses("Register", exact=True)

    def unfolds(self, words):
        """Open what is folded away, if it is."""
        fold = self.page.locator("main details", has=self.page.locator("summary", has_text=words)).last
        if fold.get_attribute("open") is None:
            self.keys(fold.locator("summary", has_text=words).first)

    def reads(self):
        """Give the words of the page."""
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())

    def sees(self, *words):
        """Find words on the page, or fail with what stands there instead."""
        text = self.reads()
        missing = [each for each in words if each not in text]
        assert not missing, f"{self.name} does not find {missing} at {self.page.url}: {text}"

    def sees_no(self, *words):
        """Find none of these words."""
        text = self.reads()
        found = [each for each in words if each in text]
        assert not found, f"{self.name} finds {found} at {self.page.url}: {text}"

    def signs_in(self, password=PASSWORD):
        """Sign in on the page everyone signs in on."""
        self.opens("/account/sign-in/")
        self.fills(login=self.username, password=password)
        self.presses("Sign in")

    def signs_in_for_the_first_time(self, password):
        """Sign in with what the machine printed, and choose a password of one's own."""
        self.signs_in(password)
        self.fills(password=PASSWORD)
        self.presses("Use this password")

    def runs_their_organisation(self, words):
        """Open one of the pages that run their organisation."""
        self.opens_from_the_account("Organisations")
        self._arrives(self.page.locator("main li", has_text="yours").get_by_role("link").first)
        self.follows(words)

    def invites(self, name, role):
        """Invite someone; gives the link that stands under the square code."""
        self.runs_their_organisation("Members and invitations")
        self.follows("Invite someone")
        self.fills(role=role, label=name)
        self.presses("Make the invitation")
        return self.page.locator("main [data-relais-copy]").inner_text()

    def joins(self, link):
        """Scan the square code, choose a name and a password, and sign in with them."""
        self.opens(link)
        self.fills(display_name=self.name, username=self.username, password=PASSWORD)
        self.presses("Join", exact=True)
        self.signs_in()

    def lets_a_program_in(self, name, role):
        """Make a key for a program of the organisation; gives it, as it is shown once."""
        self.runs_their_organisation("Programs let in")
        self.fills(name=name, role=role)
        self.presses("Make the key")
        return self.page.locator("main [data-relais-copy]").inner_text()
