"""A phone two volunteers share, in a real browser: what one left half-typed the other cannot read, and nobody loses it."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Tutiniso has the stamp now"


def test_what_one_left_half_typed_is_sealed_to_the_next_and_comes_back(page, sign_in, furnished_world):
    visit = reverse("cases:visit", args=[furnished_world.case.pk])
    sign_in("companion")
    page.goto(visit)
    page.locator("form[data-relais-draft] [name=words]").fill(WORDS)
    page.locator("[data-relais-saved]").wait_for()
    sign_in("relay")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(visit)
    assert page.locator("[name=words]").input_value() == ""
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Tutiniso" not in kept
    sign_in("companion")
    page.goto(visit)
    page.locator("[data-relais-restored]").wait_for()
    assert page.locator("[name=words]").input_value() == WORDS
    page.evaluate("name => localStorage.setItem(name, JSON.stringify([[], [], Date.now() - 31 * 864e5]))", "draft old")
    page.reload()
    page.locator("[data-relais-restored]").wait_for()
    assert page.evaluate("localStorage.getItem('draft old')") is None
