"""The laws of the ledger, after every step of any history of buying, blowing and selling."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal as D

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bottle_mfg.ledger import (
	Balance,
	Basis,
	Entry,
	InsufficientStock,
	Key,
	Movement,
	unit_cost,
	value_movements,
)

KEYS = [Key(item, place) for item in ("PRE", "BTL", "CAP") for place in ("North", "South")]
keys = st.sampled_from(KEYS)
quantities = st.decimals(min_value="0.001", max_value="1000000", places=3)
values = st.decimals(min_value=0, max_value="10000000", places=4)


class Factory(RuleBasedStateMachine):
	def __init__(self) -> None:
		super().__init__()
		self.balances: dict[Key, Balance] = {}
		self.entries: dict[Key, list[Entry]] = defaultdict(list)
		self.purchases = self.conversions = self.sold = D(0)

	def write(self, movements: list[Movement]) -> list[Entry]:
		entries = value_movements(movements, self.balances)
		for entry in entries:
			self.balances[entry.movement.key] = entry.balance
			self.entries[entry.movement.key].append(entry)
		return entries

	@rule(lines=st.lists(st.tuples(keys, quantities, values), min_size=1, max_size=4))
	def buy(self, lines: list[tuple[Key, D, D]]) -> None:
		self.write([Movement(*key, quantity, Basis.DECLARED, value) for key, quantity, value in lines])
		self.purchases += sum(value for _, _, value in lines)

	@rule(source=keys, outcome=keys, share=st.fractions(0, 1), good=st.fractions(0, 1), conversion=values)
	def blow(self, source: Key, outcome: Key, share: object, good: object, conversion: D) -> None:
		quantity = self.part(source, share)
		made = self.part_of(quantity, good)
		if quantity and made:
			self.write(
				[
					Movement(*source, -quantity, Basis.AVERAGE),
					Movement(*outcome, made, Basis.PRODUCED, conversion),
				]
			)
			self.conversions += conversion

	@rule(lines=st.lists(st.tuples(keys, st.fractions(0, 1)), min_size=1, max_size=4))
	def sell(self, lines: list[tuple[Key, object]]) -> None:
		movements = [
			Movement(*key, -self.part(key, share), Basis.AVERAGE, row=str(number))
			for number, (key, share) in enumerate(lines)
			if self.part(key, share)
		]
		wanted: dict[Key, D] = defaultdict(D)
		for movement in movements:
			wanted[movement.key] -= movement.quantity
		enough = all(quantity <= self.balances[key].quantity for key, quantity in wanted.items())
		before = dict(self.balances)
		try:
			self.sold -= sum((entry.value for entry in self.write(movements)), D(0))
			assert enough
		except InsufficientStock as short:
			assert not enough
			assert {(one.item, one.warehouse) for one in short.shortages} == {
				tuple(key) for key, quantity in wanted.items() if quantity > before[key].quantity
			}
			assert self.balances == before

	@rule(key=keys)
	def sell_out(self, key: Key) -> None:
		held = self.balances.get(key, Balance())
		if held.quantity:
			[entry] = self.write([Movement(*key, -held.quantity, Basis.AVERAGE)])
			self.sold -= entry.value
			assert entry.balance == Balance(D(0), D(0))

	def part(self, key: Key, share: object) -> D:
		return self.part_of(self.balances.get(key, Balance()).quantity, share)

	@staticmethod
	def part_of(quantity: D, share: object) -> D:
		return (quantity * share.numerator / share.denominator).quantize(D("0.001"))  # type: ignore[attr-defined]

	@invariant()
	def the_balance_is_the_sum_of_its_entries_and_the_last_running_one(self) -> None:
		for key, entries in self.entries.items():
			assert self.balances[key].quantity == sum(entry.movement.quantity for entry in entries)
			assert self.balances[key].value == sum(entry.value for entry in entries)
			assert self.balances[key] == entries[-1].balance

	@invariant()
	def value_is_conserved(self) -> None:
		stock = sum((balance.value for balance in self.balances.values()), D(0))
		assert self.purchases + self.conversions == stock + self.sold

	@invariant()
	def nothing_is_negative_and_nothing_costs_nothing(self) -> None:
		for balance in self.balances.values():
			assert balance.quantity >= 0
			assert balance.value >= 0
			assert balance.quantity or not balance.value

	@invariant()
	def an_issue_does_not_move_the_average(self) -> None:
		for entries in self.entries.values():
			if len(entries) > 1 and entries[-1].movement.basis is Basis.AVERAGE:
				before, after = entries[-2].balance, entries[-1].balance
				if after.quantity >= 1:
					assert abs(unit_cost(before) - unit_cost(after)) <= D("0.0002")


def test_the_laws_hold_after_every_step() -> None:
	run_state_machine_as_test(
		Factory, settings=settings(max_examples=60, stateful_step_count=30, deadline=None)
	)
