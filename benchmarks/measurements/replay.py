"""What it takes to correct the past: a purchase entered at its own date, and its cancelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import frappe

from benchmarks.figures import Result, Sample, ratio
from benchmarks.goods import line
from benchmarks.picture import curve as draw
from benchmarks.seed import History, assert_laws, seed_chain, seed_history
from benchmarks.site import commit
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage
from benchmarks.timing import once

MOST_SECONDS = 2.0
PER_ENTRY = 1e6
"""Microseconds in a second."""


def back_dated(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""A purchase a year back with so many later entries: alone on the site, in a chain, and in a full ledger."""
	stage.empty()
	alone = _timed(seed_history(sizes.affected), sizes.repeats)
	yield from _results("", sizes.affected, alone)
	chain = seed_chain(sizes.affected)
	yield from _results(
		" through a preform, its bottle and their sales", chain.entries, _timed(chain, sizes.repeats)
	)
	world = stage.full(sizes.entries)
	full = _timed(seed_history(sizes.affected), sizes.repeats)
	yield Result(
		f"back-dated purchase with {sizes.affected:,} later entries of {world.entries + sizes.affected:,} in the site",
		ratio(full[0].median, alone[0].median),
		"× alone on the site",
		most=1.5,
		headline=True,
		note=f"{full[0].median:.2f} s beside {alone[0].median:.2f} s",
	)


def _results(where: str, entries: int, taken: tuple[Sample, Sample]) -> Iterator[Result]:
	for sample, what in zip(taken, ("back-dated purchase", "its cancelling"), strict=True):
		yield Result(
			f"{what} with {entries:,} later entries{where}",
			sample.median,
			"s",
			most=MOST_SECONDS if not where else None,
			note=f"{sample.median / entries * PER_ENTRY:.0f} µs an entry; every cost changed; laws hold",
			headline=not where and sample is taken[0],
		)


def curve(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""What a back-dated purchase takes, by the entries that it affects."""
	stage.empty()
	_timed(seed_history(sizes.curve[0]), 1)  # warm
	for entries in sizes.curve:
		history = seed_history(entries)
		seconds = once(_then_commit(lambda history=history: late_purchase(history)))
		_check(history, changed=True)
		yield Result(
			f"{entries:,} affected entries",
			seconds,
			"s",
			note=f"{seconds / entries * PER_ENTRY:.0f} µs an entry",
			at=entries,
		)
	stage.spoil()


def picture(results: Sequence[Result]) -> str:
	"""The curve as SVG."""
	return draw(
		[(result.at, result.figure) for result in results if result.at],
		"A back-dated purchase: time by affected entries",
		across="ledger entries after it",
		up="seconds",
	)


def _timed(history: History, repeats: int) -> tuple[Sample, Sample]:
	"""The purchase and its cancelling, alternately: each finds the ledger as the first one did."""
	purchases: list[float] = []
	cancellings: list[float] = []
	for _ in range(repeats):
		docs: list[Any] = []
		purchases.append(once(_then_commit(lambda docs=docs: docs.append(late_purchase(history)))))
		_check(history, changed=True)
		cancellings.append(once(_then_commit(docs[0].cancel)))
		_check(history, changed=False)
	return Sample(tuple(purchases)), Sample(tuple(cancellings))


def late_purchase(history: History) -> Any:
	"""Half as much again as there was, at another price, a year ago."""
	goods, item = history.goods, history.items[0]
	values = {
		"doctype": "Bottle Purchase",
		"supplier": goods.supplier,
		"warehouse": goods.warehouse,
		"date": str(history.day),
		"items": [line(item, history.entries * 5, 2.37)],
	}
	doc = frappe.get_doc(values).insert()
	# As the background job does it: here and now, whatever its size.
	doc.flags.correction_progress = lambda _done: None
	doc.submit()
	return doc


def _then_commit(act: Callable[[], object]) -> Callable[[], None]:
	def both() -> None:
		act()
		commit()

	return both


def _check(history: History, changed: bool) -> None:
	"""The laws hold, and every sale's cost is another one (`changed`), or the one it was seeded with."""
	assert_laws(items=history.items)
	item = history.items[-1]
	unit_costs = frappe.db.sql(
		"select distinct unit_cost from `tabBottle Sale Item` where item = %s and docstatus = 1",
		(item,),
		pluck=True,
	)
	if changed == (2.0 in {float(cost) for cost in unit_costs}):
		raise AssertionError(f"costs of {item} after the correction: {unit_costs[:5]}")
