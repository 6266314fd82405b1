"""What people see when they come in: figures that are read where they lie, and steps that tick themselves off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from frappe.utils import add_days, add_months, formatdate, getdate, nowdate

from benchmarks.site import recorded
from bottle_mfg.boot import extend_bootinfo
from bottle_mfg.glance import cards, charts, figures, onboarding
from bottle_mfg.glance.workspace import FLOOR, WORKSPACE
from bottle_mfg.reporting.bills import seen
from tests.scenarios.test_returns import back

STEP = "Onboarding Step"


@pytest.mark.parametrize(
	"figure", [cards.sales_this_month, cards.overdue, charts.sales_by_month, charts.top_customers]
)
def test_no_look_reads_all_sales(month_old: Any, db: Any, figure: Callable[[], Any]) -> None:
	month_old.sale().submit()
	with recorded() as statements:
		assert figure()
	for statement in (one for one in statements if "from `tabBottle Sale`" in one):
		(plan,) = db.sql(f"explain {statement}", as_dict=True)
		assert plan.key and plan.type != "ALL", statement


@pytest.fixture
def month_old(factory: Any) -> Any:
	"""1000 preforms that became 950 bottles forty days ago."""
	factory.purchase(date=add_days(nowdate(), -40)).submit()
	factory.blow(date=add_days(nowdate(), -40)).submit()
	return factory


def test_overdue_is_what_was_due_before_today(month_old: Any, db: Any) -> None:
	week, yesterday = add_days(nowdate(), -7), add_days(nowdate(), -1)
	before = cards.overdue()["value"]
	month_old.sale(10, 4, date=week, due_date=yesterday).submit()
	month_old.sale(100, 4, date=week, due_date=nowdate()).submit()
	undated = month_old.sale(5, 4, date=yesterday).submit()
	db.set_value("Bottle Sale", undated.name, "due_date", None)
	undated_today = month_old.sale(50, 4).submit()
	db.set_value("Bottle Sale", undated_today.name, "due_date", None)
	paid = month_old.sale(10, 4, date=week, due_date=week).submit()
	month_old.pay(paid, 40)
	back(paid, {"item": month_old.bottle, "quantity": 4}, date=yesterday)
	assert cards.overdue()["value"] == before + 60, "what a customer has to get back is no debt of his"


def test_who_brought_back_more_than_he_bought_is_no_top_customer(month_old: Any) -> None:
	bought = month_old.sale(100, 4, date=add_days(nowdate(), -35)).submit()
	back(bought)
	other = month_old.make("Bottle Customer", customer_name=f"Other {month_old.tag}").name
	month_old.sale(1, 4, customer=other).submit()
	found = figures.sold_by_customer(seen("Bottle Sale"), *figures.days(30))
	assert found[other] == 4
	assert month_old.customer not in found


def test_items_that_are_worth_nothing_have_no_bar(month_old: Any) -> None:
	month_old.sale(945).submit()
	values = figures.stock_values()
	assert values[month_old.bottle] == month_old.stock(month_old.bottle)[1] > 0
	assert month_old.preform not in values


@pytest.mark.parametrize(("begun", "shown"), [(11, 12), (10, 11), (6, 7), (5, 6), (0, 6)])
def test_a_young_factory_begins_on_the_left(db: Any, begun: int, shown: int) -> None:
	"""Six months at least, the last of them this one."""
	first, last = figures.month()
	sold = {getdate(add_months(first, -months)): (Decimal(5),) for months in {0, begun}}
	found = charts._by_month(sold, ["Sales"], "Bottle Sales by Customer")
	(series,) = found["datasets"]
	assert len(found["labels"]) == len(series["values"]) == shown
	assert found["labels"][-1] == formatdate(last, "MMM")
	assert sum(series["values"]) == 5 * len(sold)
	assert charts._by_month({first: (Decimal(0),)}, ["Sales"], "Bottle Sales by Customer") == {}


@pytest.fixture
def new(db: Any) -> Iterator[Any]:
	"""As on the first day: no step is taken. The transaction takes it back."""
	db.set_value("Module Onboarding", onboarding.NAME, "is_complete", 0)
	for step in onboarding.STEPS:
		db.set_value(STEP, step, {"is_complete": 0, "is_skipped": 0})
	yield db
	db.rollback()


def taken(db: Any) -> list[bool]:
	return [bool(db.get_value(STEP, step, "is_complete")) for step in onboarding.STEPS]


def done(db: Any) -> bool:
	return bool(db.get_value("Module Onboarding", onboarding.NAME, "is_complete"))


def never(monkeypatch: pytest.MonkeyPatch, *steps: str) -> None:
	"""Other tests have sold something: whether there is a sale is asked of a factory that has none."""
	for step in steps:
		monkeypatch.setitem(onboarding.STEPS, step, replace(onboarding.STEPS[step], is_taken=lambda: False))


def test_a_step_is_taken_when_its_documents_exist(
	factory: Any, new: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	factory.purchase().submit()
	factory.blow().submit()
	never(monkeypatch, "Bottle Sell Bottles", "Bottle See Profit")
	onboarding.catch_up()
	assert taken(new) == [True, True, True, False, False]
	assert not done(new)


def test_the_steps_go_away_when_all_are_taken_or_skipped(
	factory: Any, new: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	factory.purchase().submit()
	factory.blow().submit()
	factory.sale().submit()
	never(monkeypatch, "Bottle See Profit")
	onboarding.catch_up()
	assert (taken(new), done(new)) == ([True, True, True, True, False], False)
	new.set_value(STEP, "Bottle See Profit", "is_skipped", 1)
	onboarding.catch_up()
	assert (taken(new), done(new)) == ([True, True, True, True, False], True)


def test_a_step_of_an_admin_is_one_of_them(month_old: Any, new: Any) -> None:
	import frappe

	mine = {"doctype": STEP, "name": "Call us", "title": "Call us", "action": "Go to Page", "path": "user"}
	frappe.get_doc(mine).insert()
	frappe.get_doc("Module Onboarding", onboarding.NAME).append("steps", {"step": "Call us"}).insert()
	month_old.sale(date=add_days(nowdate(), -1)).submit()
	onboarding.catch_up()
	assert (all(taken(new)), done(new)) == (True, False)


def test_the_profit_was_seen_by_who_sold_before_today(month_old: Any, new: Any) -> None:
	month_old.sale(date=add_days(nowdate(), -1)).submit()
	onboarding.catch_up()
	assert all(taken(new))
	assert done(new)


def test_who_has_taken_all_steps_does_not_pay_for_them(factory: Any, new: Any) -> None:
	for step in onboarding.STEPS:
		new.set_value(STEP, step, "is_complete", 1)
	factory.purchase().submit()  # which fills the cache
	with recorded() as statements:
		factory.purchase().submit()
	assert statements
	assert not [one for one in statements if "Onboarding" in one]


def sidebar() -> list[dict[str, Any]]:
	"""What stands in the sidebar that newer releases of Frappe have."""
	import json

	import frappe

	with open(frappe.get_app_path("bottle_mfg", "workspace_sidebar", "bottle_mfg.json")) as file:
		return json.load(file)["items"]


@pytest.mark.parametrize(("user", "finds"), [("stock", True), ("manager", True), ("sales", False)])
def test_the_shop_floor_is_in_the_sidebar_of_who_may_enter_blows(db: Any, user: str, finds: bool) -> None:
	import frappe

	frappe.set_user(f"{user}@bottle.test")
	sidebars = {
		"bottle mfg": {"label": WORKSPACE, "items": sidebar()},
		"other": {"label": "Other", "items": []},
	}
	bootinfo = frappe._dict(workspace_sidebar_item=sidebars)
	extend_bootinfo(bootinfo)
	shown = bootinfo.workspace_sidebar_item["bottle mfg"]["items"]
	assert len(shown) == len(sidebar()) - (not finds)
	assert ({"Shop Floor Screen"} <= {item["label"] for item in shown}) == finds


def test_every_report_and_document_has_its_link(db: Any) -> None:
	"""On the workspace, and in the sidebar that newer releases of Frappe have."""
	import json

	import frappe

	workspace = frappe.get_doc("Workspace", WORKSPACE)
	linked = {link.link_to for link in workspace.links if link.type == "Link"}
	meta = {"module": WORKSPACE, "istable": 0}
	doctypes = set(frappe.get_all("DocType", filters=meta, pluck="name")) - WRITTEN_BY_POSTING
	reports = set(frappe.get_all("Report", filters={"module": WORKSPACE}, pluck="name"))
	assert linked >= doctypes | reports
	links = sidebar()
	assert {item.get("link_to") for item in links} >= linked
	assert FLOOR in {item.get("url") for item in links}
	blocks = [block["data"] for block in json.loads(workspace.content)]
	named = {block.get("chart_name") or block.get("number_card_name") for block in blocks}
	assert named >= {row.label for row in (*workspace.charts, *workspace.number_cards)}


WRITTEN_BY_POSTING = {"Bottle Ledger Entry", "Bottle Daily Total", "Bottle Returned Goods"}
"""Read in reports."""
