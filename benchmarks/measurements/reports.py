"""The reports as the Desk asks for them: what the server takes to compute one and to write its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.desk.query_report import run

from benchmarks.figures import Result
from benchmarks.plans import full_scans
from benchmarks.seed import World
from benchmarks.site import recorded
from benchmarks.sizes import FULL, Sizes
from benchmarks.stage import Stage
from benchmarks.timing import repeat
from bottle_mfg.reporting import cache, data_version

Filters = dict[str, Any]
Case = tuple[str, str, Filters]
"""What is asked, the report, and its filters."""


def full(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Each report at a full ledger."""
	world = stage.full(sizes.entries)
	yield from _reports(world, [*_cases(world), *_cases_of_sales(world)], sizes, most=300)


def large(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""The reports at a large ledger that read neither sales nor the lines of bills: it has none of them."""
	if sizes.large:
		world = stage.full(sizes.large, documents=False)
		yield from _reports(world, [*_cases(world)], sizes, most=1000)


def _reports(world: World, cases: Sequence[Case], sizes: Sizes, most: float) -> Iterator[Result]:
	slowest = (0.0, "", "", {})
	for label, report, filters in cases:
		answered: list[Any] = []

		def ask(report: str = report, filters: Filters = filters, answered: list[Any] = answered) -> None:
			cache.forget()
			answered[:] = [run(report, filters=filters, ignore_prepared_report=True)]
			frappe.as_json(answered[0])

		taken = repeat(ask, max(sizes.repeats, 3), warm=2)
		with recorded() as statements:
			ask()
		scans = full_scans(statements)
		if scans:
			raise AssertionError(f"{label} reads a whole table: {scans[0]}")
		rows = len(answered[0]["result"])
		if not rows and sizes == FULL:
			raise AssertionError(f"{label} has nothing to show: that it is fast says nothing")
		slowest = max(slowest, (taken.ms, label, report, filters), key=lambda one: one[0])
		yield Result(
			f"{label} at {world.entries:,} entries",
			taken.ms,
			"ms",
			most=most,
			note=f"{rows:,} rows; no full scan",
		)
	most_ms, label, report, filters = slowest
	data_version.SETTLED = timedelta(0)  # nobody else writes here
	again = repeat(lambda: run(report, filters=filters, ignore_prepared_report=True), sizes.repeats, warm=2)
	note = "nothing changed: the answer was kept"
	yield Result(f"{label} at {world.entries:,} entries, asked again", again.ms, "ms", note=note)
	yield Result(f"the slowest report at {world.entries:,} entries", most_ms, "ms", most=most, headline=True)


def _cases(world: World) -> Iterator[Case]:
	month = (
		_days(world.last.replace(day=1), world.last) if world.last.day > 1 else _days(world.last, world.last)
	)
	year = _days(world.last - timedelta(days=364), world.last)
	early = world.first + timedelta(days=400)
	item = next(one.code for one in world.items if one.item_type == "Bottle")
	yield "Stock Balance, this month", "Bottle Stock Balance", month
	yield "Stock Balance, of two years ago", "Bottle Stock Balance", _days(early, early + timedelta(days=29))
	yield "Stock Ledger, the newest page of all", "Bottle Stock Ledger", month
	yield (
		"Stock Ledger, an item's year, 20th page",
		"Bottle Stock Ledger",
		{**year, "item": item, "page": 20, "order": "Oldest first"},
	)
	yield "Profit and Loss, month", "Bottle Profit and Loss", month
	yield "Profit and Loss, year", "Bottle Profit and Loss", year
	yield "Profit and Loss, year by months", "Bottle Profit and Loss", {**year, "periodicity": "Monthly"}
	yield (
		"Profit and Loss, year by quarters beside the year before",
		"Bottle Profit and Loss",
		{**year, "periodicity": "Quarterly", "compare": "Last year"},
	)
	yield "Cost Analysis, year by months", "Bottle Cost Analysis", {**year, "periodicity": "Monthly"}
	yield "Gross Profit, year by items", "Bottle Gross Profit", year
	yield "Purchases by Supplier, year", "Bottle Purchases by Supplier", year
	yield "Production, month by days", "Bottle Production", month
	yield "Production, year by bottles", "Bottle Production", {**year, "group_by": "Bottle"}
	yield "Production, year by reject reasons", "Bottle Production", {**year, "group_by": "Reason"}
	yield "Low Stock, all items", "Bottle Low Stock", {}
	yield "Slow Movers, all items", "Bottle Slow Movers", {"date": str(world.last), "used_at_most": "25"}
	yield "Count Differences, year by reasons", "Bottle Count Differences", {**year, "group_by": "Reason"}
	yield "Stock Ledger, an item's year", "Bottle Stock Ledger", {**year, "item": item}


def _cases_of_sales(world: World) -> Iterator[Case]:
	year = _days(world.last - timedelta(days=364), world.last)
	bottle, bought = (
		next(one.code for one in world.items if one.item_type == kind) for kind in ("Bottle", "Sold")
	)
	half = world.last - timedelta(days=182)
	profit, sales, customer = "Bottle Gross Profit", "Bottle Sales by Customer", "Customer 1"
	yield "Gross Profit, year by customers", profit, {**year, "group_by": "Customer"}
	yield "Gross Profit, a customer's year by items", profit, {**year, "customer": customer}
	yield (
		"Gross Profit, a bottle's year by customers",
		profit,
		{**year, "group_by": "Customer", "item": bottle},
	)
	yield "Gross Profit, year by bills, 50th page", profit, {**year, "group_by": "Bill", "page_number": 50}
	yield "Sales by Customer, year", sales, year
	yield "Sales by Customer, a customer's year", sales, {**year, "customer": customer, "page_number": 1}
	yield "Purchases by Supplier, prices of an item", "Bottle Purchases by Supplier", {**year, "item": bought}
	yield "Receivables, now", "Bottle Receivables", {"page_number": 1}
	yield (
		"Receivables, as they were half a year ago",
		"Bottle Receivables",
		{"date": str(half), "page_number": 1},
	)
	yield "Payables, now", "Bottle Payables", {"page_number": 1}
	yield (
		"Customer Statement, a year",
		"Bottle Customer Statement",
		{**year, "customer": customer, "page_number": 1},
	)
	yield "Possible Duplicates, year", "Bottle Possible Duplicates", year


def _days(first: date, last: date) -> Filters:
	return {"from_date": str(first), "to_date": str(last)}
