"""The Desk in Hindi, and in Urdu from right to left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk


@pytest.mark.parametrize(
	("language", "direction", "label"), [("hi", "ltr", "सप्लायर"), ("ur", "rtl", "سپلائر")]
)
def test_a_form_in_the_users_language(
	desk_of: Callable[[str], Desk],
	speak: Callable[[str | None], None],
	language: str,
	direction: str,
	label: str,
) -> None:
	speak(language)
	desk = desk_of("stock")
	desk.new("Bottle Purchase")
	field = desk.page.locator(".form-layout [data-fieldname='supplier']:visible").first
	expect(field.locator("label").first).to_contain_text(label)
	assert desk.page.evaluate("getComputedStyle(document.body).direction") == direction
	sheets = "() => [...document.querySelectorAll('link[href*=\"/css-rtl/\"]')].length"
	assert bool(desk.page.evaluate(sheets)) == (direction == "rtl")
