"""Long reports come to the screen page by page; what leaves it as a file, or in a mail, is whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import wraps
from itertools import pairwise
from typing import Any

import frappe
from frappe import _

Execute = Callable[..., tuple[Any, ...]]
Rows = list[dict[str, Any]]

ROWS = 1000
"""About how many rows a page has: a group is not cut."""

MOST_EXPORTED = 1_048_576
"""The rows that a sheet of Excel can hold."""

FILTER = "page_number"


def paged(execute: Execute) -> Execute:
	"""A report's `execute` that gives one page of its rows where the filters name one, from 1.

	The last rows that are bold are totals of all pages, and stand on each. Columns, chart and cards are of the whole. A number
	past the end is the last page.
	"""

	@wraps(execute)
	def run(filters: Any = None) -> tuple[Any, ...]:
		number = filters.get(FILTER) if isinstance(filters, dict) else None
		asked = {name: value for name, value in filters.items() if name != FILTER} if number else filters
		columns, rows, *rest = execute(asked)
		if not number or getattr(frappe.local, "job", None) or len(rows) <= ROWS:
			return columns, rows, *rest
		shown, note = _page(rows, number)
		message = " ".join(filter(None, [note, rest[0] if rest else None]))
		return columns, shown, message, *rest[1:]

	return run


def unpaged(filters: Any, visible: Any) -> tuple[Any, Any]:
	"""The filters of an export and which rows it has, as the screen sends them: of the whole report where it shows a whole page.

	Whoever narrowed a page down by its column filters gets just these rows.
	"""
	asked, shown = frappe.parse_json(filters or "{}"), frappe.parse_json(visible or "[]")
	page = asked.get(FILTER) if isinstance(asked, dict) else None
	if not page or shown != list(range(len(shown))) or (str(page) == "1" and len(shown) < ROWS):
		return filters, visible
	without = {name: value for name, value in asked.items() if name != FILTER}
	return json.dumps(without), list(range(MOST_EXPORTED))


def asked(filters: Any) -> int | None:
	"""The number of the page that filters ask for, from 1; None where everything is wanted."""
	number = filters.get(FILTER) if isinstance(filters, dict) else None
	return _number(number) if number and not getattr(frappe.local, "job", None) else None


def groups(sizes: Sequence[int], number: int | None) -> tuple[slice, str | None]:
	"""Which of groups with so many rows stand on a page, and its note; all of them without a number, or on one page.

	As in `paged`, no group is cut, and a number past the end is the last page.
	"""
	count = sum(sizes)
	if not number or count <= ROWS:
		return slice(None), None
	starts = _pages(sizes)
	page = min(number, len(starts))
	(first, start), (last, end) = [*starts, (len(sizes), count)][page - 1 : page + 1]
	return slice(first, last), note(start, end, count, page, len(starts))


def note(start: int, end: int, count: int, page: int, pages: int) -> str:
	"""Which rows of so many stand on a page, with links to those beside it. Rows are counted from 0, pages from 1."""
	return f"{_('Rows {0} to {1} of {2}.').format(start + 1, end, count)} {links(page, more=page < pages)}"


def links(page: int, *, more: bool) -> str:
	"""To the pages beside one, as HTML."""
	beside = [
		_link(page - 1, _("Previous page")) if page > 1 else None,
		_link(page + 1, _("Next page")) if more else None,
	]
	return " · ".join(filter(None, beside))


def _number(text: Any) -> int:
	digits = str(text).strip()
	return max(int(digits) if digits.isascii() and digits.isdigit() else 1, 1)


def _page(rows: Rows, number: Any) -> tuple[Rows, str]:
	body, totals = _without_totals(rows)
	starts = _starts(body)
	page = min(_number(number), len(starts))
	start = starts[page - 1]
	end = starts[page] if page < len(starts) else len(body)
	return body[start:end] + totals, note(start, end, len(body), page, len(starts))


def _without_totals(rows: Rows) -> tuple[Rows, Rows]:
	end = len(rows)
	while end and rows[end - 1].get("bold") and not rows[end - 1].get("indent"):
		end -= 1
	return rows[:end], rows[end:]


def _starts(body: Rows) -> list[int]:
	"""Where pages begin: at a row that stands for itself, or heads others."""
	heads = [place for place, row in enumerate(body) if not place or not row.get("indent")]
	sizes = [end - start for start, end in pairwise([*heads, len(body)])]
	return [row for _group, row in _pages(sizes)]


def _pages(sizes: Sequence[int]) -> list[tuple[int, int]]:
	"""The group and the row that each page begins with: the next group, once a page is full."""
	starts, row = [(0, 0)], 0
	for place, size in enumerate(sizes):
		if row - starts[-1][1] >= ROWS:
			starts.append((place, row))
		row += size
	return starts


def _link(page: int, label: str) -> str:
	return f'<a href="#" data-bottle-page="{page}">{frappe.utils.escape_html(label)}</a>'
