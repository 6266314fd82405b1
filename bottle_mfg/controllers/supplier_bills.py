"""The numbers of suppliers' bills: each stands on one purchase only.

A unique index on supplier and number holds that, also where two people enter the same bill at the same moment. A
purchase that is cancelled gives its number up; a return has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe import _

from bottle_mfg.errors import DuplicateBillError, throw


def key(number: Any) -> str | None:
	"""A bill number in one spelling: capitals and spaces make no other number of it. None for no number."""
	return "".join(number.split()).casefold() or None if isinstance(number, str) else None


@contextmanager
def entered_once(purchase: Any) -> Iterator[None]:
	"""Around writing a purchase: raise `DuplicateBillError` where another one has its bill."""
	try:
		yield
	except frappe.UniqueValidationError:
		frappe.clear_last_message()
		_refuse(purchase)
		raise


def _refuse(purchase: Any) -> None:
	# With a lock: what others committed meanwhile is seen.
	other = frappe.db.sql(
		"""select name from `tabBottle Purchase` where supplier = %s and bill_key = %s and name != %s
		lock in share mode""",
		(purchase.supplier, purchase.bill_key, purchase.name),
		pluck=True,
	)
	if not other:
		return
	keys, named = {}, _("another purchase")
	if _may_read(purchase.doctype, other[0]):
		keys, named = {"doctype": purchase.doctype, "name": other[0]}, other[0]
	sentence = _("Bill {0} of {1} stands on {2} already")
	throw(DuplicateBillError(sentence.format(purchase.supplier_bill_no, purchase.supplier, named), **keys))


def _may_read(doctype: str, name: str) -> bool:
	try:
		return bool(frappe.has_permission(doctype, "read", doc=name))
	except frappe.DoesNotExistError:  # it was committed after this transaction began, which cannot look at it
		frappe.clear_last_message()
		return False
