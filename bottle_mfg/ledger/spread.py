"""Spreading one amount over several lines without losing or inventing the last digit."""

from collections.abc import Sequence
from decimal import Decimal

from bottle_mfg.ledger.numbers import ZERO, divide


def spread(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
	"""Split the value `total` in proportion to `weights` (none negative); the shares add up to `total` exactly.

	Each share is the difference of two rounded running totals, so that the rounding errors cannot pile up: every
	share is within one unit of the last place of its exact size, and none of a total ≥ 0 is negative. Where all
	weights are zero the lines share alike. No weights: an empty list, and `ValueError` if there was something
	to share.
	"""
	if not weights:
		if total:
			raise ValueError("nothing to spread over")
		return []
	whole = sum(weights, ZERO)
	if not whole:
		weights = [Decimal(1)] * len(weights)
		whole = Decimal(len(weights))
	shares: list[Decimal] = []
	running, given = ZERO, ZERO
	for weight in weights:
		running += weight
		upto = divide(total, running, whole)
		shares.append(upto - given)
		given = upto
	return shares
