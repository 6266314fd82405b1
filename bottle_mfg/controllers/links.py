"""Records that a document names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from bottle_mfg.errors import NotFoundError, throw


def refuse_missing_links(doc: Document) -> None:
	"""Raise `NotFoundError` where the document or a line names records that do not exist; it lists them all.

	Frappe's own check would name only their labels, and forgets the names while it checks.
	"""
	missing = [
		{"doctype": doctype, "name": name, "loc": loc}
		for source in [doc, *doc.get_all_children()]
		for doctype, name, loc in _links(source)
		if not frappe.db.get_value(doctype, name, "name", cache=True)
	]
	if missing:
		sentences = [_("{0} {1} does not exist").format(_(one["doctype"]), one["name"]) for one in missing]
		throw(NotFoundError("; ".join(sentences), **missing[0], missing=missing))


def _links(source: Document) -> Iterator[tuple[str, str, list[Any]]]:
	place = [source.parentfield, source.idx - 1] if source.get("parentfield") else []
	for field in source.meta.get_link_fields():
		name = source.get(field.fieldname)
		if name:
			yield field.options, name, [*place, field.fieldname]
