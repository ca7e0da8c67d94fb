"""What the shell must be for everyone: one thumb, one key, no script, few bytes, twice the size."""

import gzip

import pytest

PAGES = [
    ("/", "visitor"),
    ("/account/sign-in/", "visitor"),
    ("/", "companion"),
    ("/", "coordinator"),
    ("/", "authority"),
]
PAGES += [("/components/", "administrator"), ("/account/second-step/", "coordinator")]


@pytest.mark.parametrize(("path", "persona"), PAGES)
def test_the_page_can_be_read_in_the_dark_on_a_phone_and_at_twice_its_size(page, sign_in, accessibility, path, persona):
    sign_in(persona)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    assert accessibility() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_what_a_thumb_must_hit_is_large_enough(page, sign_in):
    sign_in("administrator")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/components/")
    small = page.evaluate(
        "[...document.querySelectorAll('a.button, button, summary, select, nav a')]"
        ".filter(one => one.offsetParent && !one.closest('.crumbs'))"
        ".filter(one => one.getBoundingClientRect().height < 44)"
        ".map(one => one.textContent.trim())"
    )
    assert small == []


def test_signing_in_needs_no_script(chrome, live_server, world):
    context = chrome.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.get_by_label("Sign-in name").fill("companion")
    page.get_by_label("Password", exact=True).fill("a long enough password")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    assert page.url.rstrip("/") == live_server.url
    context.close()


def test_a_pressed_button_shows_that_its_answer_is_on_the_way(page):
    page.goto("/account/sign-in/")
    page.get_by_label("Sign-in name").fill("companion")
    page.get_by_label("Password", exact=True).fill("a long enough password")
    pressed = page.get_by_role("main").get_by_role("button", name="Sign in", exact=True)
    assert pressed.get_attribute("aria-busy") is None
    assert pressed.evaluate("button => { button.click(); return button.ariaBusy }") == "true"
    page.get_by_role("alert").first.wait_for()
    page.go_back()
    assert page.locator("[aria-busy]").count() == 0


def test_the_first_load_is_a_page_a_style_sheet_and_a_script(page):
    page.goto("/")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name.split('/').pop())")
    assert [name for name in loaded if name != "mark.svg"] == ["relais.css", "relais.js"]


def test_the_first_load_weighs_at_most_sixty_kilobytes(page, live_server):
    page.goto("/")
    parts = [
        page.content(),
        *(page.request.get(f"/static/built/{name}").text() for name in ["relais.css", "relais.js"]),
    ]
    assert sum(len(gzip.compress(part.encode())) for part in parts) <= 60_000


def test_the_first_key_skips_to_the_page(page, sign_in):
    sign_in("coordinator")
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_question_mark_lists_the_keys_of_the_page(page, sign_in):
    sign_in("administrator")
    page.goto("/components/")
    page.keyboard.press("?")
    assert "Record the barrier" in page.locator("#keys").inner_text()


def test_what_is_typed_outlives_the_page_for_its_author_only(page, sign_in):
    sign_in("administrator")
    page.goto("/components/")
    field = page.get_by_label("What happened, in their words").first
    field.fill("The archive burned down.")
    page.locator("[data-relais-saved]").wait_for(state="visible")
    assert "archive" not in page.evaluate("JSON.stringify(localStorage)")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/components/")
    page.locator("[data-relais-restored]").wait_for(state="visible")
    assert field.input_value() == "The archive burned down."
