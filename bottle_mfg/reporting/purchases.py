"""What was bought, by supplier, month or bill; and what one item cost each time. Returns count below zero."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, divide
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.bills import Seen
from bottle_mfg.reporting.pages import Cut

SUPPLIER, MONTH = "supplier", "month"

_GROUPS = {SUPPLIER: "supplier", MONTH: "last_day(`date`)"}
"""What purchases can be summed by, and the SQL for it; a month is named by its last day."""

# Left to itself the database goes by the groups' own index, row by row through all years.
_INDEX = "use index (goods_bought)"

_SUMS = {
	"billed": "if(is_return, 0, total_amount)",
	"returned": "if(is_return, -total_amount, 0)",
	"other_charges": "other_charges",
	"paid": "paid_amount",
	"outstanding": "outstanding_amount",
}


@dataclass(frozen=True)
class Bought:
	"""Some bills and returns, in currency. `returned` is above zero; `paid` is less what the supplier gave back.

	`billed` is with `other_charges`, as freight. `last` is the day of the newest bill.
	"""

	bills: int = 0
	returns: int = 0
	billed: Decimal = ZERO
	returned: Decimal = ZERO
	other_charges: Decimal = ZERO
	paid: Decimal = ZERO
	outstanding: Decimal = ZERO
	last: date | None = None

	def __add__(self, other: Bought) -> Bought:
		sums = (getattr(self, one.name) + getattr(other, one.name) for one in fields(Bought)[:-1])
		return Bought(*sums, max(filter(None, (self.last, other.last)), default=None))

	@property
	def amount(self) -> Decimal:
		return self.billed - self.returned

	@property
	def average(self) -> Decimal | None:
		"""What a bill comes to, to 4 places; None without one."""
		return divide(self.billed, Decimal(1), Decimal(self.bills)) if self.bills else None


@dataclass(frozen=True)
class Bill:
	"""A purchase or a return, whose amounts are below zero."""

	name: str
	day: date
	supplier_bill_no: str | None
	due: date | None
	payment_status: str
	is_return: bool
	amount: Decimal
	other_charges: Decimal
	paid: Decimal
	credited: Decimal
	outstanding: Decimal


@dataclass(frozen=True)
class Priced:
	"""A line of a bill. What goes back has a quantity and an amount below zero."""

	name: str
	day: date
	supplier: str
	is_return: bool
	quantity: Decimal
	unit_price: Decimal
	amount: Decimal


@dataclass(frozen=True)
class Prices:
	"""What one unit of an item was bought at, other charges left out; returns left out."""

	times: int
	quantity: Decimal
	amount: Decimal
	lowest: Decimal
	highest: Decimal
	last: Decimal

	@property
	def average(self) -> Decimal:
		"""By quantity, to 4 places."""
		return divide(self.amount, Decimal(1), self.quantity)


def purchases(seen: Seen, first: date, last: date, group: str, where: dict[str, Any]) -> dict[Any, Bought]:
	"""What was bought from `first` to `last` by the values of `group`.

	`where` names columns of Bottle Purchase and the values they have to have (None: any). Raises `KeyError` for an
	unknown group.
	"""
	by = _GROUPS[group]
	condition, values = seen.submitted(first, last, where)
	sums = ", ".join(f"cast(sum({sql}) as char)" for sql in _SUMS.values())
	rows = frappe.db.sql(
		f"""select {by}, sum(is_return = 0), sum(is_return), max(if(is_return, null, `date`)), {sums}
		from `tabBottle Purchase` {_INDEX} where {condition} group by {by}""",
		values,
	)
	return {
		key: Bought(int(bills), int(returns), *map(exact, figures), last=newest)
		for key, bills, returns, newest, *figures in rows
	}


def bills(seen: Seen, first: date, last: date, where: dict[str, Any], cut: Cut) -> list[Bill]:
	"""The bills of a page, newest first."""
	condition, values = seen.submitted(first, last, where)
	figures = ("total_amount", "other_charges", "paid_amount", "credited_amount", "outstanding_amount")
	sums = ", ".join(f"cast(`{column}` as char)" for column in figures)
	rows = frappe.db.sql(
		f"""select name, date, supplier_bill_no, due_date, payment_status, is_return, {sums} from `tabBottle Purchase`
		where {condition} order by date desc, name desc limit %s offset %s""",
		[*values, *cut.limit],
	)
	return [Bill(*row[:5], bool(row[5]), *map(exact, row[6:])) for row in rows]


def lines(seen: Seen, first: date, last: date, item: str, where: dict[str, Any]) -> list[Priced]:
	"""All lines of an item in submitted bills and returns, oldest first. Looks at the item's lines alone."""
	condition, values = seen.submitted(first, last, where)
	confined, allowed = within(seen.kind.doctype, {"line.item": "Bottle Item"})
	sign = "if(bill.is_return, -line.quantity, line.quantity)"
	rows = frappe.db.sql(
		f"""select bill.name, bill.date, bill.supplier, bill.is_return, cast({sign} as char),
			cast(line.unit_price as char), cast(line.amount as char)
		from `tabBottle Purchase Item` line straight_join
			(select name, date, posting_time, supplier, is_return from `tabBottle Purchase` where {condition}) bill
			on bill.name = line.parent and line.parenttype = 'Bottle Purchase'
		where {" and ".join(["line.item = %s", *confined])}
		order by bill.date, bill.posting_time, bill.name, line.idx""",
		[*values, item, *allowed],
	)
	return [Priced(*row[:3], bool(row[3]), *map(exact, row[4:])) for row in rows]


def prices(found: list[Priced]) -> Prices | None:
	"""What the lines that were bought say together; None where there is none."""
	bought = [one for one in found if not one.is_return]
	if not bought:
		return None
	each = [one.unit_price for one in bought]
	return Prices(
		len(bought),
		sum((one.quantity for one in bought), ZERO),
		sum((one.amount for one in bought), ZERO),
		min(each),
		max(each),
		each[-1],
	)
