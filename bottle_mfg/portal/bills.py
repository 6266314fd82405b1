"""The bills of one customer. Every query names him; what somebody else's bill is called makes no difference."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe.utils import nowdate

from bottle_mfg.posting.sql import exact

PAGE = 20
"""Bills on one page."""


@dataclass(frozen=True)
class Owed:
	"""What a customer owes in all, and how much of it is overdue, in currency."""

	balance: Decimal
	overdue: Decimal


def owed(customer: str) -> Owed:
	"""What the bills that stand come to; what is still to be refunded is taken off."""
	balance, overdue = frappe.db.sql(
		"""select cast(sum(outstanding_amount) as char),
			cast(sum(if(outstanding_amount > 0 and due_date < %s, outstanding_amount, 0)) as char)
		from `tabBottle Sale` where customer = %s and docstatus = 1""",
		(nowdate(), customer),
	)[0]
	return Owed(exact(balance), exact(overdue))


def bills(customer: str, page: int) -> tuple[list[Any], bool]:
	"""A page of the bills that stand, the newest first, and whether there are more."""
	found = frappe.db.sql(
		"""select name, date, due_date, is_return, total_price, outstanding_amount, payment_status
		from `tabBottle Sale` where customer = %s and docstatus = 1
		order by date desc, creation desc, name desc limit %s offset %s""",
		(customer, PAGE + 1, (page - 1) * PAGE),
		as_dict=True,
	)
	return found[:PAGE], len(found) > PAGE


def bill(customer: str, name: str) -> Any | None:
	"""One bill with its `lines` and `payments`; None where the customer has none of that name."""
	found = frappe.db.sql(
		"""select name, date, due_date, is_return, return_against, total_price, paid_amount, credited_amount,
			outstanding_amount, payment_status
		from `tabBottle Sale` where name = %s and customer = %s and docstatus = 1""",
		(name, customer),
		as_dict=True,
	)
	if not found:
		return None
	shown = found[0]
	shown["lines"] = frappe.db.sql(
		"""select line.item, item.item_name, item.uom, line.quantity, line.unit_price + line.blow_price price, line.amount
		from `tabBottle Sale Item` line left join `tabBottle Item` item on item.name = line.item
		where line.parent = %s and line.parenttype = 'Bottle Sale' order by line.idx""",
		(shown.name,),
		as_dict=True,
	)
	shown["payments"] = frappe.db.sql(
		"""select name, date, mode, transaction_ref, direction, amount from `tabBottle Payment`
		where reference_type = 'Bottle Sale' and reference_name = %s and docstatus = 1 and result = 'Completed'
		order by date, creation""",
		(shown.name,),
		as_dict=True,
	)
	return shown
