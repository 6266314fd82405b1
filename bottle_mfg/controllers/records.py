"""The masters that documents name, read from Frappe's cache of documents where they are few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe

FEW = 4
"""So many records come from the cache, one after another. For more, one query is faster."""


def records(doctype: str, names: Iterable[str], fields: tuple[str, ...]) -> dict[str, Any]:
	"""Those of the named masters that exist, with some of their fields, by their names exactly as written."""
	wanted = {name for name in names if name}
	if len(wanted) > FEW:
		found = frappe.get_all(
			doctype, filters={"name": ("in", sorted(wanted))}, fields=["name", *fields], order_by="name"
		)
	else:
		found = [
			frappe._dict({field: doc.get(field) for field in ("name", *fields)})
			for doc in map(_cached, [doctype] * len(wanted), wanted)
			if doc
		]
	return {record.name: record for record in found}


def value(doctype: str, name: str | None, field: str) -> Any:
	"""A field of one master; None where there is none of that name."""
	doc = _cached(doctype, name) if name else None
	return doc.get(field) if doc else None


def exists(doctype: str, name: str) -> bool:
	"""Whether there is a master of exactly this name."""
	return _cached(doctype, name) is not None


def _cached(doctype: str, name: str) -> Any:
	try:
		doc = frappe.get_cached_doc(doctype, name)
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return None
	# The database finds other spellings too. Under those nobody would clear the cache.
	return doc if doc.name == name else None
