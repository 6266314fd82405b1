"""What people see when they come in: figures that are read where they lie, and steps that tick themselves off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from benchmarks.site import recorded
from bottle_mfg.glance import cards, charts, onboarding
from bottle_mfg.glance.workspace import WORKSPACE

STEP = "Onboarding Step"


@pytest.mark.parametrize(
	"figure", [cards.sales_this_month, cards.overdue, charts.sales_by_month, charts.top_customers]
)
def test_no_look_reads_all_sales(factory: Any, db: Any, figure: Callable[[], Any]) -> None:
	with recorded() as statements:
		assert figure()
	for statement in (one for one in statements if "from `tabBottle Sale`" in one):
		(plan,) = db.sql(f"explain {statement}", as_dict=True)
		assert plan.key and plan.type != "ALL", statement


@pytest.fixture
def new(db: Any) -> Iterator[Any]:
	"""As on the first day: no step is taken. The transaction takes it back."""
	db.set_value("Module Onboarding", onboarding.NAME, "is_complete", 0)
	for step in onboarding.STEPS:
		db.set_value(STEP, step, {"is_complete": 0, "is_skipped": 0})
	yield db
	db.rollback()
	import frappe

	frappe.clear_document_cache("Module Onboarding", onboarding.NAME)


def taken(db: Any) -> list[bool]:
	return [bool(db.get_value(STEP, step, "is_complete")) for step in onboarding.STEPS]


def done(db: Any) -> bool:
	return bool(db.get_value("Module Onboarding", onboarding.NAME, "is_complete"))


def test_a_step_is_taken_when_its_documents_exist(
	factory: Any, new: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	factory.purchase().submit()
	factory.blow().submit()
	# Other tests have sold something: whether there is a sale is asked of a factory that has none.
	monkeypatch.setitem(onboarding.STEPS, "Bottle Sell Bottles", lambda: False)
	monkeypatch.setitem(onboarding.STEPS, "Bottle See Profit", lambda: False)
	onboarding.catch_up()
	assert taken(new) == [True, True, True, False, False]
	assert not done(new)


def test_the_steps_go_away_when_all_are_taken_or_skipped(factory: Any, new: Any) -> None:
	factory.purchase().submit()
	factory.blow().submit()
	factory.sale().submit()
	new.set_value(STEP, "Bottle See Profit", "is_skipped", 1)
	onboarding.catch_up()
	assert taken(new) == [True, True, True, True, False]
	assert done(new)
	with recorded() as statements:
		onboarding.catch_up()
	assert not [one for one in statements if "`tabOnboarding Step`" in one]


def test_the_profit_was_seen_by_who_sold_before_today(factory: Any, new: Any) -> None:
	from frappe.utils import add_days, nowdate

	factory.purchase(date=add_days(nowdate(), -1)).submit()
	factory.blow(date=add_days(nowdate(), -1)).submit()
	factory.sale(date=add_days(nowdate(), -1)).submit()
	onboarding.catch_up()
	assert all(taken(new))
	assert done(new)


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
	with open(frappe.get_app_path("bottle_mfg", "workspace_sidebar", "bottle_mfg.json")) as file:
		sidebar = json.load(file)
	assert {item.get("link_to") for item in sidebar["items"]} >= linked
	blocks = [block["data"] for block in json.loads(workspace.content)]
	named = {block.get("chart_name") or block.get("number_card_name") for block in blocks}
	assert named >= {row.label for row in (*workspace.charts, *workspace.number_cards)}


WRITTEN_BY_POSTING = {"Bottle Ledger Entry", "Bottle Daily Total", "Bottle Returned Goods"}
"""Read in reports."""
