"""How many documents are connected with one, without counting those that the user may not see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
import frappe.desk.notifications

from bottle_mfg.controllers.ours import is_ours

MOST = 100
"""So many are counted at most: the Desk shows 99+."""


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: str | list[str] | None = None) -> dict[str, Any]:
	"""`frappe.desk.notifications.get_open_count`, which counts past all permissions, for our DocTypes within them.

	Raises `PermissionError` for users who may not read the document.
	"""
	answer = frappe.call(frappe.desk.notifications.get_open_count, doctype=doctype, name=name, items=items)
	if is_ours(doctype):
		doc = frappe.get_doc(doctype, name)
		for row in _found(answer):
			kind = str(row.get("name") or row.get("doctype"))
			row["count"] = _count(doc, kind) if is_ours(kind) else row["count"]
	return answer


def _found(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
	"""The counts of an answer: newer releases keep them in two lists, by where the link stands."""
	counts = answer.get("count") or []
	for rows in counts.values() if isinstance(counts, dict) else [counts]:
		yield from rows


def _count(doc: Any, doctype: str) -> int:
	if not frappe.has_permission(doctype):
		return 0
	links = doc.meta.get_dashboard_data()
	usual = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	named_by = getattr(doc, "named_by", None)
	fieldname = named_by(doctype) if named_by else None
	filters = {fieldname or usual: doc.name}
	if usual in links.get("dynamic_links", {}):
		kind, type_field = links.dynamic_links[usual]
		filters[type_field] = kind
	found = frappe.get_list(doctype, filters=filters, pluck="name", distinct=True, limit_page_length=MOST)
	return len(found)
