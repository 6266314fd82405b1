"""The workspace's figures: who may ask for which, and that they are those of the reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.glance.onboarding import STEPS
from tests.rest.conftest import Client, data, error
from tests.rest.test_reports import run

EVERYBODY = {"manager", "stock", "sales", "viewer"}
SEES_SALES = {"manager", "sales", "viewer"}
SEES_PRODUCTION = {"manager", "stock", "viewer"}
ALLOWED = {
	"cards.sales_today": SEES_SALES,
	"cards.sales_this_month": SEES_SALES,
	"cards.gross_profit_this_month": {"manager"},
	"cards.overdue": SEES_SALES,
	"cards.stock_value": {"manager", "stock"},
	"cards.blown_today": SEES_PRODUCTION,
	"cards.reject_rate": SEES_PRODUCTION,
	"cards.items_low": EVERYBODY,
	"charts.sales_by_month": SEES_SALES,
	"charts.top_customers": SEES_SALES,
	"charts.stock_value_by_item": {"manager", "stock"},
	"charts.output_by_day": SEES_PRODUCTION,
	"charts.reject_rate_by_day": SEES_PRODUCTION,
}
PAGE = json.dumps({"name": "Bottle Mfg", "title": "Bottle Mfg", "public": 1})


def ask(client: Client, method: str) -> Any:
	return client.call(f"bottle_mfg.glance.{method}")


@pytest.fixture(scope="module")
def sold(shared: Any) -> Any:
	"""100 of the module's bottles sold for 4 each, a week overdue: by the manager, and by sales staff."""
	import frappe

	for user in ("manager", "sales"):
		frappe.set_user(f"{user}@bottle.test")
		sale = shared.sale(100, 4, due_date=nowdate()).submit()
		# Sales are due when they are made, at the earliest; this one was made in time.
		frappe.db.set_value("Bottle Sale", sale.name, "due_date", add_days(nowdate(), -7))
	frappe.set_user("Administrator")
	frappe.db.commit()
	return shared


@pytest.mark.parametrize("method", ALLOWED)
def test_who_may_ask(clients: dict[str, Client], sold: Any, method: str) -> None:
	for name in (*EVERYBODY, "guest"):
		answer = ask(clients[name], method)
		if name in ALLOWED[method]:
			assert data(answer).get("route"), (name, answer.text)
		else:
			assert answer.status_code in (401, 403), (name, answer.text)


def test_the_page_has_what_its_reader_may_ask_for(clients: dict[str, Client], sold: Any) -> None:
	"""Neither more, which would be refused in front of him, nor less. So has the dashboard."""
	for name in EVERYBODY:
		client = clients[name]
		page = data(client.call("frappe.desk.desktop.get_desktop_page", page=PAGE))
		dashboard = "frappe.desk.doctype.dashboard.dashboard.get_permitted"
		shown = [
			{
				*(one["number_card_name"] for one in page["number_cards"]["items"]),
				*(one["chart_name"] for one in page["charts"]["items"]),
			},
			{
				*(
					one["card"]
					for one in data(client.call(f"{dashboard}_cards", dashboard_name="Bottle Mfg"))
				),
				*(
					one["chart"]
					for one in data(client.call(f"{dashboard}_charts", dashboard_name="Bottle Mfg"))
				),
			},
		]
		assert shown[0] == shown[1]
		asked = {method_of(clients["admin"], one) for one in shown[0]}
		assert asked == {method for method, allowed in ALLOWED.items() if name in allowed}, name


def method_of(admin: Client, name: str) -> str:
	"""What a card or a chart of the page asks for."""
	import frappe

	frappe.db.rollback()
	method = frappe.db.get_value("Number Card", name, "method")
	source = frappe.db.get_value("Dashboard Chart", name, "source")
	if source:
		config = data(
			admin.call(
				"frappe.desk.doctype.dashboard_chart_source.dashboard_chart_source.get_config", name=source
			)
		)
		method = config.split('method: "')[1].split('"')[0]
	return method.removeprefix("bottle_mfg.glance.")


def test_cards_say_what_their_reports_say(manager: Client, sold: Any) -> None:
	today = nowdate()
	month = f"{today[:8]}01"
	for method, field, since in (
		("cards.sales_today", "Sales", today),
		("cards.sales_this_month", "Sales", month),
		("cards.gross_profit_this_month", "Gross profit", month),
		("cards.overdue", "Overdue", None),
		("cards.stock_value", "Stock Value", None),
		("cards.blown_today", "Good Bottles", today),
		("cards.reject_rate", "Reject Rate", month),
		("cards.items_low", "Items Running Low", None),
	):
		card = data(ask(manager, method))
		_kind, report = card["route"]
		assert card["route_options"].get("from_date") == since, method
		assert card["route_options"].get("to_date") == (since and today), method
		cards = data(run(manager, report, **card["route_options"]))["report_summary"]
		(figure,) = (one["value"] for one in cards if one["label"] == field)
		assert round(card["value"], 4) == round(figure, 4), method
		assert card["alarm"] == (method in ("cards.overdue", "cards.items_low") and figure > 0), method


def test_charts_add_up_to_their_reports(manager: Client, sold: Any) -> None:
	sales = data(ask(manager, "charts.sales_by_month"))
	cards = data(run(manager, sales["route"][1], **sales["route_options"]))["report_summary"]
	for dataset in sales["datasets"]:
		(figure,) = (one["value"] for one in cards if one["label"] == dataset["name"])
		assert round(sum(dataset["values"]), 4) == round(figure, 4)
	customers = data(ask(manager, "charts.top_customers"))
	rows = data(run(manager, customers["route"][1], **customers["route_options"]))["result"]
	bought = {row["customer"]: row["sales"] for row in rows}
	shown = dict(zip(customers["labels"], customers["datasets"][0]["values"], strict=True))
	assert shown == {name: bought[name] for name in shown}
	largest = sorted((row["sales"] for row in rows[:-1] if row["sales"] > 0), reverse=True)
	assert [*shown.values()] == largest[: len(shown)]
	value = data(ask(manager, "cards.stock_value"))["value"]
	parts = data(ask(manager, "charts.stock_value_by_item"))["datasets"][0]["values"]
	assert round(sum(parts), 4) == round(value, 4)
	assert parts[:-1] == sorted(parts[:-1], reverse=True), "the last are all others"


def test_charts_of_days_are_those_of_their_report(manager: Client, sold: Any) -> None:
	output, rates = (data(ask(manager, f"charts.{one}_by_day")) for one in ("output", "reject_rate"))
	thirty_days = {"from_date": add_days(nowdate(), -29), "to_date": nowdate()}
	for chart in (output, rates, data(ask(manager, "charts.top_customers"))):
		assert chart["route_options"] | thirty_days == chart["route_options"]
	rows = data(run(manager, output["route"][1], **output["route_options"]))["result"][:-1]
	values = output["datasets"][0]["values"]
	assert len(values) == 30
	assert [value for value in values if value] == [row["good_quantity"] for row in rows]
	assert rates["datasets"][0]["values"] == [row["reject_rate"] for row in rows]


def test_sales_staff_see_their_own_sales(sales: Client, sales2: Client, sold: Any) -> None:
	methods = ("cards.sales_today", "cards.overdue")
	before = [data(ask(user, method))["value"] for user in (sales, sales2) for method in methods]
	line = {"item": sold.bottle, "quantity": 10, "unit_price": 4.25}
	sale = {"customer": sold.customer, "warehouse": sold.warehouse, "docstatus": 1, "items": [line]}
	data(sales.insert("Bottle Sale", **sale))
	after = [data(ask(user, method))["value"] for user in (sales, sales2) for method in methods]
	assert after == [before[0] + 42.5, *before[1:]]
	chart = data(ask(sales, "charts.sales_by_month"))
	assert [one["name"] for one in chart["datasets"]] == ["Sales"]
	assert chart["datasets"][0]["values"][-1] >= 42.5


@contextmanager
def roles_of(report: str, *roles: str) -> Iterator[None]:
	"""A report with other roles than it came with, as an admin gives them."""
	import frappe

	values = {"report": report, "roles": [{"role": role} for role in roles]}
	custom = frappe.get_doc({"doctype": "Custom Role", **values}).insert()
	frappe.db.commit()
	frappe.clear_cache()
	try:
		yield
	finally:
		custom.delete()
		frappe.db.commit()
		frappe.clear_cache()


def cards_of(client: Client) -> set[str]:
	page = data(client.call("frappe.desk.desktop.get_desktop_page", page=PAGE))
	return {one["number_card_name"] for one in page["number_cards"]["items"]}


@pytest.mark.parametrize(
	("report", "person", "method", "left"),
	[
		("Bottle Production", "stock", "cards.blown_today", {"Bottle Stock Value", "Bottle Items Low"}),
		("Bottle Sales by Customer", "sales", "cards.sales_today", {"Bottle Items Low"}),
		(
			"Bottle Receivables",
			"sales",
			"cards.overdue",
			{"Bottle Items Low", "Bottle Sales Today", "Bottle Sales This Month"},
		),
	],
)
def test_roles_of_a_report_are_those_of_its_figures(
	clients: dict[str, Client], sold: Any, report: str, person: str, method: str, left: set[str]
) -> None:
	"""What an admin changes about a report holds for the workspace, too."""
	with roles_of(report, "Bottle Manager"):
		assert error(ask(clients[person], method), 403)
		assert cards_of(clients[person]) == left


def test_a_report_for_more_roles_does_not_give_them_costs(clients: dict[str, Client], sold: Any) -> None:
	"""Who may open the profit and loss still has to be one who may see what bottles cost."""
	viewer = clients["viewer"]
	with roles_of("Bottle Profit and Loss", "Bottle Manager", "Bottle Viewer"):
		assert error(ask(viewer, "cards.gross_profit_this_month"), 403)
		assert "Bottle Gross Profit This Month" not in cards_of(viewer)
		chart = data(ask(viewer, "charts.sales_by_month"))
		assert [one["name"] for one in chart["datasets"]] == ["Sales"]


def taken(admin: Client) -> set[str]:
	"""The steps that are ticked off, as they are kept."""
	found = [data(admin.read("Onboarding Step", step)) for step in STEPS]
	return {one["name"] for one in found if one["is_complete"]}


def shown(manager: Client) -> set[str]:
	"""The steps that the workspace shows as ticked off, to who asks for it by GET."""
	page = data(manager.send("GET", "method/frappe.desk.desktop.get_desktop_page", params={"page": PAGE}))
	return {
		step["name"] for one in page["onboardings"]["items"] for step in one["items"] if step["is_complete"]
	}


@pytest.mark.usefixtures("first_day")
def test_a_step_is_ticked_off_when_it_is_taken(clients: dict[str, Client], shared: Any) -> None:
	"""By whomever, and whether anybody looks at the steps or not. *Reset* takes back only what was not done."""
	admin, manager = clients["admin"], clients["manager"]
	assert (taken(admin), shown(manager)) == (set(), set())
	there = {"warehouse": shared.warehouse, "date": add_days(nowdate(), -1), "docstatus": 1}
	line = {"item": shared.preform, "quantity": 100, "unit_price": 2}
	order = {"supplier": shared.supplier, "items": [line], **there, "docstatus": 0}
	bought = data(clients["stock"].insert("Bottle Purchase", **order))
	assert taken(admin) == set(), "a draft buys nothing"
	data(clients["stock"].change("Bottle Purchase", bought["name"], docstatus=1))
	so_far = {"Bottle Buy Preforms"}
	assert (taken(admin), shown(manager)) == (so_far, so_far)
	blow = {"from_item": shared.preform, "to_item": shared.bottle, "quantity": 50, "good_quantity": 49}
	data(clients["stock"].insert("Blow", **blow, **there))
	so_far |= {"Bottle Blow Bottles"}
	assert (taken(admin), shown(manager)) == (so_far, so_far)
	label = f"Label-{shared.tag}"
	data(clients["stock"].insert("Bottle Item", item_code=label, item_name=label, item_type="Consumable"))
	so_far |= {"Bottle Enter Items"}
	assert (taken(admin), shown(manager)) == (so_far, so_far)
	line = {"item": shared.bottle, "quantity": 1, "unit_price": 5}
	data(clients["sales"].insert("Bottle Sale", customer=shared.customer, items=[line], **there))
	assert taken(admin) == set(STEPS), "who sold yesterday has seen his profit"
	assert shown(manager) == set(), "they are gone"
	assert data(admin.read("Module Onboarding", "Bottle Mfg"))["is_complete"]

	reset = {"dt": "Module Onboarding", "dn": "Bottle Mfg", "method": "reset_progress"}
	assert "progress reset" in admin.send("POST", "method/run_doc_method", json=reset).text
	assert taken(admin) == set(STEPS)


@pytest.mark.usefixtures("first_day", "sold")
def test_a_migration_ticks_off_what_was_there_before(clients: dict[str, Client], fresh: Any) -> None:
	from bottle_mfg.install import after_migrate

	assert taken(clients["admin"]) == set()
	db = fresh()
	after_migrate()
	db.commit()
	assert {"Bottle Enter Items", "Bottle Sell Bottles"} <= taken(clients["admin"])
