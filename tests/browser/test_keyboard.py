"""The day's tasks without a mouse, and with a scanner, which is a keyboard that types fast and presses Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]
MOST_FIELDS = 30
"""Between the lines and the first field of a sale."""


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

	for _back in range(MOST_FIELDS):
		if desk.field("customer").evaluate("(input) => input === document.activeElement"):
			break
		keyboard.press("Shift+Tab")
	desk.choose(desk.field("customer"), goods.customer)
	submit(desk, f"Sell 3 {goods.bottle} to {goods.customer} for ₹ 12.00?")
	assert "scan" not in desk.document()
	letter = desk.button("Receive Payment").locator(".alt-underline").inner_text()
	keyboard.press(f"Alt+{letter.lower()}")
	expect(desk.field("amount")).to_be_focused()
	assert desk.document()["amount"] == 12


def test_a_purchase_and_a_blow_by_keyboard(desk_of: OpenDesk, goods: Any) -> None:
	desk = desk_of("stock")
	keyboard = desk.page.keyboard
	desk.new("Bottle Purchase")
	desk.choose(desk.field("supplier"), goods.supplier)
	desk.choose(desk.cell("item"), goods.preform)
	keyboard.press("Tab")
	desk.type(desk.cell("quantity"), "100")
	desk.finish_line(desk.cell("unit_price"), "2")
	desk.choose(desk.cell("item", 2), goods.cap)
	keyboard.press("Tab")
	desk.type(desk.cell("quantity", 2), "50")
	expect(desk.cell("unit_price", 2)).to_be_focused()
	# A hand is slower than what the form does with the first number.
	desk.page.wait_for_function("() => cur_frm.doc.items[1].quantity === 50")
	desk.settle()
	keyboard.press("Shift+Tab")
	desk.type(desk.cell("quantity", 2), "60")
	desk.finish_line(desk.cell("unit_price", 2), "0.5")
	keyboard.press("Control+s")
	expect(desk.dialog()).to_be_focused()
	keyboard.press("Escape")
	expect(desk.dialog()).to_have_count(0)
	assert desk.document()["docstatus"] == 0
	submit(desk, f"from {goods.supplier} for ₹ 230.00?")
	lines = [(row["item"], row["quantity"]) for row in desk.document()["items"]]
	assert lines == [(goods.preform, 100), (goods.cap, 60)]

	open_by_name(desk, "New Blow")
	desk.choose(desk.field("from_item"), goods.preform)
	keyboard.press("Tab")
	desk.type(desk.field("quantity"), "40")
	desk.choose(desk.field("to_item"), goods.bottle)
	keyboard.press("Tab")
	desk.type(desk.field("good_quantity"), "38")
	submit(desk, f"Blow 40 {goods.preform} into 38 {goods.bottle}?")
	keyboard.press("Control+b")
	desk.page.wait_for_function("() => cur_frm.doctype === 'Blow' && cur_frm.is_new()")
	expect(desk.field("quantity")).to_be_focused()


def submit(desk: Desk, question: str) -> None:
	desk.page.keyboard.press("Control+s")
	expect(desk.dialog()).to_contain_text(question)
	expect(desk.dialog()).to_be_focused()
	desk.page.keyboard.press("Enter")
	desk.page.wait_for_function("() => cur_frm.doc.docstatus === 1 && !cur_frm.is_new()")
	desk.settle()


def open_by_name(desk: Desk, name: str) -> None:
	"""Ctrl+G, and the name of what is wanted; out of a field, Esc comes first."""
	desk.page.keyboard.press("Escape")
	desk.page.keyboard.press("Control+g")
	search = desk.page.locator("#navbar-search")
	expect(search).to_be_focused()
	desk.page.keyboard.type(name)
	expect(search.locator("xpath=following-sibling::ul/*[1]")).to_contain_text(name)
	desk.page.keyboard.press("Enter")
	desk.page.wait_for_function(
		"(title) => cur_frm?.is_new() && `New ${cur_frm.doctype}` === title", arg=name
	)
	desk.settle()
