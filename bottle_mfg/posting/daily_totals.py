"""The rows of Bottle Daily Total: sums per day, item and warehouse, so that no report reads the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import frappe

from bottle_mfg.ledger import ZERO, Basis, Key, Movement
from bottle_mfg.posting.balances import SEPARATOR, row_name
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, flat, places, standard_values

SUMS = (
	"quantity",
	"value",
	"purchased_quantity",
	"purchased_value",
	"return_difference",
	"consumed_quantity",
	"consumed_value",
	"produced_quantity",
	"produced_value",
	"conversion_cost",
	"credited_quantity",
	"credited_value",
	"gained_quantity",
	"gained_value",
	"lost_quantity",
	"lost_value",
	"opened_quantity",
	"opened_value",
	"moved_in_quantity",
	"moved_in_value",
	"moved_out_quantity",
	"moved_out_value",
	"sold_quantity",
	"revenue",
	"cost_of_goods",
)

Sums = dict[str, Decimal]
Change = tuple[date, Key, Sums]


def sums(voucher_type: str, movement: Movement, value: Decimal, revenue: Decimal = ZERO) -> Sums:
	"""What one valued movement adds to its day. Quantity and value are signed; the parts say what it was.

	What is sold, and what is bought, falls by what comes back.
	"""
	moved, declared = movement.quantity, movement.declared
	both: Sums = {"quantity": moved, "value": value}
	if voucher_type == "Bottle Purchase":
		if moved > 0:
			return both | {"purchased_quantity": moved, "purchased_value": value}
		credit = {"purchased_quantity": moved, "purchased_value": -declared}
		return both | credit | {"return_difference": declared + value}
	if voucher_type == "Bottle Sale":
		return both | {"sold_quantity": -moved, "cost_of_goods": -value, "revenue": revenue}
	if voucher_type == "Bottle Stock Count":
		if movement.basis is Basis.DECLARED:
			return both | {"opened_quantity": moved, "opened_value": value}
		return both | _parts("gained", "lost", moved, value)
	if voucher_type == "Bottle Stock Transfer":
		return both | _parts("moved_in", "moved_out", moved, value)
	if movement.basis is Basis.CREDITED:
		return both | {"credited_quantity": moved, "credited_value": value}
	if moved > 0:
		return both | {"produced_quantity": moved, "produced_value": value, "conversion_cost": declared}
	return both | {"consumed_quantity": -moved, "consumed_value": -value}


def _parts(receipt: str, issue: str, quantity: Decimal, value: Decimal) -> Sums:
	if quantity > 0:
		return {f"{receipt}_quantity": quantity, f"{receipt}_value": value}
	return {f"{issue}_quantity": -quantity, f"{issue}_value": -value}


def difference(voucher_type: str, movement: Movement, old: Decimal, new: Decimal) -> Sums:
	"""What a movement's day gains where its value is no longer `old` but `new`."""
	before, after = sums(voucher_type, movement, old), sums(voucher_type, movement, new)
	return {column: after[column] - before[column] for column in after if after[column] != before[column]}


def name_of(day: date, key: Key) -> str:
	"""The name of the row of a day, item and warehouse: the primary key, hence unique."""
	return f"{day}{SEPARATOR}{row_name(key)}"


def add(changes: Iterable[Change], now: datetime, sign: int = 1) -> None:
	"""Add (`sign` -1: take away) the changes to the rows of their days, all in one statement."""
	totals: dict[tuple[date, Key], Sums] = defaultdict(lambda: dict.fromkeys(SUMS, ZERO))
	for day, key, parts in changes:
		total = totals[day, key]
		for column, part in parts.items():
			total[column] += sign * part
	rows = [
		(
			name_of(day, key),
			*standard_values(now),
			day,
			*key,
			*(total[column] for column in SUMS),
		)
		for (day, key), total in sorted(totals.items())
	]
	if not rows:
		return
	frappe.db.sql(
		f"""insert into `tabBottle Daily Total`
			({columns(("name", *STANDARD_COLUMNS, "date", "item", "warehouse", *SUMS))})
		values {places(rows)}
		on duplicate key update modified = values(modified), modified_by = values(modified_by),
			{", ".join(f"`{column}` = `{column}` + values(`{column}`)" for column in SUMS)}""",
		flat(rows),
	)


def rename(field: str, name: str) -> None:
	"""Give the totals of a renamed item or warehouse the names that go with it."""
	frappe.db.sql(
		f"update `tabBottle Daily Total` set name = concat(date, %s, item, %s, warehouse) where `{field}` = %s",
		(SEPARATOR, SEPARATOR, name),
	)
