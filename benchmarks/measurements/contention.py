"""Many writers: how throughput grows with their number, and what it costs that all want the same item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

import frappe

from benchmarks.figures import Result, ratio
from benchmarks.goods import Goods, make_goods
from benchmarks.site import commit
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage
from benchmarks.workers import Done, Task, together

PROCESSES = 8


def writers(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Documents a second at 1, 2, 4 and 8 writers, each with an item of its own."""
	stage.empty()
	goods = make_goods(PROCESSES)
	alone: dict[str, float] = {}
	for count in (1, 2, 4, PROCESSES):
		with together(count) as run:
			for action, label in (("draft", "inserts"), ("whole", "insert + submit in one transaction")):
				hands = [
					[(action, goods.sale(item=goods.items[number]))] * sizes.each for number in range(count)
				]
				run([hand[:3] for hand in hands])
				done = [_clean(run(hands)) for _ in range(sizes.repeats)]
				rate = median(one.rate for one in done)
				alone.setdefault(action, rate)
				yield Result(
					f"{label}, {count} writers" if count > 1 else f"{label}, 1 writer",
					rate,
					"a second",
					note="" if count == 1 else f"{ratio(rate, alone[action]):.2f} × one writer's",
				)


def one_item(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""Eight processes that all sell one item beside eight that sell one each: submits, and whole documents."""
	stage.empty()
	goods = make_goods(PROCESSES)
	rates: dict[tuple[str, str], list[float]] = {}
	with together(PROCESSES) as run:
		for number in range(-1, sizes.repeats):
			for action in ("submit", "whole"):
				for spread, items in (("one", goods.items[:1] * PROCESSES), ("eight", goods.items)):
					hands = [_hand(action, goods, item, sizes.each) for item in items]
					before = _held(goods)
					done = _clean(run(hands))
					_check_sums(before, _held(goods), items, sizes.each)
					if number >= 0:
						rates.setdefault((action, spread), []).append(done.rate)
	for action, label in (("submit", "submits of drafts"), ("whole", "insert + submit in one transaction")):
		one, eight = median(rates[action, "one"]), median(rates[action, "eight"])
		yield Result(
			f"{label}: 8 processes on one item",
			ratio(one, eight),
			"× eight items",
			least=0.6,
			note=f"{one:.0f} beside {eight:.0f} a second; sums exact",
			headline=action == "submit",
		)


def _hand(action: str, goods: Goods, item: str, count: int) -> list[Task]:
	values = goods.sale(item=item)
	if action != "submit":
		return [(action, values)] * count
	names = []
	for _ in range(count):
		names.append(frappe.get_doc(values).insert().name)
		commit()
	return [("submit", ("Bottle Sale", name)) for name in names]


def _clean(done: Done) -> Done:
	if done.refused:
		raise AssertionError(f"{len(done.refused)} of {done.documents} refused: {done.refused[0]}")
	return done


def _held(goods: Goods) -> dict[str, Decimal]:
	rows = frappe.db.sql(
		"select item, cast(quantity as char) from `tabBottle Stock` where warehouse = %s", (goods.warehouse,)
	)
	return {item: Decimal(quantity) for item, quantity in rows}


def _check_sums(
	before: dict[str, Decimal], after: dict[str, Decimal], items: Sequence[str], each: int
) -> None:
	"""Every piece sold is gone, and no other. Raises `AssertionError`."""
	expected: dict[str, Any] = dict(before)
	for item in items:
		expected[item] -= each
	if after != expected:
		raise AssertionError(f"sums are not exact: {after} instead of {expected}")
