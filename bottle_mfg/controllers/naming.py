"""Bill numbers: the kind of document, its day, and a running number within that day, e.g. SO-251223-0026."""

from __future__ import annotations

from datetime import date

from frappe.model.naming import getseries


def document_number(prefix: str, day: date) -> str:
	"""The next number of a document of `day`. Frappe's series keeps the counter, locked until commit."""
	series = f"{prefix}-{day:%y%m%d}-"
	return series + getseries(series, 4)
