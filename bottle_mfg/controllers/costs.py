"""Who may see what goods cost and what was earned: permission level 1, in answers too."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

COST_LEVEL = 1


def may_see_costs(doctype: str, user: str | None = None) -> bool:
	"""Whether the user may read the fields of permission level 1 of a DocType."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	roles = set(frappe.get_roles(user))
	return any(
		row.permlevel == COST_LEVEL and row.read and row.role in roles
		for row in frappe.get_meta(doctype).permissions
	)


def cost_fields(doctype: str) -> set[str]:
	"""The names of the fields of permission level 1 of a DocType and of its lines."""
	meta = frappe.get_meta(doctype)
	metas = [meta, *(frappe.get_meta(table.options) for table in meta.get_table_fields())]
	return {field.fieldname for one in metas for field in one.fields if field.permlevel >= COST_LEVEL}


class HidesCosts(Document):
	"""A document whose level 1 fields do not leave in the answer to a request of someone who may not read them.

	Frappe strips them where a document is read, not where it was just saved or submitted.
	"""

	def as_dict(self, *args: Any, **kwargs: Any) -> Any:
		answer = super().as_dict(*args, **kwargs)
		if getattr(frappe.local, "request", None) and not may_see_costs(self.doctype):
			_strip(self.meta, answer)
			for table in self.meta.get_table_fields():
				for row in answer.get(table.fieldname) or []:
					_strip(frappe.get_meta(table.options), row)
		return answer


def _strip(meta: Any, values: dict[str, Any]) -> None:
	for field in meta.fields:
		if field.permlevel >= COST_LEVEL:
			values.pop(field.fieldname, None)
