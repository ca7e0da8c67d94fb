"""Every page the doors tables know, as its first reader, in three languages, on a phone and on a desk."""

import pytest

from tests import doors
from tests.browser.conftest import DESK, PHONE
from tests.test_doors import address_of

LANGUAGES = {"en": "ltr", "fr": "ltr", "ar": "rtl"}


def reader_of(door):
    """Give the first persona who gets a page there."""
    return next((persona for persona in doors.PERSONAS if door.status_for(persona) == 200), None)


PAGES = [
    pytest.param(name, door, id=name)
    for name, door in doors.listed()
    if door.method == "get" and " " not in name and not door.is_file and reader_of(door)
]


@pytest.mark.parametrize(("name", "door"), PAGES)
def test_a_page_reads_well_in_every_language(name, door, page, sign_in, accessibility, furnished_world, live_server):
    address = address_of(name, door.args(furnished_world)) + door.query
    sign_in(reader_of(door))
    found = {}
    for language, direction in LANGUAGES.items():
        page.context.add_cookies([{"name": "relais_language", "value": language, "url": live_server.url}])
        page.set_viewport_size(PHONE if language == "ar" else DESK)
        page.goto(address)
        assert page.locator("html").get_attribute("dir") == direction
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "the page scrolls sideways"
        found[language] = accessibility()
    assert found == {language: [] for language in LANGUAGES}
