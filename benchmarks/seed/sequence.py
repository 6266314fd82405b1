"""The sequence that numbers ledger entries, and the statistics that the database plans by."""

from __future__ import annotations

import frappe


def last_number() -> int:
	"""The last number that the ledger's own sequence gave: this call draws it."""
	return int(frappe.db.sql("select nextval(`bottle_ledger_entry_id_seq`)")[0][0])


def settle(number: int) -> None:
	"""After a seed: the sequence goes on after `number`, and the database looks at the tables anew."""
	frappe.db.sql_ddl(f"alter sequence `bottle_ledger_entry_id_seq` restart with {number + 1}")
	for doctype in ("Bottle Ledger Entry", "Bottle Daily Total", "Bottle Stock", "Blow", "Bottle Sale"):
		frappe.db.sql(f"analyze table `tab{doctype}`")
	frappe.db.commit()
