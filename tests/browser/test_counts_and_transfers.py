"""Counting what is on the shelves, and moving goods to the shop, typed by who does it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]


@pytest.fixture
def shelves(goods: Any) -> Any:
	"""1000 preforms at 2.00 and 300 caps at 0.50 in a warehouse of the test's own, and a depot."""
	import frappe

	lines = [goods.line(goods.preform, 1000, 2), goods.line(goods.cap, 300, 0.5)]
	goods.purchase(items=lines).submit()
	assert goods.depot
	frappe.db.commit()
	return goods


def start_count(desk: Desk, warehouse: str) -> None:
	desk.new("Bottle Stock Count")
	expect(desk.cell("item")).to_be_focused()
	choose_anew(desk, "warehouse", warehouse)


def choose_anew(desk: Desk, field: str, warehouse: str) -> None:
	desk.field(field).click()
	desk.page.keyboard.press("Control+a")
	desk.choose(desk.field(field), warehouse)


def open_cell(desk: Desk, fieldname: str, row: int) -> None:
	desk.shown_cell(fieldname, row).click()
	desk.cell(fieldname, row).focus()
	desk.page.keyboard.press("Control+a")


def test_only_what_differs_is_typed(desk_of: OpenDesk, shelves: Any, db: Any) -> None:
	desk = desk_of("stock")
	start_count(desk, shelves.warehouse)
	desk.button("Get Items").click()
	desk.settle()
	items = [row["item"] for row in desk.document()["items"]]
	assert items == [shelves.cap, shelves.preform]
	expect(desk.shown_cell("system_quantity", 2)).to_contain_text("1,000")

	open_cell(desk, "counted_quantity", 2)
	desk.type(desk.cell("counted_quantity", 2), "990")
	expect(desk.shown_cell("difference", 2)).to_contain_text("-10")
	expect(desk.shown("value_difference")).to_have_text("₹ -20.00")
	name = desk.submit(f"1 of 2 items in {shelves.warehouse} differ. Set the stock to what was counted?")
	expect(desk.indicator()).to_have_text("Counted")
	expect(desk.shown("value_difference")).to_have_text("₹ -20.00")
	assert [row.get("reason") or "" for row in desk.document()["items"]] == ["", "Miscount"]
	db.rollback()
	assert shelves.stock(shelves.preform) == (990, Decimal(1980))
	assert name.startswith("SC-")

	expect(desk.button("New Count")).to_be_visible()
	desk.open(f"bottle-stock-count?name={name}")
	row = desk.page.locator(".list-row:visible", has_text=name)
	for words in ("Counted", shelves.warehouse, "₹ -20.00"):
		expect(row).to_contain_text(words)


def test_the_sheet_adds_what_the_list_has_not_got(desk_of: OpenDesk, shelves: Any) -> None:
	desk = desk_of("manager")
	start_count(desk, shelves.warehouse)
	open_cell(desk, "item", 1)
	desk.choose(desk.cell("item"), shelves.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.cell("counted_quantity"), "1005")
	expect(desk.shown_cell("difference")).to_contain_text("5")
	desk.button("Get Items").click()
	desk.settle()
	lines = [(row["item"], row["counted_quantity"]) for row in desk.document()["items"]]
	assert lines == [(shelves.preform, 1005), (shelves.cap, 300)]
	desk.button("Save as Draft").click()
	desk.page.wait_for_function("() => !cur_frm.is_new()")
	desk.settle()
	assert [row["difference"] for row in desk.document()["items"]] == [5, 0]


def test_the_stock_user_moves_goods_to_the_depot(desk_of: OpenDesk, shelves: Any, db: Any) -> None:
	desk = desk_of("stock")
	desk.new("Bottle Stock Transfer")
	expect(desk.field("to_warehouse")).to_be_focused()
	choose_anew(desk, "from_warehouse", shelves.warehouse)
	desk.field("to_warehouse").click()
	desk.choose(desk.field("to_warehouse"), shelves.depot)
	desk.choose(desk.cell("item"), shelves.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.cell("quantity"), "1001")
	note = desk.page.locator(".stock-note")
	expect(note).to_have_text(f"{shelves.preform}: 1,000 in stock · ₹ 2.00 each · 1 too few")
	open_cell(desk, "quantity", 1)
	desk.type(desk.cell("quantity"), "400")
	expect(desk.shown("total_value")).to_have_text("₹ 800.00")
	desk.submit(f"Move 400 {shelves.preform} from {shelves.warehouse} to {shelves.depot}?")
	expect(desk.indicator()).to_have_text("Moved")
	db.rollback()
	assert shelves.stock(shelves.preform) == (600, Decimal(1200))
	assert shelves.stock(shelves.preform, shelves.depot) == (400, Decimal(800))


def test_the_viewer_reads_without_costs(desk_of: OpenDesk, shelves: Any) -> None:
	import frappe

	count = shelves.count({shelves.preform: 990}).submit()
	frappe.db.commit()
	desk = desk_of("viewer")
	desk.open(f"bottle-stock-count/{count.name}")
	expect(desk.indicator()).to_have_text("Counted")
	expect(desk.shown_cell("difference")).to_contain_text("-10")
	assert "20.00" not in desk.page.locator(".form-layout").inner_text()
	expect(desk.button("Get Items")).to_have_count(0)
