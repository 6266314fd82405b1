"""Running reports in tests, as the session's user, the way the Desk does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import frappe


class Run:
	"""What a report answered."""

	def __init__(self, report: str, **filters: Any) -> None:
		from frappe.desk.query_report import run

		self.answer = run(report, filters=filters)
		self.rows: list[dict[str, Any]] = self.answer["result"]
		self.columns: list[str] = [column["fieldname"] for column in self.answer["columns"]]
		self.headings = {column["fieldname"]: column["label"] for column in self.answer["columns"]}
		self.cards = {card["label"]: card["value"] for card in self.answer["report_summary"] or []}

	def row(self, **wanted: Any) -> dict[str, Any]:
		"""The one row that has these values."""
		found = [row for row in self.rows if all(row.get(key) == value for key, value in wanted.items())]
		assert len(found) == 1, (wanted, found)
		return found[0]

	def keys(self) -> set[str]:
		"""Everything that rows say anything about, shown or not."""
		return {key for row in self.rows for key in row}


@contextmanager
def as_user(user: str) -> Iterator[None]:
	"""Be one of the tests' users for a while."""
	frappe.set_user(f"{user}@bottle.test")
	try:
		yield
	finally:
		frappe.set_user("Administrator")


def places(figure: float, count: int = 4) -> Decimal:
	"""A figure of a report as the decimal number that it stands for."""
	return round(Decimal(str(figure)), count)


def add(rows: list[dict[str, Any]], field: str) -> Decimal:
	"""The sum of a field's figures, added as decimals."""
	return sum((Decimal(str(row[field] or 0)) for row in rows), Decimal(0))
