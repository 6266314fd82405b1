"""The file of a Data Import as Frappe reads it: which documents it holds, and where in it their values stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.core.doctype.data_import import importer as frappes
from frappe.utils import strip_html

UPDATE = frappes.UPDATE

_NUMBERS = ("Int", "Float", "Currency", "Percent")
_AS_ENTERED = (*_NUMBERS, "Check", "Time")
"""Frappe would make 0 of what is none of these; here that is a fault."""

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?")
"""A number with commas between thousands, or as India writes it: 1,234.5 or 1,23,456."""

_YES = {"1", "t", "true", "y", "yes"}
_NO = {"0", "f", "false", "n", "no"}


@dataclass(frozen=True)
class RowFault:
	"""What is wrong in a row of the file (None: with all of it). `column` is the heading that it stands under."""

	row: int | None
	message: str
	type: str
	column: str | None = None
	fieldname: str | None = None

	def sentence(self) -> str:
		"""The message, with the column where it does not say that itself."""
		label = (self.column or "").partition(" (")[0]
		return self.message if not label or label in self.message else f"{self.column}: {self.message}"


@dataclass
class Entered:
	"""One document of the file: its values as entered, and its rows. `lines` has the row of each line of a table."""

	values: dict[str, Any]
	rows: list[int]
	lines: dict[str, list[int]] = field(default_factory=dict)
	faults: list[RowFault] = field(default_factory=list)


class Sheet:
	"""A file, read by Frappe's parser: columns are matched, dates and links understood as in every Data Import."""

	def __init__(self, data_import: Any) -> None:
		getattr(frappes.Row, "link_values_exist_map", {}).clear()  # what older releases remember for good
		if hasattr(data_import, "set_delimiters_flag"):
			data_import.set_delimiters_flag()
		self.doctype: str = data_import.reference_doctype
		self.is_update = data_import.import_type == UPDATE
		self._file = data_import.get_importer().import_file
		self._columns = [one for one in self._file.columns if one.df and not one.skip_import]
		self._headings = {(one.df.parent, one.df.fieldname): one.header_title for one in self._columns}

	def documents(self) -> list[Entered]:
		"""The documents, in the order of the file, each with the faults that can be seen without entering it."""
		payloads = self._file.get_payloads_for_import()
		return [self._entered(payload) for payload in payloads]

	def fault(self, one: Entered, loc: Sequence[str | int], message: str, kind: str) -> RowFault:
		"""A fault of a document, at the place `loc` in it, as one of the file's rows and columns."""
		row, doctype = one.rows[0], self.doctype
		table = self._table(loc[0]) if len(loc) > 1 else None
		if table:
			lines, doctype = one.lines.get(table.fieldname, []), table.options
			row = lines[loc[1]] if isinstance(loc[1], int) and loc[1] < len(lines) else row
		fieldname = loc[-1] if loc and isinstance(loc[-1], str) else None
		return RowFault(row, message, kind, self._headings.get((doctype, fieldname)), fieldname)

	def _table(self, fieldname: Any) -> Any:
		tables = frappe.get_meta(self.doctype).get_table_fields()
		return next((table for table in tables if table.fieldname == fieldname), None)

	def _entered(self, payload: Any) -> Entered:
		rows = payload.rows
		one = Entered(
			self._values(rows[0], payload.doc, self.doctype, None), [row.row_number for row in rows]
		)
		for table in {column.df.child_table_df.fieldname: 1 for column in self._columns if _of_line(column)}:
			filled = [row for row in rows if any(_is_filled(row, column) for column in self._of(table))]
			if self.is_update and not filled:
				continue  # as in Frappe's own import: nothing is said of the lines, so they stay
			one.lines[table] = [row.row_number for row in filled]
			one.values[table] = [
				self._values(row, line, None, table)
				for row, line in zip(filled, payload.doc.get(table) or [], strict=True)
			]
		one.faults = [*_parsers_faults(rows, self._headings)]
		return one

	def _of(self, table: str | None) -> Iterator[Any]:
		for column in self._columns:
			if (column.df.child_table_df.fieldname if _of_line(column) else None) == table:
				yield column

	def _values(self, row: Any, parsed: Any, doctype: str | None, table: str | None) -> dict[str, Any]:
		"""What the row says, and nothing else: what it leaves out is filled in as in a form."""
		values = {}
		for column in self._of(table):
			name, raw = column.df.fieldname, row.data[column.index] if column.index < len(row.data) else None
			if raw in frappes.INVALID_VALUES:
				continue
			if column.df.fieldtype in _AS_ENTERED:
				values[name] = _as_number(raw, column.df.fieldtype)
			elif parsed.get(name) is not None:
				values[name] = parsed.get(name)
		return values


def _of_line(column: Any) -> bool:
	return bool(column.df.get("is_child_table_field"))


def _is_filled(row: Any, column: Any) -> bool:
	return column.index < len(row.data) and row.data[column.index] not in frappes.INVALID_VALUES


def _as_number(raw: Any, fieldtype: str) -> Any:
	if not isinstance(raw, str):
		return str(raw) if fieldtype == "Time" else raw
	text = raw.strip()
	if fieldtype == "Check":
		return 1 if text.lower() in _YES else 0 if text.lower() in _NO else text
	return text.replace(",", "") if fieldtype in _NUMBERS and _GROUPED.fullmatch(text) else text


def _parsers_faults(rows: list[Any], headings: dict[tuple[str, str], str]) -> Iterator[RowFault]:
	for row in rows:
		for warning in row.warnings:
			if warning.get("type") != "info":
				about = warning.get("field") or {}
				fieldname = about.get("fieldname")
				column = headings.get((about.get("parent"), fieldname))
				yield RowFault(
					row.row_number, strip_html(warning["message"]), "not_understood", column, fieldname
				)
