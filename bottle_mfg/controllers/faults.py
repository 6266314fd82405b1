"""Collecting everything that is wrong with a document before saying so once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from frappe import _
from frappe.model.document import Document

from bottle_mfg.controllers.numbers import stored, too_fine
from bottle_mfg.errors import Fault, InvalidValueError, throw


class Faults:
	"""The faults found so far in `doc` and its rows, those noted in `doc.flags.faults` included."""

	def __init__(self, doc: Document) -> None:
		self.doc = doc
		self.found: list[Fault] = list(doc.flags.faults or [])

	def add(self, fieldname: str, msg: str, type: str, row: Document | None = None) -> None:
		"""Note a fault of a field of the document, or of one of its rows."""
		fault = Fault(self._loc(fieldname, row), msg, type)
		if fault not in self.found:
			self.found.append(fault)

	def noted(self, fieldname: str) -> bool:
		"""Whether a fault of a field of the document was found already."""
		return any(fault.loc == (fieldname,) for fault in self.found)

	def throw(self) -> None:
		"""Raise `InvalidValueError` with all of them, if there are any."""
		if self.found:
			throw(InvalidValueError(self.found))

	def missing(self) -> None:
		"""Note every required field without a value, of the document and its rows."""
		noted = {fault.loc for fault in self.found}
		for row in [None, *self.doc.get_all_children()]:
			source = row or self.doc
			for field in source.meta.fields:
				lacking = field.reqd and empty(source.get(field.fieldname))
				if lacking and self._loc(field.fieldname, row) not in noted:
					self.add(field.fieldname, _("{0} is missing").format(_(field.label)), "missing", row)

	def quantity(
		self, fieldname: str, row: Document | None = None, *, above_zero: bool = True, whole: bool = False
	) -> Decimal:
		"""A quantity as an exact number; 0 where it is absent."""
		number, label = self._number(fieldname, row)
		if number is None:
			return Decimal(0)
		if above_zero and number <= 0:
			self.add(fieldname, _("{0} must be above zero").format(label), "greater_than", row)
		elif number < 0:
			self._negative(fieldname, label, row)
		elif whole and too_fine(number, 0):
			self.add(fieldname, _("{0} must be a whole number").format(label), "whole_number", row)
		return number

	def price(self, fieldname: str, row: Document | None = None) -> Decimal:
		"""A price or amount, not below zero, as an exact number; 0 where it is absent."""
		number, label = self._number(fieldname, row)
		if number is None:
			return Decimal(0)
		if number < 0:
			self._negative(fieldname, label, row)
		return number

	def _number(self, fieldname: str, row: Document | None) -> tuple[Decimal | None, str]:
		source = row or self.doc
		raw = source.get(fieldname)
		label = _(source.meta.get_label(fieldname))
		if empty(raw):
			if not source.meta.get_field(fieldname).reqd:
				source.set(fieldname, 0)  # else `missing` will note it
			return None, label
		return stored(raw), label

	def _negative(self, fieldname: str, label: str, row: Document | None) -> None:
		self.add(fieldname, _("{0} must not be negative").format(label), "greater_than_equal", row)

	def _loc(self, fieldname: str, row: Document | None) -> tuple[str | int, ...]:
		return (fieldname,) if row is None else (row.parentfield, row.idx - 1, fieldname)


def empty(value: Any) -> bool:
	"""Whether a field's value counts as none."""
	return value is None or value == "" or value == []
