"""What counts found missing or too much, difference by difference, and put together by what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within


@dataclass(frozen=True)
class Difference:
	"""A line of a count that found more or less than the books had; `value` in currency, below zero for a loss."""

	count: str
	day: date
	warehouse: str
	counter: str
	item: str
	reason: str
	uom: str
	quantity: Decimal
	value: Decimal


@dataclass
class Sums:
	"""What differences come to. Gains and losses are above zero; `units` are those of the items they are of."""

	counts: set[str] = field(default_factory=set)
	lines: int = 0
	gains: int = 0
	gained_quantity: Decimal = ZERO
	lost_quantity: Decimal = ZERO
	gained_value: Decimal = ZERO
	lost_value: Decimal = ZERO
	units: set[str] = field(default_factory=set)

	def add(self, one: Difference) -> None:
		self.counts.add(one.count)
		self.units.add(one.uom)
		self.lines += 1
		if one.quantity > 0:
			self.gains += 1
			self.gained_quantity += one.quantity
			self.gained_value += one.value
		else:
			self.lost_quantity -= one.quantity
			self.lost_value -= one.value

	@property
	def value(self) -> Decimal:
		return self.gained_value - self.lost_value


def differences(first: date, last: date, where: Mapping[str, Any]) -> list[Difference]:
	"""The differences of the submitted counts from `first` to `last`, the newest count first.

	`where` names columns of `counted` (the count) and `line` and the value each has to have (None: any). Users see no
	more items and warehouses than User Permissions let them.
	"""
	conditions, values = within(
		"Bottle Stock Count", {"line.item": "Bottle Item", "counted.warehouse": "Bottle Warehouse"}
	)
	conditions += ["counted.docstatus = 1", "counted.date between %s and %s", "line.difference != 0"]
	conditions.append("counted.is_opening = 0")  # what was there from the beginning was not found
	values += [first, last]
	for column, wanted in where.items():
		if wanted is not None:
			conditions.append(f"{column} = %s")
			values.append(wanted)
	rows = frappe.db.sql(
		f"""select counted.name, counted.date, counted.warehouse, counted.owner, line.item, ifnull(line.reason, ''),
			item.uom, cast(line.difference as char), cast(line.value_difference as char)
		from `tabBottle Stock Count` counted
		straight_join `tabBottle Stock Count Item` line
			on line.parent = counted.name and line.parenttype = 'Bottle Stock Count'
		straight_join `tabBottle Item` item on item.name = line.item
		where {" and ".join(conditions)}
		order by counted.date desc, counted.name desc, line.idx""",
		values,
	)
	return [Difference(*said, exact(quantity), exact(value)) for *said, quantity, value in rows]


def together(found: Iterable[Difference], key: Callable[[Difference], Any]) -> dict[Any, Sums]:
	"""The sums of differences by what `key` says of each."""
	sums: dict[Any, Sums] = {}
	for one in found:
		sums.setdefault(key(one), Sums()).add(one)
	return sums
