"""A real browser on the real pages: `page`, `sign_in` and `accessibility`, with whatever the page's console complained of."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests import chromium

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
# Playwright keeps an event loop in this thread; Django would take each query of a test for one made inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items):
    """Mark what is in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chrome():
    """One Chromium for the session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.QUIET)
        yield browser
        browser.close()


@pytest.fixture
def browse(chrome, live_server):
    """`browse(viewport)`: a browser of its own for someone; the test fails if a console or a script reported an error."""
    complaints, opened = [], []

    def open_browser(viewport=DESK):
        context = chrome.new_context(base_url=live_server.url, viewport=viewport)
        context.set_default_timeout(30_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if is_complaint(line) else None)
        return page

    yield open_browser
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def page(browse):
    """Open a page at the site's root, on a desk."""
    return browse()


def is_complaint(line):
    """Say whether a console line is an error of ours; a refused form is a 422, and the browser calls that an error."""
    return line.type == "error" and "the server responded with a status of 4" not in line.text


@pytest.fixture
def sign_in(page, live_server, furnished_world):
    """`sign_in("companion")`: what that persona's own browser would hold after signing in."""

    def as_persona(persona):
        page.context.clear_cookies()
        cookies = furnished_world.client_of(persona).cookies
        page.context.add_cookies(
            [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in cookies.items()]
        )

    return as_persona


@pytest.fixture
def accessibility(page):
    """`accessibility()`: what axe finds wrong with the page, one line each, by WCAG 2.2 AA."""
    script = AXE.read_text(encoding="utf-8")

    def violations():
        page.evaluate(script)
        options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]

    return violations
