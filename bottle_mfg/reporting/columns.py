"""The columns of the reports, and what goes into their cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

Column = dict[str, Any]

_LETTERS = 98
"""So many stand side by side below a chart as wide as a laptop's screen."""


def link(fieldname: str, label: str, doctype: str, width: int = 150) -> Column:
	"""A record that a click opens."""
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": "Link",
		"options": doctype,
		"width": width,
	}


def dynamic_link(fieldname: str, label: str, doctype_field: str, width: int = 150) -> Column:
	"""A record that a click opens, whose DocType stands in another field of the row."""
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": "Dynamic Link",
		"options": doctype_field,
		"width": width,
	}


def text(fieldname: str, label: str, width: int = 120, fieldtype: str = "Data") -> Column:
	"""What is no amount: a name, a day, a number of days."""
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, "align": "left"}


def count(fieldname: str, label: str, width: int = 70) -> Column:
	"""How many: a whole number."""
	return {"fieldname": fieldname, "label": label, "fieldtype": "Int", "width": width, "align": "right"}


def quantity(fieldname: str, label: str, width: int = 110) -> Column:
	"""In the item's unit of measure."""
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": "Float",
		"precision": 3,
		"width": width,
		"align": "right",
	}


def money(fieldname: str, label: str, width: int = 130) -> Column:
	"""An amount in the site's currency."""
	return {"fieldname": fieldname, "label": label, "fieldtype": "Currency", "width": width, "align": "right"}


def unit_cost(fieldname: str, label: str, width: int = 110) -> Column:
	"""Currency per unit, to 4 places."""
	return money(fieldname, label, width) | {"precision": 4}


def percent(fieldname: str, label: str, width: int = 90) -> Column:
	"""Percent, to 2 places."""
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": "Percent",
		"precision": 2,
		"width": width,
		"align": "right",
	}


def cells(figures: Mapping[str, Any]) -> dict[str, Any]:
	"""A row as it leaves the server: the exact figures of a row as numbers of JSON, the rest as it is."""
	return {name: float(cell) if isinstance(cell, Decimal) else cell for name, cell in figures.items()}


def card(label: str, value: Any, datatype: str = "Float", indicator: str = "") -> dict[str, Any]:
	"""A figure shown above the report."""
	return {
		"label": label,
		"value": float(value) if isinstance(value, Decimal) else value,
		"datatype": datatype,
		"indicator": indicator,
	}


def labels_of(items: Sequence[tuple[str, str]]) -> list[str]:
	"""What stands below a chart's bars, of (code, name): the names, where so many fit beside each other, or the codes."""
	longest = max((len(name) for _code, name in items), default=0)
	return [name if longest * len(items) <= _LETTERS else code for code, name in items]


def chart(
	kind: str,
	labels: Iterable[str],
	series: Mapping[str, Iterable[Any]],
	fieldtype: str = "Currency",
	in_time: bool = False,
	**options: Any,
) -> dict[str, Any]:
	"""A chart above the report: `kind` is bar or line, `series` has the points by their name.

	Of points `in_time` a few labels are enough, where not all fit. A bar that is None is not drawn; a line has no gaps.
	"""
	return {
		"data": {
			"labels": list(labels),
			"datasets": [
				{"name": name, "values": [None if point is None else float(point) for point in points]}
				for name, points in series.items()
			],
		},
		"type": kind,
		"fieldtype": fieldtype,
		"in_time": in_time,
		**options,
	}
