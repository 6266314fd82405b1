"""The laws of the ledger, checked on what the database holds of one test's factory."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal as D
from typing import Any

import frappe


def assert_laws(factory: Any) -> None:
	"""Laws 1 and 3 for every balance of the factory's warehouse, law 2 for the warehouse, and the daily totals."""
	held = {item: (D(q), D(v)) for item, q, v in _rows("Bottle Stock", "item, {q}, {v}", "", factory)}
	by_item: dict[str, list[Any]] = defaultdict(list)
	for item, *figures in _rows(
		"Bottle Ledger Entry",
		"item, {q}, {v}, cast(balance_quantity as char), cast(balance_value as char)",
		"and is_cancelled = 0 order by posting_datetime, sequence",
		factory,
	):
		by_item[item].append([D(figure) for figure in figures])
	assert {item for item, (quantity, _) in held.items() if quantity} <= set(by_item)
	for item, (quantity, value) in held.items():
		assert_running(by_item[item], quantity, value)
	assert_conserved(factory, sum((value for _, value in held.values()), D(0)))
	totals = _rows(
		"Bottle Daily Total",
		"item, cast(sum(quantity) as char), cast(sum(value) as char)",
		"group by item",
		factory,
	)
	assert {item: (D(q), D(v)) for item, q, v in totals} == held


def assert_running(entries: list[list[D]], quantity: D, value: D) -> None:
	"""The running balances add up, never fall below zero, and end at what is held."""
	running_quantity = running_value = D(0)
	for moved, worth, balance_quantity, balance_value in entries:
		running_quantity += moved
		running_value += worth
		assert (running_quantity, running_value) == (balance_quantity, balance_value)
		assert running_quantity >= 0
		assert running_value >= 0
		assert running_quantity or not running_value
	assert (running_quantity, running_value) == (quantity, value)


def assert_conserved(factory: Any, stock_value: D) -> None:
	"""What was bought and added is in stock or was sold, by the documents' own figures."""
	bought = _total("Bottle Purchase", "total_amount", factory)
	converted = _total("Blow", "conversion_cost", factory)
	sold = _total("Bottle Sale", "cost_of_goods", factory)
	assert bought + converted == stock_value + sold


def _total(doctype: str, column: str, factory: Any) -> D:
	rows = frappe.db.sql(
		f"select cast(coalesce(sum(`{column}`), 0) as char) from `tab{doctype}` where warehouse = %s and docstatus = 1",
		(factory.warehouse,),
	)
	return D(rows[0][0])


def _rows(doctype: str, fields: str, rest: str, factory: Any) -> Any:
	fields = fields.format(q="cast(quantity as char)", v="cast(value as char)")
	return frappe.db.sql(
		f"select {fields} from `tab{doctype}` where warehouse = %s {rest}", (factory.warehouse,)
	)
