"""The floor: what Frappe itself takes for a submittable document that does nothing but have the lines of a sale."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

FLOOR = "Benchmark Floor"


@contextmanager
def floor_doctype() -> Iterator[str]:
	"""Have the DocType on the site for the block: no controller, a random name, the lines of Bottle Sale."""
	_remove()
	frappe.get_doc(
		{
			"doctype": "DocType",
			"name": FLOOR,
			"module": "Bottle Mfg",
			"custom": 1,
			"is_submittable": 1,
			"track_changes": frappe.get_meta("Bottle Sale").track_changes,
			"autoname": "hash",
			"fields": [
				{"fieldname": "items", "fieldtype": "Table", "label": "Items", "options": "Bottle Sale Item"}
			],
			"permissions": [{"role": "System Manager", "read": 1, "write": 1, "create": 1, "submit": 1}],
		}
	).insert()
	frappe.db.commit()
	try:
		yield FLOOR
	finally:
		_remove()


def _remove() -> None:
	frappe.db.rollback()
	if frappe.db.exists("DocType", FLOOR):
		frappe.delete_doc("DocType", FLOOR, force=True)
		frappe.db.sql_ddl(f"drop table if exists `tab{FLOOR}`")
	frappe.db.delete("Bottle Sale Item", {"parenttype": FLOOR})
	frappe.db.commit()
