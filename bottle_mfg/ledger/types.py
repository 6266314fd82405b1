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
	"""It leaves at the moving average of its balance."""
	PRODUCED = "Produced"
	"""It is what the issues of its group took out, and its declared value (conversion cost) on top."""


@dataclass(frozen=True)
class Balance:
	"""What a warehouse holds of an item. Quantity 0 means value 0."""

	quantity: Decimal = ZERO
	value: Decimal = ZERO


@dataclass(frozen=True)
class Movement:
	"""One line of what a document moves.

	`quantity` is signed: receipts above zero, issues below. `declared` is the value the document states: the
	landed value of a purchase line, the conversion cost of a production, zero for an issue. `row` names the
	document's line and groups a production: a `PRODUCED` receipt takes in the value of the issues with its
	`row`. `revenue` is what a sale earned with it, which the ledger does not touch but the daily totals keep.
	"""

	item: str
	warehouse: str
	quantity: Decimal
	basis: Basis
	declared: Decimal = ZERO
	row: str = ""
	revenue: Decimal = ZERO

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
