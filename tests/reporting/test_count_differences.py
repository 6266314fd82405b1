"""Count differences: what was missing or too much, by item, reason, warehouse, counter and month."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import frappe
import pytest

from tests.reports import Run, add, as_user, places

REPORT = "Bottle Count Differences"
SPRING = {"from_date": "2024-03-01", "to_date": "2024-04-30"}
COSTS = {"gained_value", "lost_value", "value_difference"}


@pytest.fixture
def counted(factory: Any) -> Any:
	"""In March 30 preforms of 2.00 stolen and 4 caps of 0.50 found; in April 10 preforms damaged in the depot.

	The 7 caps that the depot began with are no difference.
	"""
	lines = [factory.line(factory.preform, 1000, 2), factory.line(factory.cap, 100, 0.5)]
	factory.purchase(items=lines, date="2024-03-01").submit()
	factory.transfer(500, date="2024-03-02").submit()
	opened = [{"item": factory.cap, "counted_quantity": 7, "opening_cost": 1}]
	factory.count({}, items=opened, date="2024-03-03", warehouse=factory.depot, is_opening=1).submit()
	first = [line(factory.preform, 470, "Theft"), line(factory.cap, 104, "Miscount")]
	factory.march = factory.count({}, items=first, date="2024-03-10").submit()
	second = [line(factory.preform, 490, "Damage"), line(factory.cap, 7, "Other")]
	factory.april = factory.count({}, items=second, date="2024-04-10", warehouse=factory.depot).submit()
	frappe.db.set_value("Bottle Stock Count", factory.april.name, "owner", "stock@bottle.test")
	return factory


def line(item: str, quantity: float, reason: str) -> dict[str, Any]:
	return {"item": item, "counted_quantity": quantity, "reason": reason}


def of(factory: Any, **filters: Any) -> Run:
	"""The differences of this factory: others may have counted in these months."""
	items = {factory.preform, factory.cap}
	run = Run(REPORT, **(SPRING | {"group_by": "Line"} | filters))
	run.rows = [row for row in run.rows if row.get("item") in items]
	return run


def test_each_difference(counted: Any) -> None:
	rows = of(counted).rows
	names = (
		"date",
		"count",
		"item",
		"warehouse",
		"reason",
		"gained_quantity",
		"lost_quantity",
		"value_difference",
	)
	assert [tuple(row[name] for name in names) for row in rows] == [
		("2024-04-10", counted.april.name, counted.preform, counted.depot, "Damage", None, 10, -20),
		("2024-03-10", counted.march.name, counted.preform, counted.warehouse, "Theft", None, 30, -60),
		("2024-03-10", counted.march.name, counted.cap, counted.warehouse, "Miscount", 4, None, 2),
	]


@pytest.mark.parametrize(
	("group", "expected"),
	[
		("Item", [("preform", 2, 2, None, 40, -80)]),
		("Reason", [("Theft", 1, 1, None, 30, -60), ("Damage", 1, 1, None, 10, -20)]),
		("Warehouse", [("warehouse", 1, 1, None, 30, -60), ("depot", 1, 1, None, 10, -20)]),
		("Counter", [("Administrator", 1, 1, None, 30, -60), ("Stock", 1, 1, None, 10, -20)]),
		("Month", [("Mar 2024", 1, 1, None, 30, -60), ("Apr 2024", 1, 1, None, 10, -20)]),
	],
)
def test_groups(counted: Any, group: str, expected: list[Any]) -> None:
	run = Run(REPORT, **SPRING, group_by=group, item=counted.preform)
	names = ("counts", "lines", "gained_quantity", "lost_quantity", "value_difference")
	found = [(row["label"], *(row[name] for name in names)) for row in run.rows]
	wanted = [(getattr(counted, one[0], one[0]), *one[1:]) for one in expected]
	assert found == [*wanted, ("Total", 2, 2, None, 40, -80)]


def test_quantities_are_added_where_they_have_a_unit_in_common(counted: Any) -> None:
	frappe.db.set_value("Bottle Item", counted.cap, "uom", "kg")
	row = Run(REPORT, **SPRING, group_by="Warehouse", warehouse=counted.warehouse).row(
		label=counted.warehouse
	)
	assert (row["gained_quantity"], row["lost_quantity"], row["uom"]) == (None, None, None)
	assert (row["gained_value"], row["lost_value"]) == (2, 60)


def test_it_is_what_the_ledger_wrote_off(counted: Any) -> None:
	"""The counts, their entries and the daily totals say the same."""
	run = Run(REPORT, **SPRING, group_by="Item", warehouse=counted.warehouse)
	wrote = sum(
		Decimal(entry.value)
		for item in (counted.preform, counted.cap)
		for entry in counted.ledger(item)
		if entry.voucher_no == counted.march.name
	)
	assert places(run.rows[-1]["value_difference"]) == wrote == -58
	sums = frappe.db.sql(
		"select sum(gained_value), sum(lost_value) from `tabBottle Daily Total` where warehouse = %s",
		counted.warehouse,
	)[0]
	assert (run.rows[-1]["gained_value"], run.rows[-1]["lost_value"]) == tuple(map(float, sums))
	assert add(run.rows[:-1], "value_difference") == wrote


def test_a_correction_of_the_past_reaches_it(counted: Any) -> None:
	"""What was stolen in March was dearer than anybody knew."""
	late = [counted.line(counted.preform, 1000, 4)]
	counted.purchase(items=late, date="2024-03-01", posting_time="00:00:01").submit()
	row = next(row for row in of(counted).rows if row["reason"] == "Theft")
	entry = next(one for one in counted.ledger(counted.preform) if one.voucher_no == counted.march.name)
	assert places(row["value_difference"]) == Decimal(entry.value) == -90


@pytest.mark.parametrize("group", ["Item", "Reason", "Warehouse", "Counter", "Month"])
def test_each_row_leads_to_its_counts(counted: Any, group: str) -> None:
	from tests.reporting.test_production import listed

	for row in Run(REPORT, **SPRING, group_by=group, item=counted.preform).rows:
		filters = [listed("Bottle Stock Count", name, wanted) for name, wanted in row["documents"].items()]
		assert len(frappe.get_list("Bottle Stock Count", filters=filters, distinct=True)) == row["counts"]


def test_cancelled_counts_are_left_out(counted: Any) -> None:
	counted.april.reload()
	counted.april.cancel()
	assert {row["count"] for row in of(counted).rows} == {counted.march.name}


@pytest.mark.parametrize(
	("filters", "count"),
	[({"reason": "Theft"}, 1), ({"counter": "stock@bottle.test"}, 1), ({"to_date": "2024-03-31"}, 2)],
)
def test_filters(counted: Any, filters: dict[str, Any], count: int) -> None:
	assert len(of(counted, **filters).rows) == count


def test_the_chart_is_of_gains_and_losses(counted: Any) -> None:
	chart = Run(REPORT, **SPRING, group_by="Month", item=counted.preform).answer["chart"]["data"]
	assert chart["labels"] == ["Mar 2024", "Apr 2024"]
	assert [one["values"] for one in chart["datasets"]] == [[60, 20], [0, 0]]


@pytest.mark.parametrize("user", ["viewer", "stock", "manager"])
def test_costs_are_for_who_may_see_them(counted: Any, user: str) -> None:
	with as_user(user):
		runs = [Run(REPORT, **SPRING, group_by=group, item=counted.preform) for group in ("Item", "Line")]
	for run in runs:
		assert bool(COSTS & {*run.columns, *run.keys()}) == (user != "viewer")
		assert ("Lost" in run.cards) == (user != "viewer")
	assert runs[0].rows[-1]["lost_quantity"] == 40
