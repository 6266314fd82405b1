"""Filters come from clients: what is wrong with them is said at once, and none of it reaches the database."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.reports import Run

REPORTS = (
	"Bottle Cost Analysis",
	"Bottle Gross Profit",
	"Bottle Production",
	"Bottle Profit and Loss",
	"Bottle Purchases by Supplier",
	"Bottle Sales by Customer",
	"Bottle Stock Balance",
	"Bottle Stock Ledger",
)
INJECTION = "x' or '1'='1"


def faults(report: str, **filters: Any) -> dict[str, str]:
	"""The kind of fault of each filter that the report refuses."""
	from bottle_mfg.errors import InvalidValueError

	with pytest.raises(InvalidValueError) as refused:
		Run(report, **filters)
	assert all(fault.loc[0] == "filters" for fault in refused.value.faults)
	return {fault.loc[1]: fault.type for fault in refused.value.faults}


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_runs_without_any_filter(db: Any, report: str) -> None:
	assert Run(report).columns


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(
	("from_date", "to_date", "expected"),
	[
		("2024-04-02", "2024-04-01", {"from_date": "less_than_equal"}),
		("2004-04-02", "2024-04-01", {"from_date": "less_than_equal"}),
		("2024-02-30", "2024-04-01", {"from_date": "date"}),
		("0202-02-03", "9999-12-31", {"from_date": "date", "to_date": "date"}),
		("01-04-2024", "tomorrow", {"from_date": "date", "to_date": "date"}),
		({"a": 1}, 20240401, {"from_date": "date", "to_date": "date"}),
		("2024-04-01' or 1=1 -- ", "2024-04-30", {"from_date": "date"}),
	],
)
def test_dates(db: Any, report: str, from_date: Any, to_date: Any, expected: dict[str, str]) -> None:
	assert faults(report, from_date=from_date, to_date=to_date) == expected


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("value", [INJECTION, "nobody knows this one", ["like", "%"], {"a": 1}, 7])
def test_a_warehouse_that_is_none(db: Any, report: str, value: Any) -> None:
	kind = "not_found" if isinstance(value, str) else "text"
	assert faults(report, warehouse=value) == {"warehouse": kind}


@pytest.mark.parametrize(
	("report", "filters", "expected"),
	[
		(
			"Bottle Profit and Loss",
			{"periodicity": INJECTION, "item": INJECTION, "warehouse": INJECTION, "from_date": INJECTION},
			{"periodicity": "choice", "item": "not_found", "warehouse": "not_found", "from_date": "date"},
		),
		("Bottle Stock Balance", {"item_type": ["Bottle"]}, {"item_type": "choice"}),
		(
			"Bottle Stock Ledger",
			{"order": "sequence; drop table", "rows": "10 offset 1", "page": 0, "voucher_type": "User"},
			{"order": "choice", "rows": "number", "page": "number", "voucher_type": "choice"},
		),
		(
			"Bottle Stock Ledger",
			{"rows": 5001, "voucher_no": ["like", "%"]},
			{"rows": "number", "voucher_no": "text"},
		),
		(
			"Bottle Gross Profit",
			{"group_by": "owner", "customer": ["x"], "item": INJECTION},
			{"group_by": "choice", "customer": "text", "item": "not_found"},
		),
		(
			"Bottle Cost Analysis",
			{"periodicity": "date)", "show": 1, "bottle": INJECTION, "machine": {"a": 1}},
			{"periodicity": "choice", "show": "choice", "bottle": "not_found", "machine": "text"},
		),
		(
			"Bottle Purchases by Supplier",
			{"supplier": INJECTION, "item": 7, "page_number": "1 or 1"},
			{"supplier": "not_found", "item": "text"},
		),
		("Bottle Profit and Loss", {"compare": "sales"}, {"compare": "choice"}),
		(
			"Bottle Production",
			{"group_by": "blow.owner", "shift": INJECTION, "machine": ["!=", ""], "chart": 1},
			{"group_by": "choice", "shift": "choice", "machine": "text", "chart": "choice"},
		),
	],
)
def test_all_faults_at_once(db: Any, report: str, filters: dict[str, Any], expected: dict[str, str]) -> None:
	assert faults(report, **filters) == expected


@pytest.mark.parametrize(
	("report", "field"),
	[
		("Bottle Production", "machine"),
		("Bottle Production", "operator"),
		("Bottle Stock Ledger", "voucher_no"),
	],
)
def test_free_text_is_only_compared(factory: Any, report: str, field: str) -> None:
	"""Were it put into the statement, the condition would hold for every row."""
	factory.purchase().submit()
	factory.blow(machine="M1", operator="Asha").submit()
	assert Run(report, warehouse=factory.warehouse).rows
	assert Run(report, warehouse=factory.warehouse, **{field: INJECTION}).rows == []


def test_too_many_columns_are_refused(db: Any) -> None:
	year = {"from_date": "2024-01-01", "to_date": "2024-12-31"}
	assert faults("Bottle Profit and Loss", periodicity="Daily", **year) == {"periodicity": "less_than_equal"}
	assert len(Run("Bottle Profit and Loss", periodicity="Monthly", **year).columns) == 14


@pytest.mark.parametrize("report", REPORTS)
def test_a_refusal_is_not_taken_for_slowness(db: Any, report: str) -> None:
	"""Frappe times a run, and would prepare the report in the background from then on."""
	before = set(threading.enumerate())
	assert faults(report, from_date="tomorrow") == {"from_date": "date"}
	timers = [one for one in set(threading.enumerate()) - before if isinstance(one, threading.Timer)]
	assert all(timer.finished.is_set() for timer in timers)
