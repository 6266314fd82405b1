"""The day's tasks without a mouse, and with a scanner, which is a keyboard that types fast and presses Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]


@pytest.fixture
def barcode(goods: Any) -> str:
	"""200 bottles in store, which have a barcode."""
	import frappe

	goods.purchase(warehouse=None, items=[goods.line(goods.bottle, 200, 2)]).submit()
	code = f"890-{goods.tag}"
	frappe.get_doc("Bottle Item", goods.bottle).update({"barcode": code}).save()
	frappe.db.commit()
	return code


def test_a_sale_by_keyboard_and_scanner(desk_of: OpenDesk, goods: Any, barcode: str) -> None:
	desk = desk_of("sales")
	keyboard = desk.page.keyboard
	desk.new("Bottle Sale")
	expect(desk.field("customer")).to_be_focused()
	scan, note = desk.page.locator(".bottle-scan input"), desk.page.locator(".bottle-scan .note")
	keyboard.press("F2")
	expect(scan).to_be_focused()
	for code in (barcode, barcode, goods.bottle):
		keyboard.type(code)
		keyboard.press("Enter")
	expect(note).to_have_text(f"{goods.bottle}: 3")
	with desk.refusal(404):
		keyboard.type("0000-unknown")
		keyboard.press("Enter")
		expect(note).to_have_text("No item has the barcode or code 0000-unknown")
		desk.problems = [one for one in desk.problems if not one.startswith("console: Failed to load")]
	expect(scan).to_have_value("")
	expect(scan).to_be_focused()
	lines = [row for row in desk.document()["items"] if row.get("item")]
	assert [(row["item"], row["quantity"], row["unit_price"]) for row in lines] == [(goods.bottle, 3, 4)]

	while not desk.field("customer").evaluate("(input) => input === document.activeElement"):
		keyboard.press("Shift+Tab")
	desk.choose(desk.field("customer"), goods.customer)
	keyboard.press("Control+s")
	expect(desk.dialog()).to_contain_text(f"Sell 3 {goods.bottle} to {goods.customer} for ₹ 12.00?")
	expect(desk.dialog()).to_be_focused()
	keyboard.press("Enter")
	desk.page.wait_for_function("() => cur_frm.doc.docstatus === 1 && !cur_frm.is_new()")
	desk.settle()
	assert "scan" not in desk.document()
	letter = desk.button("Receive Payment").locator(".alt-underline").inner_text()
	keyboard.press(f"Alt+{letter.lower()}")
	expect(desk.field("amount")).to_be_focused()
	assert desk.document()["amount"] == 12
