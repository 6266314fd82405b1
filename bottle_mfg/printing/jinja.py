"""What our templates call (hook `jinja`)."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.www.printview import validate_print_permission

from bottle_mfg.printing.batch_card import BatchCard
from bottle_mfg.printing.bills import Invoice, PurchaseBill
from bottle_mfg.printing.paper import Paper
from bottle_mfg.printing.receipt import Receipt
from bottle_mfg.printing.statement import StatementPaper

VIEWS: dict[str, type[Paper]] = {
	"Blow": BatchCard,
	"Bottle Customer": StatementPaper,
	"Bottle Payment": Receipt,
	"Bottle Purchase": PurchaseBill,
	"Bottle Sale": Invoice,
}


def bottle_print(doc: Any) -> Paper:
	"""What the print of a document shows: of what is stored, whatever a client says that the document holds.

	Frappe prints what a client sends, and looks for the rights in that, too: it may name itself the owner of a bill
	that is somebody else's. Raises what Frappe raises where the document does not exist or may not be printed.
	"""
	stored = frappe.get_doc(doc.doctype, doc.name)
	if not frappe.flags.ignore_print_permissions:
		validate_print_permission(stored)
	return VIEWS[stored.doctype](stored)
