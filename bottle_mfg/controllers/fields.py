"""Whether every field of a document holds what its kind of field can hold."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, validate_email_address, validate_phone_number

from bottle_mfg.controllers.faults import Faults, empty
from bottle_mfg.controllers.numbers import (
	MOST_QUANTITY,
	MOST_VALUE,
	day,
	decimal,
	time_of_day,
	too_fine,
)
from bottle_mfg.ledger import QUANTITY_PLACES, VALUE_PLACES

LONGEST_NAME = 140
LONGEST_TEXT = 65535
LARGEST_INT = 2**31 - 1

Wrong = tuple[str, str]
"""A sentence with a place for the field's label, and the kind of fault."""


def check_fields(faults: Faults) -> None:
	"""Note every value that its field cannot hold and empty the field; rewrite the others as Frappe stores them."""
	doc = faults.doc
	for row in [None, *doc.get_all_children()]:
		source = row or doc
		for field in source.meta.fields:
			check = _CHECKS.get(field.fieldtype)
			raw = source.get(field.fieldname)
			if check is None:
				continue
			if empty(raw):
				if isinstance(raw, list):
					source.set(field.fieldname, None)  # a list, even an empty one, can't be looked up
				continue
			wrong = check(source, field, raw)
			if wrong:
				source.set(field.fieldname, None)
				faults.add(field.fieldname, wrong[0].format(_(field.label or "")), wrong[1], row)


def _text(source: Document, field: Any, raw: Any) -> Wrong | None:
	if isinstance(raw, int | float) and not isinstance(raw, bool):
		raw = str(raw)
	if not isinstance(raw, str) or not storable(raw):
		return _("{0} has to be text"), "string"
	if field.fieldtype == "Small Text":
		too_long = len(raw.encode()) > LONGEST_TEXT
	else:
		too_long = len(raw) > (cint(field.length) or LONGEST_NAME)
	if too_long:
		return _("{0} is too long"), "string_too_long"
	source.set(field.fieldname, raw)
	return None


def storable(text: str) -> bool:
	"""Whether the database can hold a text."""
	try:
		text.encode()
	except UnicodeEncodeError:
		return False
	return "\x00" not in text


def _data(source: Document, field: Any, raw: Any) -> Wrong | None:
	wrong = _text(source, field, raw)
	if wrong:
		return wrong
	text = source.get(field.fieldname)
	if field.options == "Email" and not validate_email_address(text):
		return _("{0} is not an e-mail address"), "email"
	if field.options == "Phone" and not validate_phone_number(text):
		return _("{0} is not a phone number"), "phone"
	return None


def _select(source: Document, field: Any, raw: Any) -> Wrong | None:
	options = [option for option in (field.options or "").split("\n") if option]
	if isinstance(raw, str) and raw.strip() in options:
		source.set(field.fieldname, raw.strip())
		return None
	return _("{0} has to be one of: {1}").format("{0}", ", ".join(map(_, options))), "enum"


def _date(source: Document, field: Any, raw: Any) -> Wrong | None:
	parsed = day(raw)
	if parsed is None:
		return _("{0} is not a date (YYYY-MM-DD)"), "date"
	if isinstance(raw, str):
		source.set(field.fieldname, str(parsed))
	return None


def _time(source: Document, field: Any, raw: Any) -> Wrong | None:
	parsed = time_of_day(raw)
	if parsed is None:
		return _("{0} is not a time of day (HH:MM:SS)"), "time"
	if isinstance(raw, str):
		source.set(field.fieldname, str(parsed))
	return None


def _check(source: Document, field: Any, raw: Any) -> Wrong | None:
	if raw not in (0, 1, "0", "1"):
		return _("{0} has to be 0 or 1"), "boolean"
	source.set(field.fieldname, int(raw))
	return None


def _quantity(source: Document, field: Any, raw: Any) -> Wrong | None:
	return _number(source, field, raw, MOST_QUANTITY, cint(field.precision) or QUANTITY_PLACES)


def _price(source: Document, field: Any, raw: Any) -> Wrong | None:
	return _number(source, field, raw, MOST_VALUE, VALUE_PLACES)


def _number(source: Document, field: Any, raw: Any, most: Decimal, places: int) -> Wrong | None:
	if field.read_only:
		return None  # it is computed: what the client says does not count
	number = decimal(raw)
	if number is None:
		return _("{0} is not a number"), "number"
	if number < 0 and field.non_negative:
		return _("{0} must not be negative"), "greater_than_equal"
	if abs(number) > most:
		return _("{0} is too large"), "less_than_equal"
	if too_fine(number, places):
		return _("{0} has more than {1} decimals").format("{0}", places), "decimal_places"
	source.set(field.fieldname, float(number))
	return None


def _int(source: Document, field: Any, raw: Any) -> Wrong | None:
	number = decimal(raw)
	if number is None:
		return _("{0} is not a number"), "number"
	if abs(number) > LARGEST_INT:
		return _("{0} is too large"), "less_than_equal"
	if number != int(number):
		return _("{0} must be a whole number"), "whole_number"
	if number < 0 and field.non_negative:
		return _("{0} must not be negative"), "greater_than_equal"
	source.set(field.fieldname, int(number))
	return None


_CHECKS: dict[str, Callable[[Document, Any, Any], Wrong | None]] = {
	"Data": _data,
	"Link": _text,
	"Dynamic Link": _text,
	"Small Text": _text,
	"Select": _select,
	"Date": _date,
	"Time": _time,
	"Check": _check,
	"Int": _int,
	"Float": _quantity,
	"Currency": _price,
}
