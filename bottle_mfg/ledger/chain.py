"""The chain of seals that the entries of one balance form, so that no entry can be changed unnoticed.

Each event of a balance, an entry written or an entry cancelled, has a number and a seal: a digest of its facts and
of the seal before it. What a replay rewrites is no fact and is not sealed. Whoever changes, removes or adds an entry
in the database leaves a seal that does not fit, or has to make every later one anew.

Items, warehouses and users may be renamed, so their names are not sealed: that an entry belongs to its balance
follows from the seal that the balance's chain begins with, which is random.
"""

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

_BYTES = 20
_PART = "\0"


class Link(NamedTuple):
	"""The latest event of a chain: how many there are, and its seal. Number 0 is the beginning."""

	number: int = 0
	seal: str = ""


class Facts(NamedTuple):
	"""What of an entry never changes. `created` is when it was written, `posting_datetime` when it counts from."""

	posting_datetime: datetime
	created: datetime
	quantity: Decimal
	basis: str
	declared: Decimal
	voucher_type: str
	voucher_no: str
	voucher_row: str
	origin_row: str
	origin_start: Decimal


def written(last: Link, facts: Facts) -> Link:
	"""The link of an entry with these facts that follows `last`."""
	return _follow(last, "written", *map(_text, facts))


def cancelled(last: Link, sequence: int) -> Link:
	"""The link of the cancelling of the entry with this sequence number that follows `last`."""
	return _follow(last, "cancelled", str(sequence))


def _follow(last: Link, *parts: str) -> Link:
	number = last.number + 1
	sealed = _PART.join((str(number), last.seal, *parts))
	return Link(number, hashlib.blake2b(sealed.encode(), digest_size=_BYTES).hexdigest())


def _text(fact: object) -> str:
	"""A fact as the same text wherever it comes from: a movement, or the database with its zeros."""
	if isinstance(fact, datetime):
		return fact.isoformat(timespec="microseconds")
	if isinstance(fact, Decimal):
		return f"{fact.normalize() + 0:f}"
	return str(fact)
