"""Corrections of the past, in any order: what replay leaves is what a count from zero finds."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bottle_mfg.ledger import Balance, Basis, InsufficientStock, InTheWay, Key, Movement, Origin
from tests.property.books import PIECE, MemoryBooks

KEYS = [Key(item, place) for item in ("PRE", "BTL", "CAP") for place in ("North", "South")]
DAY = datetime(2026, 1, 1)
keys = st.sampled_from(KEYS)
moments = st.integers(0, 12).map(lambda hours: DAY + timedelta(hours=hours))
quantities = st.integers(1, 60).map(D)
values = st.decimals(min_value=0, max_value=500, places=4)


class Corrections(RuleBasedStateMachine):
	def __init__(self) -> None:
		super().__init__()
		self.books = MemoryBooks()
		self.number = 0
		self.sold: dict[str, tuple[Movement, datetime, D]] = {}

	def post(self, kind: str, moment: datetime, movements: list[Movement]) -> bool:
		self.number += 1
		before = list(self.books.live)
		try:
			self.books.post(kind, f"{kind}-{self.number}", moment, movements)
			return True
		except InsufficientStock:
			assert self.books.live == before
		except InTheWay as way:
			assert self.books.live == before
			assert way.posting_datetime >= moment
			self.is_in_the_way(way, moment, movements)
		return False

	def is_in_the_way(self, way: InTheWay, moment: datetime, movements: list[Movement]) -> None:
		"""With the movements, the balance falls below zero at that document, by that much, and not before."""
		key = Key(way.shortage.item, way.shortage.warehouse)
		running = sum((one.quantity for one in movements if one.key == key), D(0))
		for one in self.books.live:
			if one.movement.key != key:
				continue
			running += one.movement.quantity
			if one.voucher_no == way.voucher_no and running < 0:
				break
			assert running >= 0 or one.position.posting_datetime <= moment
		assert running == -way.shortage.shortage

	@rule(moment=moments, lines=st.lists(st.tuples(keys, quantities, values), min_size=1, max_size=3))
	def buy(self, moment: datetime, lines: list[tuple[Key, D, D]]) -> None:
		self.post("Buy", moment, [Movement(*key, q, Basis.DECLARED, v) for key, q, v in lines])

	@rule(moment=moments, lines=st.lists(st.tuples(keys, quantities), min_size=1, max_size=2))
	def sell(self, moment: datetime, lines: list[tuple[Key, D]]) -> None:
		movements = [
			Movement(*key, -q, Basis.AVERAGE, row=f"r{self.number}.{line}")
			for line, (key, q) in enumerate(lines)
		]
		if self.post("Sell", moment, movements):
			for movement in movements:
				self.sold[movement.row] = (movement, moment, D(0))

	@rule(data=st.data(), moment=moments, warehouse=st.sampled_from(["North", "South"]))
	def take_back(self, data: st.DataObject, moment: datetime, warehouse: str) -> None:
		if not self.sold:
			return
		row = data.draw(st.sampled_from(sorted(self.sold)))
		movement, sold_at, start = self.sold[row]
		left = -movement.quantity - start
		if not left:
			return
		part = D(data.draw(st.integers(1, int(left))))
		back = Movement(
			movement.item,
			warehouse,
			part,
			Basis.RETURNED,
			row=f"b{self.number}",
			origin=Origin(row, movement.warehouse, start),
		)
		if self.post("Back", max(moment, sold_at), [back]):
			self.sold[row] = (movement, sold_at, start + part)

	@rule(
		moment=moments,
		sources=st.lists(st.tuples(keys, quantities), min_size=1, max_size=2),
		scrap=st.none() | st.tuples(keys, quantities, values),
		outcome=keys,
		made=quantities,
		conversion=values,
	)
	def make(
		self,
		moment: datetime,
		sources: list[tuple[Key, D]],
		scrap: tuple[Key, D, D] | None,
		outcome: Key,
		made: D,
		conversion: D,
	) -> None:
		movements = [Movement(*key, -q, Basis.AVERAGE) for key, q in sources]
		if scrap:
			movements.append(Movement(*scrap[0], scrap[1], Basis.CREDITED, scrap[2]))
		movements.append(Movement(*outcome, made, Basis.PRODUCED, conversion))
		self.post("Make", moment, movements)

	@rule(
		moment=moments,
		item=st.sampled_from(["PRE", "BTL"]),
		lines=st.lists(quantities, min_size=1, max_size=3),
	)
	def transfer(self, moment: datetime, item: str, lines: list[D]) -> None:
		movements = []
		for line, q in enumerate(lines):
			movements.append(Movement(item, "North", -q, Basis.AVERAGE, row=f"t{line}"))
			movements.append(Movement(item, "South", q, Basis.PRODUCED, row=f"t{line}"))
		self.post("Make", moment, movements)

	@rule(moment=moments, key=keys, q=quantities, declared=values)
	def find(self, moment: datetime, key: Key, q: D, declared: D) -> None:
		self.post("Count", moment, [Movement(*key, q, Basis.AVERAGE, declared, row="c")])

	@rule(moment=moments, key=keys, q=quantities, declared=values)
	def give_back(self, moment: datetime, key: Key, q: D, declared: D) -> None:
		self.post("Buy", moment, [Movement(*key, -q, Basis.DECLARED, declared)])

	@rule(data=st.data())
	def cancel(self, data: st.DataObject) -> None:
		returned = {row for row, (_movement, _moment, start) in self.sold.items() if start}
		kept = {one.voucher_no for one in self.books.live if one.movement.row in returned}
		free = sorted(
			{
				(one.voucher_type, one.voucher_no)
				for one in self.books.live
				if one.voucher_no not in kept and one.voucher_type != "Back"
			}
		)
		if not free:
			return
		voucher = data.draw(st.sampled_from(free))
		rows = {one.movement.row for one in self.books.live if one.voucher_no == voucher[1]}
		before = list(self.books.live)
		try:
			self.books.cancel(*voucher)
		except InTheWay:
			assert self.books.live == before
			return
		for row in rows & set(self.sold):
			del self.sold[row]

	@invariant()
	def replay_is_a_count_from_zero(self) -> None:
		assert [(one.value, one.balance) for one in self.books.live] == self.books.recount()

	@invariant()
	def no_prefix_is_negative(self) -> None:
		for one in self.books.live:
			assert one.balance.quantity >= 0
			assert one.balance.value >= 0
			assert one.balance.quantity or not one.balance.value


def test_replay_equals_a_count_from_zero_after_every_correction() -> None:
	run_state_machine_as_test(
		Corrections, settings=settings(max_examples=150, stateful_step_count=40, deadline=None)
	)


def _books(*documents: tuple[str, int, list[Movement]]) -> MemoryBooks:
	books = MemoryBooks()
	for number, (kind, hour, movements) in enumerate(documents):
		books.post(kind, f"{kind}-{number}", DAY + timedelta(hours=hour), movements)
	return books


PRE, BTL = Key("PRE", "North"), Key("BTL", "North")


def test_what_was_made_and_sold_follows_the_late_bill() -> None:
	books = _books(
		("Buy", 1, [Movement(*PRE, D(100), Basis.DECLARED, D(200))]),
		("Make", 3, [Movement(*PRE, D(-100), Basis.AVERAGE), Movement(*BTL, D(80), Basis.PRODUCED, D(40))]),
		("Sell", 4, [Movement(*BTL, D(-20), Basis.AVERAGE, row="s")]),
	)
	books.post("Buy", "late", DAY + timedelta(hours=2), [Movement(*PRE, D(100), Basis.DECLARED, D(600))])
	assert books.live[-1].value == D("-110")
	assert books.balance_at(BTL, DAY + timedelta(hours=5)) == Balance(D(60), D(330))


def test_a_replay_ends_where_the_balance_is_again_what_it_was() -> None:
	"""Once a balance was sold out, nothing after it can have changed."""
	later = [("Buy", 4, [Movement(*PRE, D(1), Basis.DECLARED, D(1))]) for _ in range(30)]
	books = _books(
		("Buy", 1, [Movement(*PRE, D(10), Basis.DECLARED, D(20))]),
		("Sell", 3, [Movement(*PRE, D(-10), Basis.AVERAGE, row="all")]),
		*later,
	)
	books.read = 0
	swap = [Movement(*PRE, D(5), Basis.DECLARED, D(90)), Movement(*PRE, D(-5), Basis.AVERAGE, row="five")]
	books.post("Sell", "swap", DAY + timedelta(hours=2), swap)
	assert books.read == PIECE
	[sold_out] = [one for one in books.live if one.movement.row == "all"]
	assert sold_out.value == D("-73.3333")


def test_the_first_document_in_the_way_is_named() -> None:
	books = _books(
		("Buy", 1, [Movement(*PRE, D(10), Basis.DECLARED, D(20))]),
		("Sell", 5, [Movement(*PRE, D(-4), Basis.AVERAGE, row="a")]),
		("Sell", 6, [Movement(*PRE, D(-4), Basis.AVERAGE, row="b")]),
		("Sell", 7, [Movement(*PRE, D(-2), Basis.AVERAGE, row="c")]),
	)
	with pytest.raises(InTheWay) as caught:
		books.post("Sell", "late", DAY + timedelta(hours=2), [Movement(*PRE, D(-3), Basis.AVERAGE, row="d")])
	assert (caught.value.voucher_no, caught.value.shortage.available) == ("Sell-2", D(3))
	assert caught.value.shortage.shortage == D(1)


SOUTH = Key("PRE", "South")


def _move(quantity: int) -> list[Movement]:
	return [
		Movement(*PRE, D(-quantity), Basis.AVERAGE, row="t"),
		Movement(*SOUTH, D(quantity), Basis.PRODUCED, row="t"),
	]


def _take_back(quantity: int, row: str, key: Key) -> list[Movement]:
	return [Movement(*key, D(quantity), Basis.RETURNED, row=f"back {row}", origin=Origin(row, "North"))]


@pytest.mark.parametrize("sold_between", [0, 4])
def test_a_return_far_ahead_does_not_hide_what_arrives_before_it(sold_between: int) -> None:
	"""The sale is passed first, so its return is known first; where South sells out between, it begins twice."""
	between = [Movement(*SOUTH, D(-sold_between), Basis.AVERAGE, row="between")] if sold_between else []
	books = _books(
		("Buy", 1, [Movement(*PRE, D(20), Basis.DECLARED, D(20))]),
		("Sell", 3, [Movement(*PRE, D(-5), Basis.AVERAGE, row="s")]),
		("Make", 5, _move(4)),
		*([("Sell", 6, between)] if between else []),
		("Back", 9, _take_back(5, "s", SOUTH)),
	)
	books.post("Buy", "late", DAY + timedelta(hours=2), [Movement(*PRE, D(20), Basis.DECLARED, D(60))])
	worth = {one.voucher_no.split("-")[0]: one.value for one in books.live if one.movement.quantity > 0}
	assert (worth["Make"], worth["Back"]) == (D(8), D(10))
	assert [(one.value, one.balance) for one in books.live] == books.recount()


def test_an_item_that_is_used_twice_in_one_production_counts_twice() -> None:
	"""The two issues stand on both sides of the edge of a piece."""
	books = _books(
		("Buy", 1, [Movement(*PRE, D(20), Basis.DECLARED, D(20))]),
		*[("Sell", 3, [Movement(*PRE, D(-1), Basis.AVERAGE, row=f"s{n}")]) for n in range(PIECE - 1)],
		(
			"Make",
			5,
			[
				Movement(*PRE, D(-4), Basis.AVERAGE),
				Movement(*PRE, D(-6), Basis.AVERAGE),
				Movement(*BTL, D(10), Basis.PRODUCED),
			],
		),
	)
	books.post("Buy", "late", DAY + timedelta(hours=2), [Movement(*PRE, D(20), Basis.DECLARED, D(60))])
	assert books.balance_at(BTL, DAY + timedelta(hours=9)) == Balance(D(10), D(20))
