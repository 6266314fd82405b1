"""Bill numbers: the kind of document, its day, and a running number within that day, e.g. SO-251223-0026."""

from __future__ import annotations

import re
from datetime import date

import frappe


def document_number(prefix: str, day: date) -> str:
	"""The next number of a document of `day`, from Frappe's own table of counters, locked until commit.

	Frappe's way of counting looks first and makes the counter if there is none: on the first documents of a day
	two writers would find none and deadlock over making it. One statement that makes or counts cannot.
	"""
	series = f"{prefix}-{day:%y%m%d}-"
	number = frappe.db.sql(
		"""insert into `tabSeries` (name, current) values (%s, 1)
		on duplicate key update current = current + 1 returning current""",
		(series,),
	)[0][0]
	return f"{series}{number:04}"


def count_in(prefix: str, name: str) -> None:
	"""Have the counter go on behind a name that was stated, if it is one that the counter would come to."""
	stated = re.fullmatch(rf"({prefix}-\d{{6}}-)(\d{{1,9}})", name, re.IGNORECASE)
	if not stated:
		return
	frappe.db.sql(
		"""insert into `tabSeries` (name, current) values (%s, %s)
		on duplicate key update current = greatest(current, values(current))""",
		(stated[1], int(stated[2])),
	)
