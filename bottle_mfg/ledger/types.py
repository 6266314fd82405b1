"""The words of the ledger: who holds what, what moves, and what was written about it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from bottle_mfg.ledger.numbers import ZERO, divide


class Key(NamedTuple):
	"""What a balance is kept for. Sorting keys gives the order in which balances are locked."""

	item: str
	warehouse: str


class Basis(str, Enum):
	"""Where a movement's value comes from."""

	DECLARED = "Declared"
	"""It was stated by the document: what a purchase paid. A fact, which no replay changes."""
	AVERAGE = "Average"
	"""It leaves, or is found, at the moving average of its balance; found where nothing is, at its declared value."""
	PRODUCED = "Produced"
	"""It is what the issues of its row took out less what was credited, and its declared value on top."""
	CREDITED = "Credited"
	"""A by-product: worth its declared value, but never more than is left of what the issues of its row took out."""
	RETURNED = "Returned"
	"""It comes back at its share of what an earlier issue took out."""


@dataclass(frozen=True)
class Origin:
	"""What a return takes back: a part of the issue with the row `row`, made from `warehouse`.

	`start` is how many of that issue's units come before this part: parts that do not overlap add up to the
	issue's whole value, to the last place.
	"""

	row: str
	warehouse: str
	start: Decimal = ZERO


@dataclass(frozen=True)
class Issued:
	"""What an issue took out: `quantity` units worth `value`, both above or at zero."""

	quantity: Decimal
	value: Decimal


@dataclass(frozen=True)
class Balance:
	"""What a warehouse holds of an item. Quantity 0 means value 0."""

	quantity: Decimal = ZERO
	value: Decimal = ZERO


@dataclass(frozen=True)
class Movement:
	"""One line of what a document moves.

	`quantity` is signed: receipts above zero, issues below. `declared` is the value the document states, never
	below zero: the landed value of a purchase line, what a supplier gives back for a returned one, the
	conversion cost of a production, the credit for a by-product; zero for other issues. `row` names the
	document's line and groups a production: the `CREDITED` and then the `PRODUCED` receipts take in the value of
	the issues with their `row`. `origin` is what a `RETURNED` receipt takes back. `revenue` is what a sale
	earned with it, which the ledger does not touch but the daily totals keep.
	"""

	item: str
	warehouse: str
	quantity: Decimal
	basis: Basis
	declared: Decimal = ZERO
	row: str = ""
	revenue: Decimal = ZERO
	origin: Origin | None = None

	@property
	def key(self) -> Key:
		return Key(self.item, self.warehouse)


@dataclass(frozen=True)
class Entry:
	"""A valued movement with the balance it left. `value` has the sign of the quantity."""

	movement: Movement
	value: Decimal
	balance: Balance

	@property
	def unit_cost(self) -> Decimal:
		"""Currency per unit to 4 places."""
		return divide(self.value, Decimal(1), self.movement.quantity)
