"""Records that a document names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from bottle_mfg.controllers.records import FEW, exists
from bottle_mfg.doctypes import MASTERS
from bottle_mfg.errors import NotFoundError, throw

Link = tuple[str, str, list[Any]]
"""DocType and name of a record, and the place that names it."""


def refuse_missing_links(doc: Document) -> None:
	"""Raise `NotFoundError` where the document or a line names records that do not exist; it lists them all.

	Frappe's own check would name only their labels, and forgets the names while it checks.
	"""
	links = [link for source in [doc, *doc.get_all_children()] for link in _links(source)]
	_look_up(links)
	missing = [
		{"doctype": doctype, "name": name, "loc": loc}
		for doctype, name, loc in links
		if not frappe.db.get_value(doctype, name, "name", cache=True)
	]
	if missing:
		sentences = [_("{0} {1} does not exist").format(_(one["doctype"]), one["name"]) for one in missing]
		throw(NotFoundError("; ".join(sentences), **missing[0], missing=missing))


def _links(source: Document) -> Iterator[Link]:
	place = [source.parentfield, source.idx - 1] if source.get("parentfield") else []
	for field in source.meta.get_link_fields():
		name = source.get(field.fieldname)
		if name:
			yield field.options, name, [*place, field.fieldname]
	for field in source.meta.get_dynamic_link_fields():
		doctype, name = source.get(field.options), source.get(field.fieldname)
		if doctype and name:
			yield doctype, name, [*place, field.fieldname]


def _look_up(links: Iterable[Link]) -> None:
	"""Have Frappe's cache of this transaction know the records that several lines name, by one query for a DocType.

	Frappe would ask for each name. One that is spelled unlike its record, or has none, is left to be asked for.
	"""
	named: dict[str, set[str]] = defaultdict(set)
	for doctype, name, _loc in links:
		cache, key = _kept(doctype, name)
		if key not in cache:
			named[doctype].add(name)
	for doctype, names in named.items():
		if doctype in MASTERS and len(names) <= FEW:
			found = [name for name in names if exists(doctype, name)]
		elif len(names) > 1 and not frappe.get_meta(doctype).get("is_virtual"):
			table = frappe.qb.DocType(doctype)
			query = frappe.qb.from_(table).select(table.name).where(table.name.isin(sorted(names)))
			found = query.run(pluck=True)
		else:
			continue
		for name in found:
			cache, key = _kept(doctype, name)
			cache[key] = ((name,),)


def _kept(doctype: str, name: str) -> tuple[dict[Any, Any], Any]:
	"""Where Frappe keeps that a record exists: the dict and the key in it."""
	kept = frappe.db.value_cache
	if isinstance(kept, defaultdict):  # Frappe 16: nested
		return kept[doctype][name], "name"
	return kept, (doctype, name, "name")
