"""What a form does while someone types, and what it says before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]
AVAILABILITY = "**/api/method/bottle_mfg.api.v1.availability"
PHONE = {"width": 390, "height": 844}
BESIDE_THE_SCREEN = """() => [...document.querySelectorAll(".page-head button")]
	.filter((button) => button.checkVisibility())
	.filter((button) => button.getBoundingClientRect().right > innerWidth || button.getBoundingClientRect().left < 0)
	.map((button) => button.innerText)"""
CUT_OFF = """() => [...document.querySelectorAll(".form-grid .grid-body [data-fieldname='amount'] .static-area")]
	.filter((amount) => amount.checkVisibility() && amount.scrollWidth > amount.clientWidth)
	.map((amount) => amount.innerText)"""


@pytest.fixture
def stocked(goods: Any) -> Any:
	"""1000 preforms at 2.00 and 100 bottles at 2.00 in the default warehouse."""
	import frappe

	goods.purchase(1100, warehouse=None).submit()
	goods.blow(100, 100, warehouse=None).submit()
	frappe.db.commit()
	return goods


def start_sale(desk: Desk, goods: Any, quantity: str) -> None:
	desk.new("Bottle Sale")
	desk.choose(desk.field("customer"), goods.customer)
	desk.choose(desk.cell("item"), goods.bottle)
	desk.page.keyboard.press("Tab")
	desk.type(desk.cell("quantity"), quantity)


def test_totals_stock_and_profit_follow_what_is_typed(desk_of: OpenDesk, stocked: Any) -> None:
	desk = desk_of("manager")
	start_sale(desk, stocked, "30")
	expect(desk.shown("total_price")).to_have_text("₹ 120.00")
	expect(desk.shown("cost_of_goods")).to_have_text("₹ 60.00")
	expect(desk.shown("profit")).to_have_text("₹ 60.00")
	expect(desk.page.locator(".stock-note")).to_have_text(f"{stocked.bottle}: 100 in stock · ₹ 2.00 each")
	desk.finish_line(desk.cell("unit_price"), "3.1255")
	expect(desk.shown("total_price")).to_have_text("₹ 93.76")
	expect(desk.shown("profit")).to_have_text("₹ 33.76")
	desk.button("Save as Draft").click()
	desk.page.wait_for_function("() => !cur_frm.is_new()")
	desk.settle()
	assert desk.document()["total_price"] == 93.76, "the server finds what the form showed"


def test_a_shortage_is_told_beside_the_line_and_refused_by_the_server(
	desk_of: OpenDesk, stocked: Any
) -> None:
	desk = desk_of("sales")
	start_sale(desk, stocked, "101")
	expect(desk.page.locator(".stock-note .text-danger")).to_have_text(
		f"{stocked.bottle}: 100 in stock · 1 too few"
	)
	with desk.refusal(400):
		desk.ask("Submit").get_by_role("button", name="Yes").click()
		expect(desk.dialog()).to_contain_text(
			f"{stocked.bottle} in Main Store: 100 available, 101 requested, 1 short"
		)
	assert not _exists("Bottle Sale", customer=stocked.customer), "nothing of it is saved"
	assert desk.document()["__islocal"], "the form still holds what was typed"
	desk.dialog().locator(".btn-modal-close").click()
	expect(desk.dialog()).to_have_count(0)
	desk.shown_cell("quantity").click()
	desk.cell("quantity").fill("100")
	desk.page.keyboard.press("Tab")
	desk.submit(f"Sell 100 {stocked.bottle} to {stocked.customer} for ₹ 400.00?")


def test_a_blow_tells_rejects_cost_and_missing_preforms(
	desk_of: OpenDesk, stocked: Any, blow_cost: float
) -> None:
	desk = desk_of("manager")
	desk.new("Blow")
	desk.choose(desk.field("from_item"), stocked.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("quantity"), "1000")
	note = desk.page.locator("[data-fieldname='quantity'] .help-box:visible")
	expect(note).to_have_text(f"{stocked.preform}: 1,000 in stock · ₹ 2.00 each")
	desk.choose(desk.field("to_item"), stocked.bottle)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("good_quantity"), "950")
	expect(desk.shown("reject_quantity")).to_have_text("50")
	expect(desk.shown("conversion_cost")).to_have_text("₹ 500.00")
	expect(desk.shown("total_cost")).to_have_text("₹ 2,500.00")
	expect(desk.shown("produced_unit_cost")).to_have_text("₹ 2.6316")
	expect(desk.field("quantity")).to_have_value("1,000")
	desk.field("quantity").fill("1200")
	desk.page.keyboard.press("Tab")
	expect(note.locator(".text-danger")).to_contain_text("200 too few")


def test_a_late_answer_about_stock_does_not_win(desk_of: OpenDesk, stocked: Any) -> None:
	desk = desk_of("manager")
	held: list[Route] = []

	def hold_the_first(route: Route) -> None:
		if held:
			route.continue_()
		else:
			held.append(route)

	known = "(item) => Boolean(cur_frm.availability.of(item))"
	start_sale(desk, stocked, "1")
	desk.page.wait_for_function(known, arg=stocked.bottle)
	desk.page.route(AVAILABILITY, hold_the_first)
	ask = "(item) => { cur_frm.availability.ask(cur_frm.doc.warehouse, [item]) }"
	with desk.page.expect_request(AVAILABILITY):
		desk.page.evaluate(ask, stocked.preform)
	with desk.page.expect_response(AVAILABILITY):
		desk.page.evaluate(ask, stocked.bottle)
	desk.page.wait_for_function(known, arg=stocked.bottle)
	with desk.page.expect_response(AVAILABILITY):
		held[0].continue_()
	desk.settle()
	assert desk.page.evaluate(known, stocked.bottle)
	assert not desk.page.evaluate(known, stocked.preform)


def test_a_form_that_stood_open_while_others_sold(desk_of: OpenDesk, stocked: Any) -> None:
	"""What counts is the moment of submit, not that of opening the form."""
	import frappe

	desk = desk_of("sales")
	start_sale(desk, stocked, "10")
	stocked.sale(5, warehouse=None).submit()
	frappe.db.commit()
	desk.submit(f"Sell 10 {stocked.bottle} to {stocked.customer}")
	expect(desk.indicator()).to_have_text("Confirmed")
	assert not _exists("Bottle Stock", item=stocked.bottle, quantity=("!=", 85))


def test_no_is_no(desk_of: OpenDesk, stocked: Any) -> None:
	desk = desk_of("manager")
	start_sale(desk, stocked, "10")
	desk.ask("Submit").get_by_role("button", name="No").click()
	expect(desk.dialog()).to_have_count(0)
	expect(desk.button("Submit")).to_be_enabled()
	assert not _exists("Bottle Sale", customer=stocked.customer)


def test_a_draft_is_submitted_with_one_question(desk_of: OpenDesk, stocked: Any) -> None:
	import frappe

	draft = stocked.sale(10, warehouse=None)
	frappe.db.commit()
	desk = desk_of("manager")
	desk.open(f"bottle-sale/{draft.name}")
	expect(desk.shown("profit")).to_have_text("₹ 20.00")
	assert desk.submit(f"Sell 10 {stocked.bottle}") == draft.name
	assert desk.dialog().count() == 0


def test_on_a_phone_every_button_and_the_whole_amount_are_seen(desk_of: OpenDesk, stocked: Any) -> None:
	import frappe

	draft = stocked.sale(100, 1234.56, warehouse=None)
	frappe.db.commit()
	desk = desk_of("manager")
	desk.page.set_viewport_size(PHONE)
	desk.open(f"bottle-sale/{draft.name}")
	expect(desk.shown_cell("amount")).to_contain_text("1,23,456.00")
	expect(desk.button("Submit")).to_be_visible()
	assert desk.page.evaluate(BESIDE_THE_SCREEN) == []
	assert desk.page.evaluate(CUT_OFF) == []
	desk.submit(f"Sell 100 {stocked.bottle}")
	expect(desk.button("Cancel")).to_be_visible()
	assert desk.page.evaluate(BESIDE_THE_SCREEN) == []


def test_what_is_missing_is_asked_for_at_once(desk_of: OpenDesk, goods: Any) -> None:
	desk = desk_of("stock")
	desk.new("Blow")
	desk.choose(desk.field("from_item"), goods.preform)
	expect(desk.ask("Submit")).to_contain_text("Good Bottles Out")
	assert desk.dialog().count() == 1


def test_the_last_price_is_offered_on_a_purchase(desk_of: OpenDesk, goods: Any) -> None:
	import frappe

	goods.purchase(100, 1.9995, warehouse=None).submit()
	frappe.db.commit()
	desk = desk_of("stock")
	desk.new("Bottle Purchase")
	desk.choose(desk.field("supplier"), goods.supplier)
	desk.choose(desk.cell("item"), goods.preform)
	expect(desk.cell("unit_price")).to_have_value("1.9995")
	expect(desk.page.locator(".stock-note")).to_have_text(f"{goods.preform}: 100 in stock · ₹ 1.9995 each")


def test_with_one_warehouse_nobody_sees_the_field(desk_of: OpenDesk, goods: Any) -> None:
	desk = desk_of("stock")
	desk.open("blow")
	for warehouses, seen in ((2, True), (1, False)):
		desk.page.evaluate("(count) => { frappe.boot.bottle_mfg.warehouses = count }", warehouses)
		desk.do("() => frappe.new_doc('Bottle Purchase')")
		expect(desk.field("supplier")).to_be_focused()
		expect(desk.field("warehouse")).to_be_visible(visible=seen)
		assert desk.document()["warehouse"] == "Main Store"


def test_an_item_leads_to_what_is_done_with_it(desk_of: OpenDesk, stocked: Any) -> None:
	desk = desk_of("manager")
	desk.open(f"bottle-item/{stocked.bottle}")
	held = desk.page.locator("dl:visible").first
	expect(held).to_contain_text("100 pcs")
	expect(held).to_contain_text("Main Store")
	desk.button("Sell").click()
	expect(desk.field("customer")).to_be_focused()
	line = desk.document()["items"][0]
	assert (line["item"], line["unit_price"]) == (stocked.bottle, 4)


def test_a_low_item_says_where_the_rest_of_it_lies(desk_of: OpenDesk, stocked: Any) -> None:
	import frappe

	frappe.db.set_value("Bottle Item", stocked.bottle, "reorder_level", 100)
	frappe.db.commit()
	desk = desk_of("manager")
	desk.open(f"bottle-item/{stocked.bottle}")
	held = desk.page.locator(".bottle-figure:visible").first
	expect(held.locator(".bottle-meaning")).to_have_text("Main Store · at or below the reorder level of 100")


def _exists(doctype: str, **filters: Any) -> bool:
	import frappe

	frappe.db.rollback()
	return bool(frappe.db.exists(doctype, filters))
