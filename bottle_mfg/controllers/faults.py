"""Collecting everything that is wrong with a document before saying so once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from frappe import _
from frappe.model.document import Document

from bottle_mfg.controllers.numbers import MOST_QUANTITY, MOST_VALUE, decimal, too_fine
from bottle_mfg.errors import Fault, InvalidValueError, throw
from bottle_mfg.ledger import QUANTITY_PLACES, VALUE_PLACES, ZERO


class Faults:
	"""The faults found so far in `doc` and its rows."""

	def __init__(self, doc: Document) -> None:
		self.doc = doc
		self._found: list[Fault] = []

	def add(self, fieldname: str, msg: str, type: str, row: Document | None = None) -> None:
		"""Note a fault of a field of the document, or of one of its rows."""
		loc = (fieldname,) if row is None else (row.parentfield, row.idx - 1, fieldname)
		fault = Fault(loc, msg, type)
		if fault not in self._found:
			self._found.append(fault)

	def throw(self) -> None:
		"""Raise `InvalidValueError` with all of them, if there are any."""
		if self._found:
			throw(InvalidValueError(self._found))

	def missing(self) -> None:
		"""Note every required field without a value, of the document and its rows."""
		for row in [None, *self.doc.get_all_children()]:
			source = row or self.doc
			for field in source.meta.fields:
				if field.reqd and _empty(source.get(field.fieldname)):
					self.add(field.fieldname, _("{0} is missing").format(_(field.label)), "missing", row)

	def quantity(
		self, fieldname: str, row: Document | None = None, *, above_zero: bool = True, whole: bool = False
	) -> Decimal:
		"""A quantity as an exact number; 0 where it is faulty or absent."""
		return self._number(fieldname, row, QUANTITY_PLACES, MOST_QUANTITY, above_zero, whole)

	def price(self, fieldname: str, row: Document | None = None) -> Decimal:
		"""A price or amount, not below zero, as an exact number; 0 where it is faulty or absent."""
		return self._number(fieldname, row, VALUE_PLACES, MOST_VALUE, False, False)

	def _number(
		self,
		fieldname: str,
		row: Document | None,
		places: int,
		most: Decimal,
		above_zero: bool,
		whole: bool,
	) -> Decimal:
		source = row or self.doc
		label = _(source.meta.get_label(fieldname))
		raw = source.get(fieldname)
		if _empty(raw):
			source.set(fieldname, 0)
			return ZERO
		number = decimal(raw)
		if number is None:
			fault = (_("{0} is not a number").format(label), "number")
		elif above_zero and number <= 0:
			fault = (_("{0} must be above zero").format(label), "greater_than")
		elif number < 0:
			fault = (_("{0} must not be negative").format(label), "greater_than_equal")
		elif number > most:
			fault = (_("{0} is too large").format(label), "less_than_equal")
		elif whole and too_fine(number, 0):
			fault = (_("{0} must be a whole number").format(label), "whole_number")
		elif too_fine(number, places):
			fault = (_("{0} has more than {1} decimals").format(label, places), "decimal_places")
		else:
			source.set(fieldname, float(number))
			return number
		self.add(fieldname, *fault, row)
		return ZERO


def _empty(value: Any) -> bool:
	return value is None or value == "" or value == []
