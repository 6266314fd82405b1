"""Exact numbers: how many places a quantity and a value have, and how a division is rounded."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

QUANTITY_PLACES = 3
VALUE_PLACES = 4

ZERO = Decimal(0)

# A product of a value (below 10^11, 4 places) and a quantity (below 10^10, 3 places) has at most 28 digits, and
# the quotient of such numbers that is not a tie at the 4th place differs from one by more than 10^-20: with 60
# digits the intermediate is either exact or too far from a tie for its own rounding to matter.
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_QUANTITY_STEP = Decimal(1).scaleb(-QUANTITY_PLACES)
_VALUE_STEP = Decimal(1).scaleb(-VALUE_PLACES)


def quantity(number: Decimal) -> Decimal:
	"""`number` rounded half even to the places of a quantity."""
	return number.quantize(_QUANTITY_STEP, context=_CONTEXT)


def value(number: Decimal) -> Decimal:
	"""`number` rounded half even to the places of a value."""
	return number.quantize(_VALUE_STEP, context=_CONTEXT)


def divide(total: Decimal, part: Decimal, whole: Decimal) -> Decimal:
	"""The value `total × part / whole`, rounded once, half even.

	Raises `decimal.DivisionByZero` where `whole` is zero.
	"""
	return rounded(total, part, whole, VALUE_PLACES)


def rounded(total: Decimal, part: Decimal, whole: Decimal, places: int) -> Decimal:
	"""`total × part / whole` as `divide` has it, to as many places as asked."""
	share = _CONTEXT.divide(_CONTEXT.multiply(total, part), whole)
	return share.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)


def add(left: Decimal, right: Decimal) -> Decimal:
	"""The exact sum: the default context of `Decimal` would round it at 28 digits."""
	return _CONTEXT.add(left, right)
