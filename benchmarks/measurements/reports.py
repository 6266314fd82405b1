"""The reports as the Desk asks for them: what the server takes to compute one and to write its answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.desk.query_report import run

from benchmarks.figures import Result
from benchmarks.plans import full_scans
from benchmarks.seed import World
from benchmarks.site import recorded
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage
from benchmarks.timing import repeat
from bottle_mfg.reporting import cache

Filters = dict[str, Any]


def full(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Each report at a full ledger."""
	yield from _reports(stage.full(sizes.entries), sizes, most=300)


def large(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Each report at a large ledger, without the bills that no report reads."""
	if sizes.large:
		yield from _reports(stage.full(sizes.large, documents=False), sizes, most=1000)


def _reports(world: World, sizes: Sizes, most: float) -> Iterator[Result]:
	slowest = 0.0
	for label, report, filters in _cases(world):
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
		slowest = max(slowest, taken.ms)
		yield Result(
			f"{label} at {world.entries:,} entries",
			taken.ms,
			"ms",
			most=most,
			note=f"{rows:,} rows; no full scan",
		)
	again = repeat(lambda: run(report, filters=filters, ignore_prepared_report=True), sizes.repeats, warm=2)
	yield Result(f"{label} at {world.entries:,} entries, asked again", again.ms, "ms", note="nothing changed")
	yield Result(f"the slowest report at {world.entries:,} entries", slowest, "ms", most=most, headline=True)


def _cases(world: World) -> Iterator[tuple[str, str, Filters]]:
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
	yield "Production, month by days", "Bottle Production", month
	yield "Production, year by bottles", "Bottle Production", {**year, "group_by": "Bottle"}
	yield "Production, year by reject reasons", "Bottle Production", {**year, "group_by": "Reason"}


def _days(first: date, last: date) -> Filters:
	return {"from_date": str(first), "to_date": str(last)}
