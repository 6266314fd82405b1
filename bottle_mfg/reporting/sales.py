"""What was sold, by customer, month or bill: sums of submitted sales, in which returns count below zero.

All of it comes from the index `sales` of Bottle Sale, but for what single bills say beside their sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, divide
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.bills import Seen
from bottle_mfg.reporting.pages import Cut

CUSTOMER, MONTH = "customer", "month"

_GROUPS = {CUSTOMER: "customer", MONTH: "last_day(`date`)", None: "null"}
"""What sales can be summed by, and the SQL for it; a month is named by its last day."""

# Left to itself the database goes by the groups' own index, row by row through all years; but of one customer that is
# the shorter way.
_INDEX = "use index (goods_sold)"

_SUMS = {
	"quantity": "total_quantity",
	"amount": "total_price",
	"cost": "cost_of_goods",
	"paid": "paid_amount",
	"outstanding": "outstanding_amount",
}
MONEY = ("amount", "paid", "outstanding")
EARNED = ("amount", "cost")
"""Which sums are asked for beside the quantity: of a hundred thousand bills each takes its time."""


@dataclass(frozen=True)
class Sold:
	"""Some bills and returns. Quantities in the items' units, the rest in currency.

	`returned` is above zero. `paid` is less what was refunded, `outstanding` less what is to be refunded.
	`last` is the day of the newest bill.
	"""

	bills: int = 0
	returns: int = 0
	quantity: Decimal = ZERO
	billed: Decimal = ZERO
	returned: Decimal = ZERO
	cost: Decimal = ZERO
	paid: Decimal = ZERO
	outstanding: Decimal = ZERO
	last: date | None = None

	def __add__(self, other: Sold) -> Sold:
		sums = (getattr(self, one.name) + getattr(other, one.name) for one in fields(Sold)[:-1])
		return Sold(*sums, max(filter(None, (self.last, other.last)), default=None))

	@property
	def revenue(self) -> Decimal:
		return self.billed - self.returned

	@property
	def average(self) -> Decimal | None:
		"""What a bill comes to, to 4 places; None without one."""
		return divide(self.billed, Decimal(1), Decimal(self.bills)) if self.bills else None


def sales(
	seen: Seen,
	first: date,
	last: date,
	group: str | None,
	where: dict[str, Any],
	sums: Sequence[str] = MONEY,
) -> dict[Any, Sold]:
	"""What was sold from `first` to `last` by the values of `group`; all of it under None where that is None.

	`where` names columns of Bottle Sale and the values they have to have (None: any). What is not among `sums` stays 0.
	Raises `KeyError` for an unknown group.
	"""
	by, named = _GROUPS[group], ("quantity", *sums)
	condition, values = seen.submitted(first, last, where)
	# Returns as groups of their own: to tell them apart row by row takes as long as all the sums.
	rows = frappe.db.sql(
		f"""select {by}, is_return, count(*), max(`date`), {", ".join(f"cast(sum({_SUMS[name]}) as char)" for name in named)}
		from `tabBottle Sale` {"" if where.get("customer") else _INDEX}
		where {condition} group by {by}, is_return""",
		values,
	)
	found: dict[Any, Sold] = {}
	for key, is_return, count, newest, *figures in rows:
		one = _sold(is_return, count, newest, dict(zip(named, map(exact, figures), strict=True)))
		found[key] = found.get(key, Sold()) + one
	return found


def _sold(is_return: int, count: int, newest: date, told: dict[str, Decimal]) -> Sold:
	amount, cost = told["amount"], told.get("cost", ZERO)
	paid, outstanding = told.get("paid", ZERO), told.get("outstanding", ZERO)
	if is_return:
		return Sold(0, count, -told["quantity"], ZERO, -amount, cost, paid, outstanding)
	return Sold(count, 0, told["quantity"], amount, ZERO, cost, paid, outstanding, newest)


@dataclass(frozen=True)
class Bill:
	"""A sale or a return, whose amounts are below zero."""

	name: str
	day: date
	customer: str
	due: date | None
	payment_status: str
	is_return: bool
	quantity: Decimal
	amount: Decimal
	cost: Decimal
	paid: Decimal
	credited: Decimal
	outstanding: Decimal


def bills(seen: Seen, first: date, last: date, where: dict[str, Any], cut: Cut) -> list[Bill]:
	"""The bills of a page, newest first."""
	condition, values = seen.submitted(first, last, where)
	figures = ("total_price", "cost_of_goods", "paid_amount", "credited_amount", "outstanding_amount")
	sums = ", ".join(f"cast({sql} as char)" for sql in (_SIGNED, *figures))
	# The page is found by names and days alone, in the order of an index; then its bills are looked up.
	rows = frappe.db.sql(
		f"""select sale.name, date, customer, due_date, payment_status, is_return, {sums}
		from (
			select name from `tabBottle Sale` {"" if where.get("customer") else "ignore index (goods_sold, alike)"}
			where {condition}
			order by date desc, name desc limit %s offset %s
		) page straight_join `tabBottle Sale` sale on sale.name = page.name
		order by date desc, sale.name desc""",
		[*values, *cut.limit],
	)
	return [Bill(*row[:5], bool(row[5]), *map(exact, row[6:])) for row in rows]


_SIGNED = "if(is_return, -total_quantity, total_quantity)"
