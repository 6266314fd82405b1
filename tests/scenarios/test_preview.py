"""Before the past is corrected, staff are told how far that reaches. Nothing is written by asking."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.api.v1 import preview_correction
from bottle_mfg.errors import InsufficientStockError, InTheWayError, InvalidValueError
from bottle_mfg.posting import preview
from tests.scenarios.test_corrections import books


def days_ago(days: int) -> str:
	return add_days(nowdate(), -days)


@pytest.fixture
def traded(factory: Any) -> Any:
	factory.bought = factory.purchase(1000, 2, date=days_ago(9))
	factory.bought.submit()
	factory.blow(1000, 950, date=days_ago(6)).submit()
	factory.sold = factory.sale(95, 4, date=days_ago(4))
	factory.sold.submit()
	factory.sale(95, 4, date=days_ago(3)).submit()
	return factory


def ask(doc: Any, action: str = "Submit") -> dict[str, Any]:
	return preview_correction(doctype=doc.doctype, name=doc.name, action=action)


def profit_of_sales(factory: Any) -> float:
	return sum(
		frappe.get_all("Bottle Sale", {"warehouse": factory.warehouse, "docstatus": 1}, pluck="profit")
	)


def test_a_late_bill_says_what_it_changes_and_then_does_just_that(traded: Any) -> None:
	late = traded.purchase(1000, 4, date=days_ago(8))
	before = books(traded)
	told = ask(late)
	assert books(traded) == before
	assert (told["documents"], told["profit"], told["background"]) == (3, -200, False)
	assert told["since"].startswith(days_ago(8))
	profit = profit_of_sales(traded)
	late.submit()
	after = profit_of_sales(traded)
	assert after - profit == told["profit"]
	changed = frappe.get_all("Bottle Cost Change", {"because_of": late.name}, pluck="document")
	assert len(changed) == told["documents"]
	undone = ask(late, "Cancel")
	assert (undone["documents"], undone["profit"]) == (3, 200)


def test_a_draft_that_was_never_saved_can_be_asked_about(traded: Any) -> None:
	late = {
		"doctype": "Bottle Purchase",
		"supplier": traded.supplier,
		"warehouse": traded.warehouse,
		"date": days_ago(8),
		"items": [traded.line(traded.preform, 1000, 4)],
	}
	numbers = frappe.db.sql("select name, current from tabSeries order by name")
	assert preview_correction(doc=frappe.as_json(late))["documents"] == 3
	assert frappe.db.sql("select name, current from tabSeries order by name") == numbers


def test_what_happens_today_corrects_nothing(traded: Any) -> None:
	assert ask(traded.purchase(5, 1)) == {
		"documents": 0,
		"entries": 0,
		"since": None,
		"background": False,
		"profit": 0,
	}


def test_what_would_be_refused_is_refused_now(traded: Any) -> None:
	with pytest.raises(InTheWayError):
		ask(traded.sale(items=[traded.line(traded.preform, 1, 9)], date=days_ago(8)))
	with pytest.raises(InTheWayError):
		ask(traded.bought, "Cancel")
	with pytest.raises(InsufficientStockError):
		ask(traded.sale(items=[traded.line(traded.preform, 1001, 9)], date=days_ago(8)))
	with pytest.raises(InvalidValueError):
		preview_correction(doc={"doctype": "Bottle Sale", "customer": traded.customer, "date": days_ago(8)})
	for doc in ({"doctype": "User"}, "[1]", None):
		with pytest.raises(InvalidValueError):
			preview_correction(doc=doc)


def test_what_reaches_too_far_is_not_looked_at(traded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(preview, "MOST", 2)
	told = ask(traded.purchase(1000, 4, date=days_ago(8)))
	assert (told["documents"], told["profit"], told["entries"]) == (None, None, 4)
