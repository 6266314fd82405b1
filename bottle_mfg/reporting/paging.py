"""Long reports come to the screen page by page; what leaves it as a file, or in a mail, is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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

ALL_ROWS = "all_rows"
"""What a screen sends with an export whose rows it does not narrow down by column filters (public/js/reports/common.js)."""


def paged(execute: Execute) -> Execute:
	"""A report's `execute` that gives one page of its rows where the filters name one, from 1.

	The last rows that are bold are totals of all pages, and stand on each. Columns, chart and cards are of the whole. A number
	past the end is the last page.
	"""

	@wraps(execute)
	def run(filters: Any = None) -> tuple[Any, ...]:
		named = isinstance(filters, dict) and filters.get(FILTER)
		unpaged = {name: value for name, value in filters.items() if name != FILTER} if named else filters
		columns, rows, *rest = execute(unpaged)
		shown, note = cut(rows, asked(filters))
		if not note:
			return columns, rows, *rest
		message = " ".join(filter(None, [note, rest[0] if rest else None]))
		return columns, shown, message, *rest[1:]

	return run


@contextmanager
def whole() -> Iterator[None]:
	"""A stretch in which reports are whole, whatever page their filters name."""
	frappe.flags.bottle_whole_reports = True
	try:
		yield
	finally:
		del frappe.flags["bottle_whole_reports"]


def is_whole() -> bool:
	"""Whether nobody waits for a page: a job in the background mails or prepares reports."""
	return bool(frappe.flags.bottle_whole_reports or getattr(frappe.local, "job", None))


def asked(filters: Any) -> int | None:
	"""The number of the page that filters ask for, from 1; None where everything is wanted."""
	number = filters.get(FILTER) if isinstance(filters, dict) else None
	return _number(number) if number and not is_whole() else None


def cut(rows: Rows, number: int | None) -> tuple[Rows, str | None]:
	"""The rows of a page, and its note; all of them without a number, or on one page."""
	if not number or len(rows) <= ROWS:
		return rows, None
	body, totals = _without_totals(rows)
	starts = _starts(body)
	page = min(number, len(starts))
	start = starts[page - 1]
	end = starts[page] if page < len(starts) else len(body)
	return body[start:end] + totals, note(start, end, len(body), page, len(starts))


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
