"""A day in the factory, typed by those who work there: nothing but the facts it records."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.conftest import PASSWORD

OpenDesk = Callable[[str], Desk]


def buy(desk: Desk, goods: Any) -> str:
	desk.new("Bottle Purchase")
	desk.choose(desk.field("supplier"), goods.supplier)
	desk.choose(desk.cell("item"), goods.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.cell("quantity"), "1000")
	desk.finish_line(desk.cell("unit_price"), "2")
	return desk.submit(f"Buy 1,000 {goods.preform} from {goods.supplier} for ₹ 2,000.00?")


def blow(desk: Desk, goods: Any) -> str:
	desk.new("Blow")
	desk.choose(desk.field("from_item"), goods.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("quantity"), "1000")
	desk.choose(desk.field("to_item"), goods.bottle)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("good_quantity"), "950")
	return desk.submit(f"Blow 1,000 {goods.preform} into 950 {goods.bottle}?")


def sell(desk: Desk, goods: Any) -> str:
	desk.new("Bottle Sale")
	desk.choose(desk.field("customer"), goods.customer)
	desk.choose(desk.cell("item"), goods.bottle)
	desk.page.keyboard.press("Tab")
	desk.type(desk.cell("quantity"), "100")
	expect(desk.cell("unit_price")).to_have_value("4.00")
	return desk.submit(f"Sell 100 {goods.bottle} to {goods.customer} for ₹ 400.00?")


def test_the_manager_buys_blows_sells_and_reads_the_profit(
	window: Callable[[], Desk], goods: Any, blow_cost: float
) -> None:
	desk = window()
	desk.page.goto(f"{desk.url}/login")
	desk.page.locator("#login_email").fill("manager@bottle.test")
	desk.page.locator("#login_password").fill(PASSWORD)
	desk.page.locator(".btn-login:visible").click()
	expect(desk.page.get_by_text("Buy Preforms", exact=True)).to_be_visible()

	buy(desk, goods)
	expect(desk.indicator()).to_have_text("Received")
	blow(desk, goods)
	expect(desk.indicator()).to_have_text("Blown")
	expect(desk.shown("produced_unit_cost")).to_have_text("₹ 2.6316")
	sell(desk, goods)
	expect(desk.indicator()).to_have_text("Confirmed")
	expect(desk.shown("profit")).to_have_text("₹ 136.84")

	desk.open(f"query-report/Bottle Profit and Loss?item={goods.bottle}")
	summary = desk.page.locator(".report-summary")
	for label, amount in (("Sales", "400.00"), ("Cost of goods sold", "263.16"), ("Gross profit", "136.84")):
		card = summary.locator(".summary-item", has_text=label)
		expect(card).to_contain_text(amount)


def test_the_stock_user_s_day(desk_of: OpenDesk, goods: Any, blow_cost: float) -> None:
	desk = desk_of("stock")
	buy(desk, goods)
	blow(desk, goods)
	expect(desk.button("New Blow")).to_be_visible()

	desk.open(f"bottle-item/{goods.bottle}")
	expect(desk.page.locator(".bottle-panel")).to_contain_text("950 pcs")
	expect(desk.button("Sell")).to_have_count(0)


def test_the_operator_types_two_counts_the_second_time(desk_of: OpenDesk, goods: Any) -> None:
	goods.purchase(warehouse=None).submit()
	_commit()
	desk = desk_of("stock")
	desk.new("Blow")
	desk.choose(desk.field("from_item"), goods.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("quantity"), "600")
	desk.choose(desk.field("to_item"), goods.bottle)
	desk.page.keyboard.press("Tab")
	desk.type(desk.field("good_quantity"), "590")
	desk.submit("Blow 600")

	desk.button("New Blow").click()
	desk.type(desk.field("quantity"), "400")
	expect(desk.field("to_item")).to_have_value(goods.bottle)
	desk.field("good_quantity").fill("390")
	name = desk.submit(f"Blow 400 {goods.preform} into 390 {goods.bottle}?")
	assert _read("Blow", name, "good_quantity") == 390


def test_the_sales_user_s_day_shows_no_cost(desk_of: OpenDesk, goods: Any) -> None:
	goods.purchase(warehouse=None).submit()
	goods.blow(warehouse=None).submit()
	_commit()
	desk = desk_of("sales")
	name = sell(desk, goods)
	assert "blow_cost_per_unit" not in desk.page.evaluate("() => Object.keys(frappe.boot.bottle_mfg)")
	assert "₹ 400.00" in desk.text()
	assert not any(word in desk.text() for word in ("Profit", "Cost"))
	document = desk.document()
	assert not any(document.get(field) for field in ("profit", "cost_of_goods"))
	assert not any(document["items"][0].get(field) for field in ("profit", "cost", "unit_cost"))
	assert round(_read("Bottle Sale", name, "profit"), 2) == Decimal("189.47")

	desk.open("bottle-sale")
	expect(desk.page.locator(".list-row", has_text=name)).to_contain_text("₹ 400.00")
	assert "Profit" not in desk.text()

	desk.open(f"query-report/Bottle Stock Balance?item={goods.bottle}")
	expect(desk.page.locator(".datatable")).to_contain_text("850")
	assert not any(word in desk.text() for word in ("Unit Cost", "Value"))
	set_filter = "([name, value]) => frappe.query_report.set_filter_value(name, value)"
	page_is = "(number) => frappe.query_report.get_filter_value('page_number') === number"
	desk.do(set_filter, ["page_number", 2])
	desk.settle()
	desk.page.wait_for_function(page_is, arg=2)
	desk.do(set_filter, ["item_type", "Bottle"])  # another question, and its first page
	desk.page.wait_for_function(page_is, arg=1)


def test_what_runs_low_is_printed_and_bought(desk_of: OpenDesk, goods: Any) -> None:
	import frappe

	goods.purchase(100, 2).submit()
	frappe.db.set_value("Bottle Item", goods.preform, "reorder_level", 500)
	frappe.db.commit()
	desk = desk_of("stock")
	desk.open(f"query-report/Bottle Low Stock?item={goods.preform}")
	expect(desk.page.locator(".datatable:visible")).to_contain_text("Buy")
	expect(desk.page.locator(".report-summary")).to_contain_text("₹ 800.00")  # of this item alone
	with desk.page.expect_popup() as popup:
		desk.page.evaluate("() => frappe.query_report.print_report({ orientation: 'Landscape' })")
	paper = popup.value.locator(".bottle-report")
	expect(paper).to_contain_text(f"Item: {goods.preform}")
	expect(paper.locator("tbody tr").first).to_contain_text("₹ 800.00")
	popup.value.close()
	desk.ask("Make Purchase").get_by_role("button", name="Make Purchase").click()
	desk.page.wait_for_function(
		"() => window.cur_frm && cur_frm.doctype === 'Bottle Purchase' && cur_frm.doc.items"
	)
	draft = desk.document()
	assert (draft["docstatus"], draft["supplier"]) == (0, goods.supplier)
	assert [(line["item"], line["quantity"], line["unit_price"]) for line in draft["items"]] == [
		(goods.preform, 400, 2)
	]


def test_a_sale_is_marked_as_shipped_and_then_completed(desk_of: OpenDesk, goods: Any) -> None:
	goods.purchase(warehouse=None).submit()
	sale = goods.sale(warehouse=None, items=[goods.line(goods.preform, 10, 3)])
	sale.submit()
	_commit()
	desk = desk_of("manager")
	desk.open(f"bottle-sale/{sale.name}")
	desk.button("Mark Shipped").click()
	expect(desk.indicator()).to_have_text("Shipped")
	expect(desk.button("Mark Shipped")).to_have_count(0)
	desk.button("Mark Completed").click()
	expect(desk.indicator()).to_have_text("Completed")
	desk.settle()
	assert _read("Bottle Sale", sale.name, "status") == "Completed"


def _commit() -> None:
	import frappe

	frappe.db.commit()


def _read(doctype: str, name: str, field: str) -> Any:
	import frappe

	frappe.db.rollback()
	found = frappe.db.get_value(doctype, name, field)
	return Decimal(str(found)) if isinstance(found, float) else found
