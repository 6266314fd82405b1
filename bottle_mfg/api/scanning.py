"""What a scanner, or a hand, puts into a form's scan field."""

from __future__ import annotations

import frappe
from frappe import _

from bottle_mfg.api.arguments import refuse, text
from bottle_mfg.api.types import Scanned
from bottle_mfg.controllers.fields import storable
from bottle_mfg.errors import NotFoundError, throw


@frappe.whitelist(methods=["GET", "POST"])
def find_item(code: str | None = None) -> Scanned:
	"""The item with a barcode, or else the one with an item code; upper and lower case are the same, all else counts.

	Args:
	    code: what was scanned or typed; required

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404, where there is no such item or the user may not see it
	    `PermissionError`: 403, for users who may not read items
	"""
	wanted = text("code", code).strip()
	if not wanted or not storable(wanted):
		refuse("code", _("{0} has to be text").format("code"), "string")
	# The database takes other letters and spaces for the same, too; a scanner means what it reads.
	found = [
		row
		for fieldname in ("barcode", "name")
		for row in frappe.get_list(
			"Bottle Item",
			filters={fieldname: wanted},
			fields=["name", "item_name", "item_type", "uom", "barcode", "disabled"],
			limit_page_length=2,
		)
		if (row[fieldname] or "").casefold() == wanted.casefold()
	]
	if not found:
		throw(
			NotFoundError(
				_("No item has the barcode or code {0}").format(wanted), doctype="Bottle Item", name=wanted
			)
		)
	item = found[0]
	return {
		"item_id": item.name,
		"item_name": item.item_name,
		"item_type": item.item_type,
		"uom": item.uom,
		"barcode": item.barcode,
		"disabled": bool(item.disabled),
	}
