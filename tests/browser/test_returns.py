"""Goods that come back, and what a blow uses beside preforms, as those who work there type it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]


def owned(doc: Any, role: str) -> str:
	"""Make a document the user's own, where the server sees it."""
	import frappe

	frappe.db.set_value(doc.doctype, doc.name, "owner", f"{role}@bottle.test", update_modified=False)
	frappe.db.commit()
	return doc.name


@pytest.fixture
def sale(goods: Any) -> str:
	"""100 bottles at 4.00, sold by the sales user."""
	goods.purchase(warehouse=None).submit()
	goods.blow(warehouse=None).submit()
	return owned(goods.sale(warehouse=None).submit(), "sales")


def test_a_customer_brings_back_thirty_bottles(desk_of: OpenDesk, goods: Any, sale: str) -> None:
	desk = desk_of("sales")
	desk.open(f"bottle-sale/{sale}")
	desk.button("Return").click()
	desk.page.wait_for_function("() => cur_frm.doc.is_return && cur_frm.is_new()")
	desk.settle()
	message = desk.page.locator(".form-message:visible")
	expect(message).to_have_text(f"Return of {sale}")
	expect(desk.shown("customer")).to_have_text(goods.customer)
	expect(desk.shown("total_price")).to_have_text("₹ -400.00")
	desk.shown_cell("quantity").click()
	desk.cell("quantity").fill("30")
	desk.page.keyboard.press("Tab")
	expect(desk.shown("total_price")).to_have_text("₹ -120.00")
	name = desk.submit(f"Take back 30 {goods.bottle} from {goods.customer} for ₹ 120.00?")
	expect(desk.indicator()).to_have_text("Return")
	expect(message).to_have_text(f"Return of {sale}")
	assert not any(word in desk.text() for word in ("Profit", "Cost"))

	desk.open(f"bottle-sale/{sale}")
	expect(message).to_have_text(f"Came back: 30 of 100 {goods.bottle} · {name}")
	message.get_by_role("link", name=name).click()
	desk.page.wait_for_function("(name) => cur_frm.doc.name === name", arg=name)
	expect(desk.button("Return")).to_have_count(0)

	desk.open("bottle-sale")
	expect(desk.page.locator(".list-row", has_text=name)).to_contain_text("Return")


def test_a_sale_that_came_back_is_not_cancelled_by_mistake(desk_of: OpenDesk, goods: Any, sale: str) -> None:
	desk = desk_of("manager")
	desk.open(f"bottle-sale/{sale}")
	desk.button("Return").click()
	desk.page.wait_for_function("() => cur_frm.doc.is_return && cur_frm.is_new()")
	desk.settle()
	name = desk.submit(f"Take back 100 {goods.bottle}")
	desk.open(f"bottle-sale/{sale}")
	expect(desk.button("Return")).to_have_count(0)
	desk.button("Cancel").click()
	expect(desk.dialog()).to_contain_text(name)


def test_preforms_go_back_to_the_supplier(desk_of: OpenDesk, goods: Any) -> None:
	purchase = owned(goods.purchase(warehouse=None, other_charges=100).submit(), "stock")
	desk = desk_of("stock")
	desk.open(f"bottle-purchase/{purchase}")
	desk.button("Return").click()
	desk.page.wait_for_function("() => cur_frm.doc.is_return && cur_frm.is_new()")
	desk.settle()
	expect(desk.shown("total_amount")).to_have_text("₹ -2,100.00")
	desk.submit(f"Give back 1,000 {goods.preform} to {goods.supplier}?")
	expect(desk.indicator()).to_have_text("Return")
	desk.open(f"bottle-purchase/{purchase}")
	expect(desk.page.locator(".form-message:visible")).to_contain_text("Came back: 1,000 of 1,000")


def test_a_blow_with_caps_and_regrind(desk_of: OpenDesk, goods: Any, blow_cost: float) -> None:
	import frappe

	regrind = goods.item("REG", "Consumable", uom="kg")
	lines = [goods.line(goods.preform, 1000, 2), goods.line(goods.cap, 1000, 0.25)]
	goods.purchase(warehouse=None, items=lines).submit()
	frappe.db.commit()
	desk = desk_of("stock")
	desk.new("Blow")
	desk.choose(desk.field("from_item"), goods.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("quantity"), "1000")
	desk.choose(desk.field("to_item"), goods.bottle)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("good_quantity"), "950")

	desk.page.locator(".section-head:visible", has_text="Caps, Labels and Regrind").click()
	table = desk.page.locator("[data-fieldname='materials']:visible")
	table.get_by_role("button", name="Add Row").click()
	desk.shown_cell("item").click()
	desk.choose(desk.cell("item"), goods.cap)
	desk.page.keyboard.press("Tab")
	desk.type(desk.cell("quantity"), "950")
	table.get_by_role("button", name="Add Row").click()
	desk.shown_cell("item", 2).click()
	desk.choose(desk.cell("item", 2), regrind)
	desk.page.keyboard.press("Tab")
	desk.type(desk.cell("quantity", 2), "1.2")
	desk.shown_cell("kind", 2).locator("select").select_option("By-product")
	desk.cell("rate", 2).fill("80")
	desk.page.keyboard.press("Tab")
	expect(desk.shown("scrap_credit")).to_have_text("₹ 96.00")
	expect(desk.shown("produced_unit_cost")).to_have_text("₹ 2.7805")
	desk.submit(f"Blow 1,000 {goods.preform} into 950 {goods.bottle}?")
	document = desk.document()
	assert (document["material_cost"], document["scrap_credit"]) == (2237.5, 96)
	assert document["produced_unit_cost"] == 2.7805


def test_tab_leads_past_what_is_folded_away_to_submit(desk_of: OpenDesk, goods: Any) -> None:
	owned(goods.purchase(warehouse=None).submit(), "stock")
	desk = desk_of("stock")
	desk.new("Blow")
	desk.choose(desk.field("from_item"), goods.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("quantity"), "100")
	desk.choose(desk.field("to_item"), goods.bottle)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("good_quantity"), "95")
	desk.type(desk.field("blow_cost_per_unit"), "0.5")
	expect(desk.button("Submit")).to_be_focused()
	desk.page.keyboard.press("Enter")
	expect(desk.dialog()).to_contain_text(f"Blow 100 {goods.preform} into 95 {goods.bottle}?")
