"""Writing the lines of a document: all of a table by one statement, where Frappe takes one for each line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.model.naming import set_new_name

from bottle_mfg.posting.sql import columns, flat, places

_AT_ONCE = 1000
"""Lines in one statement, so that it stays well below what the database accepts."""

_WRITTEN = "written_at_once"


class RowWrittenWithOthers(Document):
	"""A line that leaves out Frappe's own statement when its document has written it already."""

	def db_insert(self, *args: Any, **kwargs: Any) -> None:
		if not self.flags.pop(_WRITTEN, False):
			super().db_insert(*args, **kwargs)
		vars(self).pop("__unsaved", None)

	def db_update(self) -> None:
		if not self.flags.pop(_WRITTEN, False):
			super().db_update()


class WritesRowsAtOnce(Document):
	"""A document that writes its lines before Frappe comes to write each of them."""

	def db_insert(self, *args: Any, **kwargs: Any) -> None:
		super().db_insert(*args, **kwargs)
		for field in self.meta.get_table_fields():
			_write(self.get(field.fieldname))

	def update_child_table(self, fieldname: str, df: Any = None) -> None:
		_write(self.get(fieldname))
		super().update_child_table(fieldname, df)


def _write(rows: Sequence[Document]) -> None:
	ours = [row for row in rows if isinstance(row, RowWrittenWithOthers)]
	for row in ours:
		row.flags[_WRITTEN] = False
	if len(ours) > 1:
		_write_some([row for row in ours if not _is_new(row)], new=False)
		_write_some([row for row in ours if _is_new(row)], new=True)


def _is_new(row: Document) -> bool:
	return bool(row.get("__islocal") or not row.name)


def _write_some(rows: Sequence[Document], new: bool) -> None:
	left = iter(rows)
	while some := list(islice(left, _AT_ONCE)):
		try:
			_send(some, new)
		except Exception as error:
			if frappe.db.is_primary_key_violation(error) or frappe.db.is_unique_key_violation(error):
				return  # Frappe's own statements, one for each, will say which it is
			raise
		for row in some:
			row.flags[_WRITTEN] = True
			row.set("__islocal", False)


def _send(rows: Sequence[Document], new: bool) -> None:
	for row in rows:
		if not row.name:
			set_new_name(row)
	found = [row.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True) for row in rows]
	names = list(found[0])
	changed = ", ".join(f"`{name}` = values(`{name}`)" for name in names if name != "name")
	on_duplicate = "" if new else f"on duplicate key update {changed}"
	values = [list(one.values()) for one in found]
	frappe.db.sql(
		f"insert into `tab{rows[0].doctype}` ({columns(names)}) values {places(values)} {on_duplicate}",
		flat(values),
	)
