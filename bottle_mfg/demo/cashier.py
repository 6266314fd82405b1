"""Who pays in the demo factory, when and how. Pure Python, like the story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bottle_mfg.demo.data import CREDIT_OF_SUPPLIERS, CUSTOMERS
from bottle_mfg.demo.events import Delivery, Order, Paid, Return

AT_ONCE, HALF_AT_ONCE, WHEN_DUE, NEVER = range(4)
"""How orders are paid, in turn."""

_BOUNCES = 8
"""Of every so many orders one is paid with a cheque that bounces first."""

_PAYING_TIME = time(11, 0)
_SOON = timedelta(minutes=10)
_CENT = Decimal("0.01")


@dataclass
class _Debt:
	"""What is left to be paid of a bill, and when."""

	bill: Order | Delivery
	due: date
	left: Decimal
	bounces: bool = False


class Cashier:
	"""Knows what is owed. `at` gives the time of an event: None for today's."""

	def __init__(self, at: Callable[[date, time], time | None]) -> None:
		self._at = at
		self._debts: list[_Debt] = []
		self._transfers = 0

	def owe(self, delivery: Delivery) -> None:
		"""Suppliers are paid in time."""
		due = delivery.day + timedelta(days=CREDIT_OF_SUPPLIERS)
		self._debts.append(_Debt(delivery, due, delivery.total))

	def bill(self, order: Order, number: int) -> Iterator[Paid]:
		"""What the customer pays when he takes the goods of the order with this number."""
		due = order.day + timedelta(days=CUSTOMERS[order.customer]["credit_days"])
		way = number % 4
		debt = _Debt(order, date.max if way == NEVER else due, order.total, number % _BOUNCES == WHEN_DUE)
		self._debts.append(debt)
		if way == AT_ONCE:
			yield self._pay(debt, debt.left, order.day, _later(order), "Cash")
		elif way == HALF_AT_ONCE:
			yield self._pay(debt, round(debt.left / 2, 2), order.day, _later(order), "UPI")

	def pay_what_is_due(self, day: date) -> Iterator[Paid]:
		"""What was due by this morning. A cheque that bounced is replaced the next working day."""
		for debt in self._debts:
			if not debt.left or debt.due > day:
				continue
			if debt.bounces:
				debt.bounces = False
				debt.due = day + timedelta(days=1)
				at = self._at(day, _PAYING_TIME)
				yield Paid(day, at, debt.bill, debt.left, "Cheque", self._reference(), "The cheque bounced")
			else:
				yield self._pay(debt, debt.left, day, _PAYING_TIME, "Bank")

	def take_back(self, back: Return) -> Iterator[Paid]:
		"""What is refunded of a return: what its bill does not owe any more."""
		(debt,) = (debt for debt in self._debts if debt.bill is back.of)
		credit = _worth(back)
		refund = max(credit - debt.left, Decimal(0))
		debt.left -= credit - refund
		if refund:
			yield Paid(back.day, back.at and _later(back), back, refund, "Cash")

	def _pay(self, debt: _Debt, amount: Decimal, day: date, at: time | None, mode: str) -> Paid:
		debt.left -= amount
		reference = "" if mode == "Cash" else self._reference()
		return Paid(day, self._at(day, at or _PAYING_TIME), debt.bill, amount, mode, reference)

	def _reference(self) -> str:
		self._transfers += 1
		return f"{4100 + 37 * self._transfers:08}"


def _later(event: Order | Return) -> time | None:
	return (datetime.combine(event.day, event.at) + _SOON).time() if event.at else None


def _worth(back: Return) -> Decimal:
	if isinstance(back.of, Delivery):
		delivery = back.of
		share = delivery.freight * back.quantity / delivery.quantity
		return back.quantity * delivery.price + share.quantize(_CENT)
	(price,) = (price for item, _pieces, price in back.of.lines if item == back.item)
	return back.quantity * price
