"""Lists in pages that stay what they are while others write: each page begins after the last name of the one before."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _

from bottle_mfg.api.arguments import from_json, refuse, text, texts, whole
from bottle_mfg.api.types import Order, Page
from bottle_mfg.controllers.fields import storable
from bottle_mfg.controllers.numbers import day, decimal, moment, time_of_day
from bottle_mfg.controllers.ours import MODULE

MOST_ROWS = 200
USUAL_ROWS = 20
MOST_FIELDS = 100
MOST_FILTERS = 20
MOST_VALUES = 200

_OPERATORS = {"=", "!=", "<", ">", "<=", ">=", "like", "not like", "in", "not in", "between", "is"}
_OF_SEVERAL = {"in", "not in", "between"}
_STANDARD = {
	"name": "Data",
	"owner": "Data",
	"creation": "Datetime",
	"modified": "Datetime",
	"modified_by": "Data",
	"docstatus": "Int",
	"idx": "Int",
}
_LARGEST = 10**15


def _date(raw: Any) -> Any:
	return day(raw) if len(str(raw)) == len("2026-01-31") else None


def _number(raw: Any) -> Any:
	number = decimal(raw)
	return number if number is not None and abs(number) < _LARGEST else None


_READS: dict[str, Callable[[Any], Any]] = {
	"Date": _date,
	"Time": time_of_day,
	"Datetime": moment,
	"Check": _number,
	"Int": _number,
	"Float": _number,
	"Currency": _number,
}
"""How to read what fields of some kinds hold; None where it is nothing of the kind. All others hold text."""


@frappe.whitelist(methods=["GET", "POST"])
def list_documents(
	doctype: str | None = None,
	filters: dict[str, Any] | str | None = None,
	fields: list[str] | str | None = None,
	limit: int = USUAL_ROWS,
	after: str | None = None,
	order: Order = "asc",
) -> Page:
	"""Records of a DocType of this app that the user may read, page by page, in the order of their names.

	Names of documents begin with their day, so that this is the order of days. A record that is there all the while
	comes exactly once, however many others are entered or changed between two pages.

	Args:
	    doctype: one of this app's DocTypes that has records of its own, not a table of lines; required
	    filters: by field of the DocType, a value or [operator, value] (also as JSON text); at most 20
	    fields: which fields each record has (also as JSON text); default all that the user may read
	    limit: how many records at most, 1 to 200
	    after: `next` of the page before
	    order: asc or desc

	Returns:
	    data, the records, without their lines; next, what to ask with for the next page, null after the last.

	Raises:
	    `InvalidValueError`: 422
	    `PermissionError`: 403, also for filters on fields that the user may not read
	"""
	meta = _meta(doctype)
	size = whole("limit", limit, 1, MOST_ROWS)
	if order not in ("asc", "desc"):
		refuse("order", _("order has to be asc or desc"), "enum")
	wanted = _filters(meta, filters)
	if after:
		wanted.append(["name", ">" if order == "asc" else "<", _last_name(after, meta.name, order)])
	columns = texts("fields", fields, MOST_FIELDS) if fields else ["*"]
	for column in columns:
		if column != "*" and not _is_column(meta, column):
			refuse("fields", _("{0} has no field {1}").format(_(meta.name), column), "enum")
	names_too = columns if "*" in columns or "name" in columns else [*columns, "name"]
	rows = frappe.get_list(
		meta.name, fields=names_too, filters=wanted, order_by=f"name {order}", limit_page_length=size + 1
	)
	more = len(rows) > size
	page = rows[:size]
	cursor = _cursor(meta.name, order, page[-1].name) if more else None
	if names_too is not columns:
		page = [{column: row.get(column) for column in columns} for row in page]
	return {"data": page, "next": cursor}


def _meta(doctype: Any) -> Any:
	name = text("doctype", doctype)
	row = frappe.db.get_value("DocType", name, ["name", "module", "istable", "issingle"], as_dict=True)
	if not row or row.name != name or row.module != MODULE or row.istable or row.issingle:
		refuse("doctype", _("doctype has to be one of this app's DocTypes"), "enum")
	return frappe.get_meta(name)


def _filters(meta: Any, filters: Any) -> list[list[Any]]:
	"""The conditions as a list of [field, operator, value], each about a field of the DocType itself."""
	given = from_json(filters) if filters else {}
	if not isinstance(given, dict) or len(given) > MOST_FILTERS:
		sentence = _("filters has to be an object of at most {0} fields").format(MOST_FILTERS)
		refuse("filters", sentence, "object")
	return [condition for field, wanted in given.items() for condition in _conditions(meta, field, wanted)]


def _conditions(meta: Any, field: str, wanted: Any) -> list[list[Any]]:
	if not _is_column(meta, field):
		refuse("filters", _("{0} has no field {1}").format(_(meta.name), field), "enum")
	operator, value = wanted if isinstance(wanted, list) and len(wanted) == 2 else ("=", wanted)
	operator = operator.lower() if isinstance(operator, str) else ""
	if operator not in _OPERATORS:
		sentence = _("{0}: the operator has to be one of: {1}").format(field, ", ".join(sorted(_OPERATORS)))
		refuse("filters", sentence, "enum")
	values = value if isinstance(value, list) else [value]
	several = operator in _OF_SEVERAL
	fits = isinstance(value, list) == several and 0 < len(values) <= MOST_VALUES
	if not fits or not all(_fits(meta, field, operator, one) for one in values):
		refuse("filters", _("{0}: the value does not fit").format(field), "value")
	if operator == "between":
		if len(values) != 2:
			refuse("filters", _("{0}: between takes two values").format(field), "value")
		return [[field, ">=", values[0]], [field, "<=", values[1]]]
	return [[field, operator, value]]


def _fits(meta: Any, field: str, operator: str, value: Any) -> bool:
	"""Whether a value can be compared with what a field holds."""
	if not isinstance(value, str | int | float) or not storable(str(value)):
		return False
	kind = _STANDARD.get(field) or meta.get_field(field).fieldtype
	if operator == "is":
		return value in ("set", "not set")
	reads = _READS.get(kind)
	if reads is None:
		return True
	return "like" not in operator and value != "" and reads(value) is not None


def _is_column(meta: Any, field: str) -> bool:
	return field in _STANDARD or (bool(meta.get_field(field)) and field in meta.get_valid_columns())


def _cursor(doctype: str, order: str, name: Any) -> str:
	return base64.urlsafe_b64encode(json.dumps([doctype, order, name]).encode()).decode()


def _last_name(after: Any, doctype: str, order: str) -> Any:
	"""The name that the page before ended with."""
	try:
		of, was, name = json.loads(base64.urlsafe_b64decode(after.encode()))
	except (AttributeError, ValueError, TypeError):
		of = was = name = None
	if (of, was) != (doctype, order) or not isinstance(name, str | int) or isinstance(name, bool):
		refuse("after", _("after has to be the next of a page of the same list"), "cursor")
	return name
