"""What a customer may know of the stock: whether there is enough, little or none of what is sold."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import cint

IN_STOCK, LOW, OUT = "In Stock", "Low", "Out of Stock"


def availability() -> list[dict[str, Any]]:
	"""Every item that is sold, by its name, with its state; with its quantity only where the settings say so."""
	rows = frappe.db.sql(
		"""select item.name item, item.item_name, item.uom, item.size_ml, item.reorder_level,
			coalesce(sum(stock.quantity), 0) quantity
		from `tabBottle Item` item
		left join (
			`tabBottle Stock` stock join `tabBottle Warehouse` place on place.name = stock.warehouse and place.disabled = 0
		) on stock.item = item.name
		where item.disabled = 0 and item.item_type in ('Bottle', 'Sold')
		group by item.name order by item.item_name, item.name""",
		as_dict=True,
	)
	shows = cint(frappe.db.get_single_value("Bottle Mfg Settings", "portal_shows_quantities"))
	return [_shown(row, bool(shows)) for row in rows]


def _shown(row: Any, shows_quantity: bool) -> dict[str, Any]:
	state = OUT if row.quantity <= 0 else LOW if row.quantity <= row.reorder_level else IN_STOCK
	shown = {"item": row.item, "item_name": row.item_name, "size_ml": row.size_ml, "state": state}
	return shown | {"quantity": row.quantity, "uom": row.uom} if shows_quantity else shown
