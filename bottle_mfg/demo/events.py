"""What can happen in the demo factory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from bottle_mfg.demo.data import Line


@dataclass(frozen=True)
class Event:
	"""Something to enter: on which day, and when. Today's events have no time: they count from their entry."""

	day: date
	at: time | None


@dataclass(frozen=True)
class Delivery(Event):
	"""Goods came in. `price` is for one piece, `freight` for the whole delivery."""

	supplier: str
	bill: str
	item: str
	quantity: int
	price: Decimal
	freight: Decimal

	@property
	def total(self) -> Decimal:
		return self.quantity * self.price + self.freight


@dataclass(frozen=True)
class Run(Event):
	"""A machine's shift. `rejects` holds (stage, reason, pieces); `labels` were used, `regrind` came out, in kg."""

	line: Line
	quantity: int
	good: int
	rejects: tuple[tuple[str, str, int], ...]
	shift: str
	operator: str
	labels: int
	regrind: Decimal


@dataclass(frozen=True)
class Order(Event):
	"""A customer took goods. `lines` holds (item, pieces, price of one)."""

	customer: str
	lines: tuple[tuple[str, int, Decimal], ...]
	entered_by: str

	@property
	def total(self) -> Decimal:
		return sum((pieces * price for _item, pieces, price in self.lines), Decimal(0))


@dataclass(frozen=True)
class Return(Event):
	"""Some of what an order or a delivery brought went the way back."""

	of: Order | Delivery
	item: str
	quantity: int


@dataclass(frozen=True)
class Move(Event):
	"""Goods went from the main store to the shop. `lines` holds (item, pieces)."""

	lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Count(Event):
	"""The main store was counted. `lines` holds (item, pieces found, why that is not what the books had)."""

	lines: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class Paid(Event):
	"""An order or a delivery was paid, in part or whole, or a return refunded; or that failed, and why."""

	of: Order | Delivery | Return
	amount: Decimal
	mode: str
	reference: str = ""
	failed: str = ""


@dataclass(frozen=True)
class Spent(Event):
	"""Money went for something that is no goods. What is `covered` is part of what blowing costs."""

	category: str
	payee: str
	amount: Decimal
	mode: str
	covered: bool
