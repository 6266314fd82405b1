"""Breaking a long table into sheets, for an engine that can't. Lengths are in pixels of CSS, 96 to the inch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

Row = TypeVar("Row")

PAGE = 990
"""What of an A4 page is between its margins."""

TABLE_HEAD, SMALL, LINE, PADDING = 28, 16, 18, 10

KEPT = 2
"""So many of the last rows stay on the sheet of what closes the table."""


@dataclass(frozen=True)
class Sheet(Generic[Row]):
	"""The rows of a page; those on the `last` of all sheets that stay with what closes the table apart."""

	number: int
	of: int
	rows: Sequence[Row]
	last: Sequence[Row]


def one_sheet(rows: Sequence[Row]) -> list[Sheet[Row]]:
	"""All rows, for an engine that breaks them itself."""
	return [Sheet(1, 1, rows[:-KEPT], rows[-KEPT:])]


def in_sheets(rows: Sequence[Row], heights: Sequence[int], above: int, closing: int) -> list[Sheet[Row]]:
	"""The rows on as many sheets as they need: the first has less room by what is `above` the table, and the last
	one holds what `closing` takes, too, with some rows over it.
	"""
	counts = _counts(heights, PAGE - TABLE_HEAD - above, PAGE - TABLE_HEAD - LINE, closing)
	found, start = [], 0
	for number, count in enumerate(counts, 1):
		part = rows[start : start + count]
		kept = min(KEPT, count) if number == len(counts) else 0
		found.append(Sheet(number, len(counts), part[: count - kept], part[count - kept :]))
		start += count
	return found


def lines_of(text: str, room: int) -> int:
	"""How many lines a text takes where `room` characters fit on one. A word that does not fit begins a line, and only
	one longer than that is broken.
	"""
	lines, used = 1, 0
	for word in text.split():
		needed = used + bool(used) + len(word)
		if used and needed > room:
			lines += 1
			needed = len(word)
		more = max(ceil(needed / room) - 1, 0)
		lines += more
		used = needed - more * room
	return lines


def _counts(heights: Sequence[int], first: int, other: int, closing: int) -> list[int]:
	counts, used = [0], 0
	for height in heights:
		room = first if len(counts) == 1 else other
		if counts[-1] and used + height > room:
			counts.append(0)
			used = 0
		counts[-1] += 1
		used += height
	room = first if len(counts) == 1 else other
	if used + closing > room and counts[-1] > KEPT:
		counts[-1] -= KEPT
		counts.append(KEPT)
	elif len(counts) > 1 and counts[-2] > KEPT:
		moved = max(KEPT - counts[-1], 0)
		counts[-2] -= moved
		counts[-1] += moved
	return counts
