"""Lists in pages that stay what they are while others write: each page begins after the last name of the one before."""

from __future__ import annotations

import base64
import json
from typing import Any

import frappe
from frappe import _

from bottle_mfg.api.arguments import from_json, refuse, text, texts, whole
from bottle_mfg.api.types import Order, Page
from bottle_mfg.controllers.ours import MODULE

MOST_ROWS = 200
USUAL_ROWS = 20
MOST_FIELDS = 100
MOST_FILTERS = 20
MOST_VALUES = 200

_OPERATORS = {"=", "!=", "<", ">", "<=", ">=", "like", "not like", "in", "not in", "between", "is"}
_STANDARD = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")


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
	return [_condition(meta, field, wanted) for field, wanted in given.items()]


def _condition(meta: Any, field: str, wanted: Any) -> list[Any]:
	if not _is_column(meta, field):
		refuse("filters", _("{0} has no field {1}").format(_(meta.name), field), "enum")
	operator, value = wanted if isinstance(wanted, list) and len(wanted) == 2 else ("=", wanted)
	operator = operator.lower() if isinstance(operator, str) else ""
	if operator not in _OPERATORS:
		sentence = _("{0}: the operator has to be one of: {1}").format(field, ", ".join(sorted(_OPERATORS)))
		refuse("filters", sentence, "enum")
	several = operator in ("in", "not in", "between")
	values = value if isinstance(value, list) else [value]
	if isinstance(value, list) != several or not 0 < len(values) <= MOST_VALUES:
		refuse("filters", _("{0}: the value does not fit the operator").format(field), "value")
	if not all(isinstance(one, str | int | float) for one in values) or (
		operator == "between" and len(values) != 2
	):
		refuse("filters", _("{0}: the value does not fit the operator").format(field), "value")
	return [field, operator, value]


def _is_column(meta: Any, field: str) -> bool:
	return field in _STANDARD or field in meta.get_valid_columns()


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
