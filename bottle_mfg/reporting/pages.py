"""A page of bills that the database cuts out, where all of them would be too many to sort and to show.

A report that has other tables, too, pages them by the same filter.
"""

from __future__ import annotations

from typing import Any

from bottle_mfg.reporting import paging


class Page:
	"""The page that filters ask for; without one, as for a file, everything is on it."""

	def __init__(self, filters: Any) -> None:
		self._asked = paging.asked(filters)

	def of(self, count: int) -> Cut:
		"""The page as a part of so many bills. A number past the end is the last page."""
		if not self._asked:
			return Cut(1, 1, max(count, 1))
		pages = max(-(-count // paging.ROWS), 1)
		return Cut(min(self._asked, pages), pages, paging.ROWS)

	def part(self, rows: paging.Rows) -> tuple[paging.Rows, str | None]:
		"""The rows of the page, of a table that is there as a whole, and which they are."""
		return paging.cut(rows, self._asked)


class Cut:
	"""The `number`-th of so many `pages`, which are counted from 1 and have `size` rows."""

	def __init__(self, number: int, pages: int, size: int) -> None:
		self.number = number
		self.pages = pages
		self.size = size

	@property
	def limit(self) -> list[int]:
		"""How many rows the page has, and how many come before it."""
		return [self.size, (self.number - 1) * self.size]

	def note(self, count: int) -> str | None:
		"""Which of so many rows stand here, and links to the pages beside it; nothing where all of them do."""
		if self.pages == 1:
			return None
		size, start = self.limit
		return paging.note(start, min(start + size, count), count, self.number, self.pages)
