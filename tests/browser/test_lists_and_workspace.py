"""Where users of each role land, and what the lists tell at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

OpenDesk = Callable[[str], Desk]

FOLLOW = """(address) => {
	const left = document.body.dataset.route;
	const link = Object.assign(document.createElement("a"), { href: address });
	document.body.append(link);
	link.click();
	link.remove();
	return left;
}"""
"""Clicks a link that leads to an address, and says where it was clicked."""

SHORTCUTS = {
	"manager": [
		"Buy Preforms",
		"Blow Bottles",
		"Sell Bottles",
		"Enter Payment",
		"Count Stock",
		"Move Stock",
		"Enter Expense",
		"Shop Floor Screen",
	],
	"stock": [
		"Buy Preforms",
		"Blow Bottles",
		"Enter Payment",
		"Count Stock",
		"Move Stock",
		"Shop Floor Screen",
	],
	"sales": ["Sell Bottles", "Enter Payment"],
	"viewer": [
		"Bottle Purchase",
		"Blow",
		"Bottle Sale",
		"Bottle Payment",
		"Bottle Stock Count",
		"Bottle Stock Transfer",
	],
}
_SOLD, _BLOWN = ["Sold Today", "Sold This Month"], ["Bottles Blown Today", "Reject Rate This Month"]
_OVERDUE, _ORDER = ["Overdue from Customers"], ["Items to Order"]
CARDS = {
	"manager": [*_SOLD, "Gross Profit This Month", *_OVERDUE, "Stock Value", *_BLOWN, *_ORDER],
	"stock": ["Stock Value", *_BLOWN, *_ORDER],
	"sales": [*_SOLD, *_OVERDUE, *_ORDER],
	"viewer": [*_SOLD, *_OVERDUE, *_BLOWN, *_ORDER],
}
_SALES, _OUTPUT = (
	["Sales by Month", "Top Customers in 30 Days"],
	["Good Bottles by Day", "Reject Rate by Day, Percent"],
)
CHARTS = {
	"manager": [*_SALES, "Stock Value by Item", *_OUTPUT],
	"stock": ["Stock Value by Item", *_OUTPUT],
	"sales": _SALES,
	"viewer": [*_SALES, *_OUTPUT],
}
LINKS = {
	"manager": {
		"Purchases",
		"Blows",
		"Sales",
		"Stock Counts",
		"Profit and Loss",
		"Stock Now",
		"Factory Settings",
	},
	"stock": {
		"Purchases",
		"Blows",
		"Stock Counts",
		"Stock Transfers",
		"Stock Now",
		"Stock Balance",
		"Items",
		"Suppliers",
	},
	"sales": {"Sales", "Stock Now", "Items", "Customers"},
	"viewer": {"Purchases", "Blows", "Sales", "Stock Now"},
}
NO_LINKS = {
	"manager": set(),
	"stock": {"Sales", "Profit and Loss", "Customers"},
	"sales": {
		"Purchases",
		"Blows",
		"Stock Counts",
		"Stock Transfers",
		"Profit and Loss",
		"Production",
		"Suppliers",
		"Factory Settings",
	},
	"viewer": {"Profit and Loss", "Factory Settings"},
}

OPENED = ("manager", "sales")
"""Who follows each link: who has all of them, and who may read least."""


@pytest.mark.parametrize("role", SHORTCUTS)
def test_each_role_lands_on_the_workspace_and_links_open(desk_of: OpenDesk, role: str) -> None:
	desk = desk_of(role)
	desk.page.goto(f"{desk.url}/app")
	page = desk.page
	expect(page.locator(".shortcut-widget-box .widget-title")).to_have_text(SHORTCUTS[role])
	expect(page.locator(".number-widget-box .widget-title")).to_have_text(CARDS[role])
	expect(page.locator(".number-widget-box .number")).to_have_count(len(CARDS[role]))
	expect(page.locator(".dashboard-widget-box .widget-title")).to_have_text(CHARTS[role])
	desk.settle()
	links = page.locator(".links-widget-box .link-item")
	labels = {text.strip() for text in links.all_inner_texts()}
	assert labels >= LINKS[role]
	assert not labels & NO_LINKS[role]
	if role not in OPENED:
		return
	for address in links.evaluate_all("all => all.map((one) => one.getAttribute('href'))"):
		left = page.evaluate(FOLLOW, address)
		page.wait_for_function("(left) => document.body.dataset.route !== left", arg=left)
		title = page.locator(".page-head:visible .title-text")
		_, report, name = address.partition("/query-report/")
		if report:  # who leaves a report before it has its head, breaks it
			expect(title).to_have_text(unquote(name.partition("?")[0]))
		desk.settle()
		expect(title).not_to_be_empty()
		expect(desk.dialog()).to_have_count(0)


def test_a_figure_leads_to_its_report(desk_of: OpenDesk, goods: Any) -> None:
	"""By the mouse and by the keyboard, from the workspace and from the dashboard, with the filters set."""
	import frappe
	from frappe.utils import get_first_day, nowdate

	goods.purchase().submit()
	goods.blow().submit()
	goods.sale().submit()
	frappe.db.commit()
	desk = desk_of("manager")
	page = desk.page
	desk.open("bottle-mfg")
	drawn = page.locator(".dashboard-widget-box :is(.frappe-chart, .bottle-ranking)")
	expect(drawn).to_have_count(len(CHARTS["manager"]))
	profit = page.get_by_role("link", name="Gross Profit This Month: ₹")
	profit.focus()
	page.keyboard.press("Enter")
	expect(page.locator(".page-head:visible .title-text")).to_have_text("Bottle Profit and Loss")
	filters = page.wait_for_function(
		"() => window.frappe.query_report && frappe.query_report.filters && frappe.query_report.get_filter_values()"
	).json_value()
	assert (filters["from_date"], filters["to_date"]) == (str(get_first_day(nowdate())), nowdate())
	desk.open("dashboard-view/Bottle Mfg")
	expect(page.locator(".number-widget-box .number")).to_have_count(len(CARDS["manager"]))
	expect(page.locator(".dashboard-graph").locator(drawn)).to_have_count(len(CHARTS["manager"]))
	page.locator(".dashboard-graph .bottle-ranking").last.click()
	expect(page.locator(".page-head:visible .title-text")).to_have_text("Bottle Stock Balance")


def test_lists_tell_the_state_of_each_document(desk_of: OpenDesk, goods: Any) -> None:
	import frappe

	purchase = goods.purchase(warehouse=None).submit()
	blow = goods.blow(warehouse=None).submit()
	draft = goods.blow(1, 1, warehouse=None)
	cancelled = goods.blow(1, 1, warehouse=None, from_item=goods.item("PRE2", "Preform"))
	goods.purchase(warehouse=None, items=[goods.line(cancelled.from_item, 5, 1)]).submit()
	cancelled.submit().cancel()
	sale = goods.sale(10, warehouse=None).submit()
	frappe.db.commit()

	desk = desk_of("manager")
	for path, name, words in (
		("bottle-purchase", purchase.name, ["Received", "Pending", "₹ 2,000.00"]),
		("blow", blow.name, ["Blown", "1,000", "950"]),
		("blow", draft.name, ["Draft"]),
		("blow", cancelled.name, ["Cancelled"]),
		("bottle-sale", sale.name, ["Confirmed", "Pending", "₹ 40.00"]),
		("bottle-item", goods.preform, ["Preform"]),
		("bottle-item", goods.bottle, ["Bottle", "₹ 4.00"]),
	):
		desk.open(f"{path}?name={name}")
		row = desk.page.locator(".list-row:visible", has_text=name)
		for word in words:
			expect(row).to_contain_text(word)

	desk.open(f"bottle-stock?item={goods.preform}")
	expect(desk.page.locator(".list-row:visible")).to_contain_text("Out of Stock")
	desk.open(f"bottle-stock?item={goods.bottle}")
	expect(desk.page.locator(".list-row:visible")).to_contain_text("In Stock")


@pytest.mark.parametrize(("from_date", "filtered"), [("2019-01-01", True), ("2020-05-01", False)])
def test_what_blowing_cost_leads_to_where_it_stands(
	desk_of: OpenDesk, goods: Any, from_date: str, filtered: bool
) -> None:
	"""However long the statement is, and whatever the rejects took of it."""
	import frappe

	goods.purchase(date="2020-05-01").submit()
	goods.blow(1000, 950, date="2020-05-02", blow_cost_per_unit=0.7).submit()
	frappe.db.commit()
	desk = desk_of("manager")
	page = desk.page
	days = f"from_date={from_date}&to_date=2020-05-31&warehouse={goods.warehouse}"
	asked = f"{days}&item={goods.bottle}" if filtered else days
	for line, amount in (("Blowing cost of these bottles", "₹ 700.00"), ("Bottles produced", "950")):
		desk.open(f"query-report/Bottle Profit and Loss?{asked}")
		page.locator(".datatable:visible .dt-row", has_text=line).first.locator(
			"a[data-bottle-report]"
		).click()
		expect(page.locator(".page-head:visible .title-text")).not_to_have_text("Bottle Profit and Loss")
		cells = page.locator(".datatable:visible .dt-row .dt-cell__content")
		expect(cells.filter(has_text=re.compile(rf"^\s*{amount}\s*$"))).to_have_count(2)


def test_on_a_phone_a_report_shows_its_whole_name(desk_of: OpenDesk) -> None:
	desk = desk_of("manager")
	desk.page.set_viewport_size({"width": 390, "height": 844})
	desk.open("query-report/Bottle Purchases by Supplier")
	title = desk.page.locator(".page-head:visible .title-text")
	expect(title).to_have_text("Bottle Purchases by Supplier")
	assert title.evaluate("(shown) => shown.scrollWidth <= shown.clientWidth")
	menu = desk.page.locator(".page-head:visible .menu-btn-group:visible button").bounding_box()
	assert menu and menu["x"] + menu["width"] <= 390
