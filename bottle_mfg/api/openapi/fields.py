"""From a field of a DocType to the JSON Schema of what a client sends, or is answered, in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bottle_mfg.controllers.costs import COST_LEVEL
from bottle_mfg.controllers.fields import LARGEST_INT, LONGEST_NAME, LONGEST_TEXT
from bottle_mfg.controllers.numbers import MOST_QUANTITY, MOST_VALUE
from bottle_mfg.ledger import QUANTITY_PLACES, VALUE_PLACES

Schema = dict[str, Any]

MOMENT = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$"
CLOCK = r"^\d{1,2}:\d{2}(:[0-9.e-]+)?$"

_FOR_WHO_MAY_SEE_COSTS = "Only for who may see costs (permission level 1)."
_TEXTS = (
	"Attach",
	"Attach Image",
	"Autocomplete",
	"Barcode",
	"Code",
	"Color",
	"Data",
	"Dynamic Link",
	"HTML Editor",
	"Link",
	"Long Text",
	"Markdown Editor",
	"Password",
	"Phone",
	"Read Only",
	"Signature",
	"Small Text",
	"Text",
	"Text Editor",
)
_SHORT = ("Data", "Link", "Dynamic Link", "Phone", "Read Only", "Autocomplete", "Attach", "Attach Image")
_NOT_DATA = (
	"Button",
	"Column Break",
	"Fold",
	"Heading",
	"HTML",
	"Image",
	"Section Break",
	"Tab Break",
)
_TABLES = ("Table", "Table MultiSelect")


def holds_data(field: Any) -> bool:
	"""Whether a field has a value at all, or only shapes the form."""
	return field.fieldtype not in _NOT_DATA


def is_table(field: Any) -> bool:
	return field.fieldtype in _TABLES


LINKED = "x-doctype"
"""The key of a schema that names the DocType of the records whose names are meant."""


def answered(field: Any) -> Schema:
	"""What stands in a field of an answer. Computed fields are `readOnly`."""
	schema = _value(field) | _described(field)
	return schema | ({"readOnly": True} if field.read_only else {})


def sent(field: Any) -> Schema:
	"""What a client may send in a field."""
	schema = _value(field) | _limits(field) | _described(field)
	if field.default and field.fieldtype == "Select":
		schema["default"] = field.default
	return schema


def example(field: Any) -> Any:
	"""Something that could stand in a field."""
	options = [option for option in (field.options or "").split("\n") if option]
	return {
		"Currency": 2.5,
		"Date": "2026-11-22",
		"Float": 10,
		"Int": 1,
		"Select": options[0] if options else "",
	}.get(field.fieldtype, field.label)


def _value(field: Any) -> Schema:
	if field.fieldtype in _VALUES:
		return _VALUES[field.fieldtype](field)
	return {"type": ["string", "null"]} if field.fieldtype in _TEXTS else {}


def _link(field: Any) -> Schema:
	return {"type": ["string", "null"], LINKED: field.options}


def _select(field: Any) -> Schema:
	options = [option for option in (field.options or "").split("\n") if option]
	return {"enum": [*options, "", None]} if options else {"type": ["string", "null"]}


def _check(field: Any) -> Schema:
	return {"type": "integer", "enum": [0, 1]}


def _date(field: Any) -> Schema:
	return {"type": ["string", "null"], "format": "date"}


def _moment(field: Any) -> Schema:
	return {"type": ["string", "null"], "pattern": MOMENT, "examples": ["2026-11-22 09:30:00"]}


def _time(field: Any) -> Schema:
	return {"type": ["string", "null"], "pattern": CLOCK, "examples": ["09:30:00"]}


def _int(field: Any) -> Schema:
	return {"type": ["integer", "null"]}


def _number(field: Any) -> Schema:
	return {"type": ["number", "null"]}


_VALUES: dict[str, Callable[[Any], Schema]] = {
	"Check": _check,
	"Currency": _number,
	"Date": _date,
	"Datetime": _moment,
	"Duration": _number,
	"Float": _number,
	"Int": _int,
	"Link": _link,
	"Percent": _number,
	"Rating": _number,
	"Select": _select,
	"Time": _time,
}


def _limits(field: Any) -> Schema:
	"""What the server holds a client to, as far as a schema can say it."""
	if field.fieldtype in _SHORT:
		return {"maxLength": int(field.length or 0) or LONGEST_NAME}
	if field.fieldtype == "Small Text":
		return {"maxLength": LONGEST_TEXT}
	most = {"Int": LARGEST_INT, "Float": float(MOST_QUANTITY), "Currency": float(MOST_VALUE)}.get(
		field.fieldtype
	)
	if most is None:
		return {}
	return {"maximum": most} | ({"minimum": 0} if field.non_negative else {})


def _described(field: Any) -> Schema:
	parts = [field.label or field.fieldname, field.description]
	if field.fieldtype == "Link":
		parts.append(f"The name of a {field.options}.")
	elif field.fieldtype == "Float":
		parts.append(f"At most {int(field.precision or 0) or QUANTITY_PLACES} decimals.")
	elif field.fieldtype == "Currency":
		parts.append(f"In currency, at most {VALUE_PLACES} decimals.")
	elif field.fieldtype == "Time":
		parts.append("HH:MM:SS, in the site's time zone.")
	elif field.fieldtype == "Datetime":
		parts.append("YYYY-MM-DD HH:MM:SS, in the site's time zone.")
	if (field.permlevel or 0) >= COST_LEVEL:
		parts.append(_FOR_WHO_MAY_SEE_COSTS)
	sentences = [str(part).strip().rstrip(".") for part in parts if part]
	return {"description": ". ".join(sentences) + "."}
