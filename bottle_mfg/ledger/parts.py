"""Parts of a line: which of its units came back with which return.

A part is a stretch of the line's units, counted from its first. Parts of one line never overlap, so that shares of
an amount that are cut by them add up to it exactly, in whatever order goods come back and returns are cancelled.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from bottle_mfg.ledger.numbers import ZERO, add, rounded


class Part(NamedTuple):
	"""`quantity` units of a line, of which `start` come before."""

	start: Decimal
	quantity: Decimal

	@property
	def end(self) -> Decimal:
		return add(self.start, self.quantity)


def free(taken: Iterable[Part], whole: Decimal) -> list[Part]:
	"""The gaps that `taken` leaves of a line of `whole` units, in order."""
	gaps, reached = [], ZERO
	for part in sorted(taken):
		if part.start > reached:
			gaps.append(Part(reached, add(part.start, -reached)))
		reached = part.end
	if whole > reached:
		gaps.append(Part(reached, add(whole, -reached)))
	return gaps


def take(taken: Iterable[Part], whole: Decimal, quantity: Decimal) -> list[Part]:
	"""`quantity` of the units that are free: the beginning of the first gap that holds them, else of several.

	Raises `ValueError` where that many are not free.
	"""
	gaps = free(taken, whole)
	single = next((gap for gap in gaps if gap.quantity >= quantity), None)
	if single:
		return [Part(single.start, quantity)]
	parts = []
	for gap in gaps:
		part = Part(gap.start, min(gap.quantity, quantity))
		parts.append(part)
		quantity = add(quantity, -part.quantity)
		if not quantity:
			return parts
	raise ValueError(f"{quantity} too many")


def share_of(total: Decimal, part: Part, whole: Decimal, places: int) -> Decimal:
	"""What of `total`, an amount for `whole` units and not below zero, belongs to a part.

	Rounded half even to `places`; what `total` has beyond them belongs to the part that ends the line.
	"""
	return add(_upto(total, part.end, whole, places), -_upto(total, part.start, whole, places))


def _upto(total: Decimal, end: Decimal, whole: Decimal, places: int) -> Decimal:
	return total if end == whole else min(total, rounded(total, end, whole, places))
