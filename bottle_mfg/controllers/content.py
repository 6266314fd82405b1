"""What a client states in a new document, as one short text that tells any two contents apart."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from frappe.model import default_fields, display_fieldtypes, table_fields
from frappe.model.document import Document

from bottle_mfg.controllers.faults import empty
from bottle_mfg.controllers.numbers import day, decimal, time_of_day

_NUMBERS = {"Float", "Currency", "Int", "Percent"}
_FACTS = {"Link", "Check"}
"""Read-only fields of these types say what a document is about (a return, an amendment); others are computed."""


def digest(doc: Document, key: str, stated: set[str]) -> str:
	"""A digest of what is stated in a document and its lines, of the wanted docstatus, and of the key itself.

	Numbers, dates and times count by what they mean, however they are written. A date or time that is not among
	the `stated` fields was filled in by the server, and may be another one at the next try.
	"""
	content = {
		"key": key,
		"docstatus": int(doc.docstatus or 0),
		"doctype": doc.doctype,
		"fields": _fields(doc, stated),
	}
	return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _fields(source: Document, stated: set[str] | None = None) -> dict[str, Any]:
	found = {}
	for field in source.meta.fields:
		if field.fieldtype in display_fieldtypes or field.fieldname in ("idempotency_key", *default_fields):
			continue
		if field.read_only and field.fieldtype not in _FACTS:
			continue
		if stated is not None and field.fieldtype in ("Date", "Time") and field.fieldname not in stated:
			continue
		plain = _plain(field.fieldtype, source.get(field.fieldname))
		if not empty(plain):
			found[field.fieldname] = plain
	return found


def _plain(fieldtype: str, raw: Any) -> Any:
	"""One way to write what may be written in several."""
	if fieldtype in table_fields:
		return [_fields(row) for row in raw or []]
	if empty(raw):
		return None
	if fieldtype in _NUMBERS:
		number = decimal(raw) if isinstance(raw, int | float | str) else None
		return raw if number is None else f"{number.normalize() + 0:f}"
	if fieldtype == "Check":
		return None if raw in (0, "0", False) else str(raw)
	if fieldtype == "Date":
		return str(day(raw) or raw)
	if fieldtype == "Time":
		return str(time_of_day(raw) or raw)
	return raw.strip() if isinstance(raw, str) else raw
