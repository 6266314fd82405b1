"""The rows of Bottle Daily Total: sums per day, item and warehouse, so that no report reads the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import frappe

from bottle_mfg.ledger import ZERO, Key
from bottle_mfg.posting.balances import SEPARATOR, row_name
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, flat, places, standard_values

_SUMS = (
	"quantity",
	"value",
	"purchased_quantity",
	"purchased_value",
	"consumed_quantity",
	"consumed_value",
	"produced_quantity",
	"produced_value",
	"conversion_cost",
	"sold_quantity",
	"revenue",
	"cost_of_goods",
)

Sums = dict[str, Decimal]


def sums(voucher_type: str, quantity: Decimal, value: Decimal, declared: Decimal, revenue: Decimal) -> Sums:
	"""What one valued movement adds to its day. Quantity and value are signed, the parts are not."""
	both: Sums = {"quantity": quantity, "value": value}
	if voucher_type == "Bottle Purchase":
		return both | {"purchased_quantity": quantity, "purchased_value": value}
	if voucher_type == "Bottle Sale":
		return both | {"sold_quantity": -quantity, "cost_of_goods": -value, "revenue": revenue}
	if quantity < 0:
		return both | {"consumed_quantity": -quantity, "consumed_value": -value}
	return both | {"produced_quantity": quantity, "produced_value": value, "conversion_cost": declared}


def add(day: date, changes: Iterable[tuple[Key, Sums]], now: datetime, sign: int = 1) -> None:
	"""Add (`sign` -1: take away) the changes to their rows of `day`, all in one statement."""
	totals: dict[Key, Sums] = defaultdict(lambda: dict.fromkeys(_SUMS, ZERO))
	for key, parts in changes:
		for column, part in parts.items():
			totals[key][column] += sign * part
	rows = [
		(
			f"{day}{SEPARATOR}{row_name(key)}",
			*standard_values(now),
			day,
			*key,
			*(total[column] for column in _SUMS),
		)
		for key, total in sorted(totals.items())
	]
	frappe.db.sql(
		f"""insert into `tabBottle Daily Total`
			({columns(("name", *STANDARD_COLUMNS, "date", "item", "warehouse", *_SUMS))})
		values {places(rows)}
		on duplicate key update modified = values(modified), modified_by = values(modified_by),
			{", ".join(f"`{column}` = `{column}` + values(`{column}`)" for column in _SUMS)}""",
		flat(rows),
	)


def rename(field: str, name: str) -> None:
	"""Give the totals of a renamed item or warehouse the names that go with it."""
	frappe.db.sql(
		f"update `tabBottle Daily Total` set name = concat(date, %s, item, %s, warehouse) where `{field}` = %s",
		(SEPARATOR, SEPARATOR, name),
	)
