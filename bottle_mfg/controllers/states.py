"""What a document was at some moment: to go back to, and to tell what was changed since."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

AS_READ = "_as_read"
"""The attribute of a document that holds its `State` when the server read it."""

_STAMPS = {"modified", "modified_by"}
_LINE_STAMPS = {*_STAMPS, "docstatus"}


class State:
	"""A document and its lines as they were at some moment."""

	def __init__(self, doc: Document) -> None:
		self._own = _copied(vars(doc))
		self._own.pop(AS_READ, None)
		self._lines = {
			table.fieldname: [_copied(vars(row)) for row in doc.get(table.fieldname) or []]
			for table in doc.meta.get_table_fields()
		}

	def restore(self, doc: Document) -> None:
		"""Make the document, with the very same lines, what it was. What was read last stays known."""
		read = vars(doc).get(AS_READ)
		_become(doc, self._own)
		setattr(doc, AS_READ, read)
		for table, lines in self._lines.items():
			for row, line in zip(doc.get(table) or [], lines, strict=True):
				_become(row, line)

	@property
	def modified(self) -> Any:
		return self._own.get("modified")

	def values(self, doc: Document) -> dict[str, Any]:
		"""What the database keeps of it and of its lines, but for what Frappe sets at each saving."""
		values = {key: self._own.get(key) for key in doc.meta.get_valid_columns() if key not in _STAMPS}
		for table in doc.meta.get_table_fields():
			columns = frappe.get_meta(table.options).get_valid_columns()
			values[table.fieldname] = [
				{key: line.get(key) for key in columns if key not in _LINE_STAMPS}
				for line in self._lines[table.fieldname]
			]
		return values


def _copied(state: dict[str, Any]) -> dict[str, Any]:
	"""A copy of an object's attributes, with copies of the lists and flags among them."""
	return {key: value.copy() if isinstance(value, list | dict) else value for key, value in state.items()}


def _become(one: Document, state: dict[str, Any]) -> None:
	vars(one).clear()
	vars(one).update(_copied(state))
