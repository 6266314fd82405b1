"""What a blow costs, part by part: of a submitted one what the ledger found, of a draft what it would find by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

import frappe

from bottle_mfg.controllers.booked import booked, counted_at
from bottle_mfg.ledger import ZERO, Balance, Basis, divide, value
from bottle_mfg.posting.sql import exact


@dataclass(frozen=True)
class Part:
	"""An item that went in, or came out beside the bottles: how much, and what that is worth (currency)."""

	item: str
	quantity: Decimal
	value: Decimal


@dataclass(frozen=True)
class BlowCost:
	"""The parts of what the good bottles of a blow carry. `short` names what there is too little of, in a draft."""

	preforms: Part
	good_quantity: Decimal
	conversion: Decimal
	used: Sequence[Part] = ()
	by_products: Sequence[Part] = ()
	short: Sequence[str] = field(default=())

	@property
	def material(self) -> Decimal:
		return self.preforms.value + sum((part.value for part in self.used), ZERO)

	@property
	def credit(self) -> Decimal:
		return sum((part.value for part in self.by_products), ZERO)

	@property
	def total(self) -> Decimal:
		return self.material + self.conversion - self.credit

	@property
	def per_bottle(self) -> Decimal:
		"""What one good bottle costs, 4 places; 0 as long as there is none."""
		return divide(self.total, Decimal(1), self.good_quantity) if self.good_quantity else ZERO


@dataclass(frozen=True)
class Plan:
	"""What a draft says of a blow. `by_products` are (item, quantity, what one unit is worth)."""

	warehouse: str
	day: date
	at: time | None
	from_item: str
	quantity: Decimal
	good_quantity: Decimal
	rate: Decimal
	used: Sequence[tuple[str, Decimal]] = ()
	by_products: Sequence[tuple[str, Decimal, Decimal]] = ()


def planned(plan: Plan) -> BlowCost:
	"""What a draft would cost if it were posted now, valued as posting does; what is short at the average of the rest."""
	items = [plan.from_item, *(item for item, _quantity in plan.used)]
	held = booked(plan.warehouse, counted_at(plan.day, plan.at), items)
	preforms = _taken(plan.from_item, plan.quantity, held)
	used = [_taken(item, quantity, held) for item, quantity in plan.used]
	left = preforms.value + sum((part.value for part in used), ZERO)
	by_products = []
	for item, quantity, rate in plan.by_products:
		worth = min(value(quantity * rate), left)
		by_products.append(Part(item, quantity, worth))
		left -= worth
	short = [part.item for part in (preforms, *used) if part.quantity > _held(part.item, held).quantity]
	conversion = value(plan.quantity * plan.rate)
	return BlowCost(preforms, plan.good_quantity, conversion, used, by_products, short)


def posted(name: str, from_item: str) -> BlowCost | None:
	"""What a posted blow cost, from the ledger's entries; None where it has none."""
	taken: list[Part] = []
	by_products: list[Part] = []
	good, conversion = ZERO, ZERO
	for item, basis, *figures in frappe.db.sql(
		"""select item, basis, cast(quantity as char), cast(value as char), cast(declared_value as char)
		from `tabBottle Ledger Entry` ignore index (ledger_order, posting_order)
		where voucher_no = %s and voucher_type = 'Blow' order by sequence""",
		(name,),
	):
		quantity, worth, declared = map(exact, figures)
		if basis == Basis.PRODUCED.value:
			good, conversion = quantity, declared
		elif basis == Basis.CREDITED.value:
			by_products.append(Part(item, quantity, worth))
		else:
			taken.append(Part(item, -quantity, -worth))
	if not taken:
		return None
	preforms = next((part for part in taken if part.item == from_item), taken[0])
	used = [part for part in taken if part is not preforms]
	return BlowCost(preforms, good, conversion, used, by_products)


def _taken(item: str, quantity: Decimal, held: Mapping[str, Balance]) -> Part:
	there = _held(item, held)
	return Part(item, quantity, divide(there.value, quantity, there.quantity) if there.quantity else ZERO)


def _held(item: str, held: Mapping[str, Balance]) -> Balance:
	return held.get(item, Balance())
