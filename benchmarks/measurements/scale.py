"""The same submit with nothing in the ledger and with a lot in it."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figures import Result, Sample, ratio
from benchmarks.floor import floor_doctype
from benchmarks.goods import Goods, line, make_goods, post
from benchmarks.sizes import Sizes
from benchmarks.stage import Stage
from benchmarks.timing import alternate


def full_beside_empty(stage: Stage, sizes: Sizes) -> Iterator[Result]:
	"""A sale in floors, on a full ledger beside an empty one: the floor takes out what the machine did meanwhile."""
	stage.empty()
	empty = _in_turn(make_goods(), sizes)
	world = stage.full(sizes.entries)
	full = _in_turn(world.goods(), sizes)
	yield Result(
		f"1-line sale at {world.entries:,} ledger entries",
		ratio(full["sale"].beside(full["floor"]), empty["sale"].beside(empty["floor"])),
		"× on an empty ledger",
		most=1.1,
		headline=True,
		note=f"{full['sale'].ms:.1f} ms beside {empty['sale'].ms:.1f} ms; "
		f"the floor {full['floor'].ms:.1f} ms beside {empty['floor'].ms:.1f} ms; "
		f"of an item with {world.entries_of(world.goods().items[0]):,} entries",
	)


def _in_turn(goods: Goods, sizes: Sizes) -> dict[str, Sample]:
	with floor_doctype() as floor:
		values = {"doctype": floor, "items": [line(goods.items[0], 1, 3)]}
		return alternate(
			{"floor": lambda: post(values), "sale": lambda: post(goods.sale())}, sizes.rounds * 2, warm=10
		)
