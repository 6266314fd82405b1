"""Where a row of a report leads: the documents that its figures are the sum of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

SUBMITTED = 1

Filters = dict[str, Any]
"""Filters of a list as its address takes them: a value, or [operator, value]."""


def documents(first: date, last: date, where: Mapping[str, Any]) -> Filters:
	"""The submitted documents of some days that have certain values; what is None is left out.

	An empty text stands for a field that has no value. For a row's key `documents`, which the reports' script makes a
	link of.
	"""
	wanted = {name: value for name, value in where.items() if value is not None}
	return {
		"docstatus": SUBMITTED,
		"date": ["between", [str(first), str(last)]],
		**{name: ["is", "not set"] if value == "" else value for name, value in wanted.items()},
	}
