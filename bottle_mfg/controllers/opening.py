"""What there was before the books began: stock without a purchase, and bills without goods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers.faults import Faults, empty
from bottle_mfg.controllers.numbers import stored
from bottle_mfg.controllers.stock_document import check_money
from bottle_mfg.errors import ForbiddenError, throw
from bottle_mfg.ledger import ZERO


def refuse_opening(doc: Any) -> None:
	"""Raise `ForbiddenError` where the user may not say what there was: that is for who may import such documents."""
	if doc.flags.ignore_permissions or frappe.has_permission(doc.doctype, "import"):
		return
	throw(ForbiddenError(_("Only who may import {0} may enter opening balances.").format(_(doc.doctype))))


def check_opening_bill(faults: Faults) -> None:
	"""Note what is wrong with a bill as far as it may be one of before: an amount instead of goods, or none.

	Raises `ForbiddenError` as `refuse_opening` does.
	"""
	doc = faults.doc
	if not doc.is_opening:
		if opening_amount(doc):
			faults.add("opening_amount", _("Only an opening balance has an opening amount"), "is_opening")
		if empty(doc.items) and not faults.noted("items"):
			faults.add("items", _("{0} is missing").format(_(doc.meta.get_label("items"))), "missing")
		return
	refuse_opening(doc)
	if doc.is_return:
		faults.add("is_return", _("An opening balance is no return"), "is_opening")
	if not empty(doc.items):
		faults.add("items", _("An opening balance has no items: they are in the opening stock"), "is_opening")
	check_money(faults, "opening_amount")


def opening_amount(doc: Any) -> Decimal:
	"""What a bill of before the books came to, as far as it was still to be paid then; 0 of any other."""
	return stored(doc.opening_amount) if doc.opening_amount else ZERO
