"""Counting while others sell, and moving goods both ways at once: every sum stays exact."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal as D
from typing import Any

from tests.concurrency.test_posting_at_once import Run, submits
from tests.laws import assert_laws


def test_a_count_finds_what_is_there_when_its_turn_comes(factory: Any, at_once: Run) -> None:
	"""Whatever was sold while people counted: right after a count the books have what was counted."""
	factory.purchase(1000, 2, other_charges=1).submit()
	factory.purchase(items=[factory.line(factory.cap, 1000, 0.5)]).submit()
	counts = [factory.count({factory.preform: 900 - number, factory.cap: 950}) for number in range(16)]
	sales = [
		factory.sale(items=[factory.line(factory.cap, 1, 1), factory.line(factory.preform, 3, 5)])
		for _ in range(48)
	]
	mixed = [doc for four in zip(sales[::3], sales[1::3], sales[2::3], counts, strict=True) for doc in four]
	assert Counter(at_once(submits(mixed))) == {"done": 64}
	counted = {doc.name: 900 - number for number, doc in enumerate(counts)}
	entries = factory.ledger(factory.preform)
	seen = [entry for entry in entries if entry.voucher_no in counted]
	assert len(seen) > 8  # a count that found what it expected moves nothing
	for entry in seen:
		assert D(entry.balance_quantity) == counted[entry.voucher_no]
	for doc in counts:
		doc.reload()
		row = doc.items[0]
		assert row.system_quantity + row.difference == row.counted_quantity
	assert_laws(factory)


def test_goods_move_both_ways_at_once(factory: Any, at_once: Run) -> None:
	factory.purchase(1000, 1, other_charges=333).submit()
	factory.purchase(1000, 3, warehouse=factory.depot).submit()
	whole = [factory.stock(factory.preform, place) for place in (factory.warehouse, factory.depot)]
	back = {"from_warehouse": factory.depot, "to_warehouse": factory.warehouse}
	moved = [factory.transfer(1 + number % 7, **(back if number % 2 else {})) for number in range(64)]
	assert Counter(at_once(submits(moved))) == {"done": 64}
	now = [factory.stock(factory.preform, place) for place in (factory.warehouse, factory.depot)]
	assert [sum(column) for column in zip(*now, strict=True)] == [
		sum(column) for column in zip(*whole, strict=True)
	]
	assert_laws(factory)
	assert_laws(factory, factory.depot)


def test_the_last_one_is_moved_once(factory: Any, at_once: Run) -> None:
	factory.purchase(1, 2).submit()
	outcomes = at_once(submits([factory.transfer(1) for _ in range(8)]))
	assert Counter(outcomes) == {"done": 1, "insufficient_stock": 7}
	assert factory.stock(factory.preform, factory.depot) == (1, 2)
	assert_laws(factory)
