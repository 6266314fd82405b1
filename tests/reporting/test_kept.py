"""Reports are computed once for as long as nothing changed, and at once anew when something did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from benchmarks.site import recorded
from bottle_mfg.reporting import cache, data_version
from tests.reports import Run, as_user

BALANCE = "Bottle Stock Balance"
Act = Callable[[Any], Any]


@pytest.fixture
def settled(factory: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""A factory with a little history, in which what was just written counts as long ago."""
	monkeypatch.setattr(data_version, "SETTLED", timedelta(0))
	factory.bought = factory.purchase().submit()
	factory.blown = factory.blow(900, 850).submit()
	factory.sold = factory.sale(due_date=nowdate()).submit()
	factory.drafted = factory.purchase()
	factory.category = factory.make("Bottle Expense Category", category_name=f"Rent {factory.tag}").name
	return factory


def _expense(factory: Any) -> Any:
	return factory.make("Bottle Expense", category=factory.category, amount=5, description="May")


def _settings(factory: Any) -> Any:
	settings = frappe.get_doc("Bottle Mfg Settings")
	settings.confirm_above = (settings.confirm_above or 0) + 1
	return settings.save()


def _renamed(doctype: str, name: str, field: str) -> Any:
	record = frappe.get_doc(doctype, name)
	record.set(field, f"{record.get(field)} II")
	return record.save()


CHANGES: dict[str, Act] = {
	"sale": lambda factory: factory.sale().submit(),
	"draft": lambda factory: factory.purchase(),
	"draft deleted": lambda factory: factory.drafted.delete(),
	"cancelled": lambda factory: factory.sold.cancel(),
	"back-dated": lambda factory: factory.purchase(date=add_days(nowdate(), -9)).submit(),
	"counted": lambda factory: factory.count({factory.bottle: 1}).submit(),
	"moved": lambda factory: factory.transfer(1).submit(),
	"paid": lambda factory: factory.pay(factory.sold, 1),
	"spent": lambda factory: _expense(factory).submit(),
	"note": lambda factory: factory.sold.db_set("notes", "for Mr Rao"),
	"item named": lambda factory: _renamed("Bottle Item", factory.bottle, "item_name"),
	"customer named": lambda factory: _renamed("Bottle Customer", factory.customer, "notes"),
	"customer renamed": lambda factory: frappe.rename_doc(
		"Bottle Customer", factory.customer, f"New {factory.tag}", show_alert=False
	),
	"who counted renamed": lambda factory: _renamed("User", "stock@bottle.test", "last_name"),
	"owner renamed": lambda factory: _renamed("User", "Administrator", "last_name"),
	"settings": _settings,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_makes_another_version(settled: Any, change: Act) -> None:
	before = data_version.data_version()
	assert before == data_version.data_version()
	change(settled)
	assert data_version.data_version() != before


def test_who_logs_in_changes_nothing(settled: Any) -> None:
	before = data_version.data_version()
	seen = {"last_login": "2031-01-01 08:00:00", "last_active": "2031-01-01 08:00:00", "last_ip": "10.0.0.1"}
	frappe.db.set_value("User", "stock@bottle.test", seen)
	assert data_version.data_version() == before


def test_a_report_is_computed_once(settled: Any) -> None:
	filters = {"warehouse": settled.warehouse}
	first = Run(BALANCE, **filters)
	with recorded() as statements:
		again = Run(BALANCE, **filters)
	assert again.answer["result"] == first.answer["result"] != []
	assert again.answer["report_summary"] == first.answer["report_summary"]
	assert not [text for text in statements if "tabBottle Daily Total" in text]
	settled.sale(7).submit()
	row = Run(BALANCE, **filters).row(item=settled.bottle)
	assert row["closing"] == first.row(item=settled.bottle)["closing"] - 7


def test_other_filters_are_another_answer(settled: Any) -> None:
	here = Run(BALANCE, warehouse=settled.warehouse)
	assert Run(BALANCE, warehouse=settled.depot).rows == []
	assert here.rows == Run(BALANCE, warehouse=settled.warehouse).rows


def test_nobody_gets_what_another_may_see(settled: Any) -> None:
	filters = {"warehouse": settled.warehouse}
	with as_user("manager"):
		assert "value" in Run(BALANCE, **filters).columns
	with as_user("sales"):
		assert not {"value", "unit_cost"} & Run(BALANCE, **filters).keys()


def test_a_right_that_was_taken_away_counts_at_once(settled: Any) -> None:
	filters, depot = {"warehouse": settled.warehouse}, settled.depot
	with as_user("viewer"):
		assert Run(BALANCE, **filters).rows
		rule = {"user": frappe.session.user, "allow": "Bottle Warehouse", "for_value": depot}
		frappe.set_user("Administrator")
		frappe.get_doc({"doctype": "User Permission", **rule}).insert()
		frappe.set_user(rule["user"])
		assert not Run(BALANCE, **filters).rows
	frappe.clear_cache(user=rule["user"])


def test_what_was_just_written_is_not_kept(settled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	"""A transaction that wrote earlier may yet commit, and leave the latest time of a change as it was."""
	monkeypatch.setattr(data_version, "SETTLED", timedelta(minutes=1))
	asked: list[Any] = []

	@cache.kept
	def execute(filters: Any = None) -> tuple[Any, ...]:
		asked.append(filters)
		return [], []

	execute({"tag": settled.tag})
	execute({"tag": settled.tag})
	assert len(asked) == 2
	monkeypatch.setattr(data_version, "SETTLED", timedelta(0))
	for _time in range(3):
		execute({"tag": settled.tag})
	assert len(asked) == 3
