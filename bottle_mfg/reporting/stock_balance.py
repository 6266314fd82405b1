"""What the factory held at the end of a day, and how it came to it since another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.controllers.numbers import stored
from bottle_mfg.ledger import ZERO, Balance, Key, unit_cost
from bottle_mfg.reporting import balances
from bottle_mfg.reporting.access import allowed
from bottle_mfg.reporting.daily_totals import totals
from bottle_mfg.reporting.low_stock import runs_low

ITEM_TYPES = ("Preform", "Bottle", "Sold", "Consumable")

OUT, LOW, ENOUGH = "out", "low", ""

_NOTHING = {"quantity": ZERO, "value": ZERO}
_CAME_IN = (
	"purchased_quantity",
	"produced_quantity",
	"credited_quantity",
	"gained_quantity",
	"opened_quantity",
	"moved_in_quantity",
)
_WENT_OUT = ("consumed_quantity", "sold_quantity", "lost_quantity", "moved_out_quantity")
_MOVED = (*_CAME_IN, *_WENT_OUT)


@dataclass(frozen=True)
class Held:
	"""One item in one warehouse: quantities in its unit, the value in currency. `item` has Bottle Item's fields."""

	item: Any
	warehouse: str | None
	opening: Decimal
	came_in: Decimal
	went_out: Decimal
	balance: Balance
	alarm: str

	@property
	def unit_cost(self) -> Decimal:
		return unit_cost(self.balance)

	@property
	def moved(self) -> bool:
		return bool(self.opening or self.came_in or self.went_out or self.balance.quantity)


def held(first: date, last: date, item: str | None = None) -> list[Held]:
	"""Every item, or one, and warehouse with any movement up to the end of `last`; opening is the evening before `first`.

	An item with a reorder level that never moved is there too, without a warehouse. Whether an item runs low is
	decided by what all warehouses hold together.
	"""
	before = balances.at_end_of(first - timedelta(days=1), item=item)
	during = totals(
		("quantity", "value", *_MOVED), ("item", "warehouse"), first=first, last=last, where={"item": item}
	)
	items = _items({code for code, _warehouse in (*before, *during)}, item)
	closing = {
		Key(*pair): Balance(
			before.get(Key(*pair), Balance()).quantity + during.get(pair, _NOTHING)["quantity"],
			before.get(Key(*pair), Balance()).value + during.get(pair, _NOTHING)["value"],
		)
		for pair in {*before, *during}
	}
	together: dict[str, Decimal] = dict.fromkeys(items, ZERO)
	for key, balance in closing.items():
		together[key.item] += balance.quantity
	rows = [
		_row(
			items[key.item],
			key.warehouse,
			before.get(key, Balance()).quantity,
			during.get(key),
			balance,
			together[key.item],
		)
		for key, balance in closing.items()
	]
	idle = set(items) - {key.item for key in closing}
	rows += [_row(items[code], None, ZERO, None, Balance(), ZERO) for code in idle]
	return sorted(rows, key=_order)


def _row(
	item: Any,
	warehouse: str | None,
	opening: Decimal,
	during: dict[str, Decimal] | None,
	balance: Balance,
	together: Decimal,
) -> Held:
	moved = during or dict.fromkeys(_MOVED, ZERO)
	return Held(
		item,
		warehouse,
		opening,
		sum((moved[part] for part in _CAME_IN), ZERO),
		sum((moved[part] for part in _WENT_OUT), ZERO),
		balance,
		_alarm(item, together),
	)


def _alarm(item: Any, together: Decimal) -> str:
	if not runs_low(together, stored(item.reorder_level), bool(item.disabled)):
		return ENOUGH
	return LOW if together else OUT


def _items(moved: Iterable[str], item: str | None) -> dict[str, Any]:
	confined = allowed("Bottle Item", "Bottle Daily Total")
	rows = frappe.get_all(
		"Bottle Item",
		fields=["name", "item_name", "item_type", "uom", "reorder_level", "disabled"],
		filters={"name": item} if item else None,
		or_filters=[["name", "in", [*moved]], ["reorder_level", ">", 0]],
	)
	return {row.name: row for row in rows if confined is None or row.name in confined}


def _order(row: Held) -> tuple[int, str, str]:
	return ITEM_TYPES.index(row.item.item_type), row.item.name, row.warehouse or ""
