"""Counters go on behind the numbers that files brought along. They did not before, and came to them again."""

from __future__ import annotations

import frappe
from frappe.model.base_document import get_controller

from bottle_mfg.controllers.ours import MODULE


def execute() -> None:
	"""Raise each counter to the highest number of its documents. May run more than once."""
	for doctype in frappe.get_all("DocType", filters={"module": MODULE}, pluck="name"):
		prefix = getattr(get_controller(doctype), "prefix", None)
		if prefix:
			frappe.db.sql(
				f"""insert into `tabSeries` (name, current)
				select concat(substring_index(name, '-', 2), '-'), max(cast(substring_index(name, '-', -1) as unsigned))
				from `tab{doctype}` where name regexp %s group by 1
				on duplicate key update current = greatest(current, values(current))""",
				f"^{prefix}-[0-9]{{6}}-[0-9]{{1,9}}$",
			)
