"""The laws of the ledger, checked on what the database holds of one test's factory."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal as D
from typing import Any

import frappe
from frappe.utils import add_days, getdate, nowdate

from bottle_mfg.posting.chain import broken
from bottle_mfg.reporting.ageing import outstanding
from bottle_mfg.reporting.bills import seen
from bottle_mfg.reporting.statements import statement

DAYS_LOOKED_BACK = 4


def assert_laws(factory: Any, warehouse: str | None = None) -> None:
	"""Laws 1 and 3 for every balance of a warehouse, law 2 for the warehouse, the daily totals, and the seals."""
	warehouse = warehouse or factory.warehouse
	held = {item: (D(q), D(v)) for item, q, v in _rows("Bottle Stock", "item, {q}, {v}", "", warehouse)}
	by_item: dict[str, list[Any]] = defaultdict(list)
	for item, *figures in _rows(
		"Bottle Ledger Entry",
		"item, {q}, {v}, cast(balance_quantity as char), cast(balance_value as char)",
		"and is_cancelled = 0 order by posting_datetime, sequence",
		warehouse,
	):
		by_item[item].append([D(figure) for figure in figures])
	assert {item for item, (quantity, _) in held.items() if quantity} <= set(by_item)
	for item, (quantity, value) in held.items():
		assert_running(by_item[item], quantity, value)
	assert_conserved(warehouse, sum((value for _, value in held.values()), D(0)))
	totals = _rows(
		"Bottle Daily Total",
		"item, cast(sum(quantity) as char), cast(sum(value) as char)",
		"group by item",
		warehouse,
	)
	assert_explained(warehouse)
	assert not [*broken(held)]
	unmoved = dict.fromkeys(held, (D(0), D(0)))
	assert unmoved | {item: (D(q), D(v)) for item, q, v in totals} == held


CAME_IN = ("purchased", "produced", "credited", "gained", "opened", "moved_in")
WENT_OUT = ("consumed", "sold", "lost", "moved_out")
WORTH = {"sold": "cost_of_goods"}


def assert_explained(warehouse: str) -> None:
	"""The parts of every daily total say all of what its quantity and value are."""
	quantity = [*(f"+ {part}_quantity" for part in CAME_IN), *(f"- {part}_quantity" for part in WENT_OUT)]
	value = [
		"+ return_difference",
		*(f"+ {part}_value" for part in CAME_IN),
		*(f"- {WORTH.get(part, f'{part}_value')}" for part in WENT_OUT),
	]
	unexplained = frappe.db.sql(
		f"""select name from `tabBottle Daily Total`
		where warehouse = %s and (quantity != {" ".join(quantity)} or value != {" ".join(value)})""",
		(warehouse,),
	)
	assert not unexplained


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


def assert_conserved(warehouse: str, stock_value: D) -> None:
	"""What was bought, added, found and brought is in stock, or was sold, lost or taken away.

	By the documents' own figures. What returns of purchases earned or lost is in neither place.
	"""
	bought = _total("Bottle Purchase", "total_amount - opening_amount", warehouse)
	earned = _total("Bottle Purchase", "return_difference", warehouse)
	converted = _total("Blow", "conversion_cost", warehouse)
	found = _total("Bottle Stock Count", "value_difference", warehouse)
	brought = _total("Bottle Stock Transfer", "total_value", warehouse, "to_warehouse")
	sold = _total("Bottle Sale", "cost_of_goods", warehouse)
	taken = _total("Bottle Stock Transfer", "total_value", warehouse, "from_warehouse")
	assert bought + earned + converted + found + brought == stock_value + sold + taken


def _total(doctype: str, column: str, warehouse: str, place: str = "warehouse") -> D:
	rows = frappe.db.sql(
		f"select cast(coalesce(sum({column}), 0) as char) from `tab{doctype}` where `{place}` = %s and docstatus = 1",
		(warehouse,),
	)
	return D(rows[0][0])


def _rows(doctype: str, fields: str, rest: str, warehouse: str) -> Any:
	fields = fields.format(q="cast(quantity as char)", v="cast(value as char)")
	return frappe.db.sql(f"select {fields} from `tab{doctype}` where warehouse = %s {rest}", (warehouse,))


def assert_owed(factory: Any) -> None:
	"""What a customer owes, or is owed by the factory's supplier: the same by the papers and by what is outstanding."""
	for doctype, field, party, total, way in (
		("Bottle Sale", "customer", factory.customer, "total_price", "Receive"),
		("Bottle Purchase", "supplier", factory.supplier, "total_amount", "Pay"),
	):
		bills = frappe.db.sql(
			f"""select cast({total} as char), cast(paid_amount as char), cast(credited_amount as char),
				cast(outstanding_amount as char), is_return
			from `tab{doctype}` where `{field}` = %s and docstatus = 1""",
			(party,),
		)
		for whole, paid, credited, left, is_return in bills:
			assert D(whole) - D(paid) - D(credited) == D(left)
			for amount in (paid, credited, left):
				assert D(amount) * (-1 if is_return else 1) >= 0
		payments = frappe.db.sql(
			"""select direction, cast(amount as char) from `tabBottle Payment`
			where party = %s and docstatus = 1 and result = 'Completed'""",
			(party,),
		)
		balance = sum((D(whole) for whole, *_ in bills), D(0))
		balance -= sum((D(amount) if to == way else -D(amount) for to, amount in payments), D(0))
		assert balance == sum((D(left) for *_, left, _back in bills), D(0))
		for ago in range(DAYS_LOOKED_BACK):
			assert_same_account(doctype, party, add_days(getdate(nowdate()), -ago), None if ago else balance)


def assert_same_account(doctype: str, party: str, day: date, balance: D | None) -> None:
	"""At the end of any day a party's statement says what its open bills of that day add up to."""
	account = statement(seen(doctype), party, day, day).closing
	assert balance is None or account == balance
	assert account == sum((one.outstanding for one in outstanding(seen(doctype), day, party)), D(0))
