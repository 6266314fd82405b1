"""The card of items out of stock became one of items to order: the old one would stay on the site, and on no page."""

from __future__ import annotations

import frappe


def execute() -> None:
	"""Delete the card, unless somebody has made it his own."""
	card = "Bottle Items Out of Stock"
	if frappe.db.get_value("Number Card", card, "is_standard"):
		frappe.delete_doc("Number Card", card, force=True)
