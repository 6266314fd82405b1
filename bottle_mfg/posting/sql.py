"""What the bulk statements of posting have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import frappe

STANDARD_COLUMNS = ("creation", "modified", "owner", "modified_by", "docstatus", "idx")


def standard_values(now: datetime) -> tuple[Any, ...]:
	"""The values of `STANDARD_COLUMNS` for a row that the session's user makes at `now`."""
	return (now, now, frappe.session.user, frappe.session.user, 0, 0)


def columns(names: Iterable[str]) -> str:
	"""The names as a quoted list of columns."""
	return ", ".join(f"`{name}`" for name in names)


def places(rows: Sequence[Sequence[Any]], *expressions: str) -> str:
	"""As many `(%s, …)` groups as there are rows, each begun by the given SQL expressions."""
	return ", ".join(["(" + ", ".join([*expressions, *["%s"] * len(rows[0])]) + ")"] * len(rows))


def flat(rows: Iterable[Iterable[Any]]) -> list[Any]:
	"""The values of all rows, one after another."""
	return [cell for row in rows for cell in row]


def exact(text: str | None) -> Decimal:
	"""A decimal column read as text: the driver would hand it over as a float."""
	return Decimal(text or 0).normalize() + 0
