"""What happened in the demo factory, day by day: the same story for the same today.

Pure Python. The story keeps its own count of the stock, so that no day sells what is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from bottle_mfg.demo import data
from bottle_mfg.demo.cashier import Cashier
from bottle_mfg.demo.data import (
	BOUGHT,
	COSTS,
	CUSTOMERS,
	FOR_THE_SHOP,
	ITEMS,
	LINES,
	MANAGER,
	MISCOUNTED,
	OPERATORS,
	SALES_USER,
	Line,
)
from bottle_mfg.demo.events import Count, Delivery, Event, Move, Order, Return, Run, Spent

DAYS = 40
"""How many days before today the story begins."""

SUNDAY = 6
SHOP_DAYS = (1, 4)
"""Tuesdays and Fridays: the shop is sent what it sells."""

COUNTED = (24, 3)
"""How many days before today the main store was counted; the day before, if that is a Sunday."""

_SEED = 28


def story(today: date) -> Iterator[Event]:
	"""Every event of the `DAYS` before `today` and of today, in the order in which they happened."""
	teller = _Teller(today)
	for back in range(DAYS, -1, -1):
		yield from teller.tell(today - timedelta(days=back))


class _Teller:
	def __init__(self, today: date) -> None:
		self.today = today
		self.counted = {_working_day(today - timedelta(days=back)) for back in COUNTED}
		self.random = Random(_SEED)
		self.stock: dict[str, int] = defaultdict(int)
		self.bills = 0
		self.orders = 0
		self.delivered: dict[str, int] = defaultdict(int)
		self.cracked: list[Delivery] = []
		self.regretted: list[Order] = []
		self.cashier = Cashier(self.at)

	def tell(self, day: date) -> Iterator[Event]:
		"""A working day: deliveries, what goes back, payments, expenses, the morning's runs, orders, what comes back, what goes to the
		shop or is counted, the evening's runs. Sundays only if it is today.
		"""
		if day.weekday() == SUNDAY and day != self.today:
			return
		cracked, self.cracked = self.cracked, []
		regretted, self.regretted = self.regretted, []
		yield from self.deliveries(day)
		for delivery in cracked:
			self.stock[delivery.item] -= data.GIVEN_BACK[delivery.item]
			back = Return(
				day, self.at(day, time(10, 30)), delivery, delivery.item, data.GIVEN_BACK[delivery.item]
			)
			yield back
			yield from self.cashier.take_back(back)
		yield from self.cashier.pay_what_is_due(day)
		yield from self.spend(day, time(12, 0))
		for line in LINES[:2]:
			if day == self.today or self.stock[line.bottle] < line.keep:
				yield from self.run(day, line, "Morning", time(13, 45))
		for hour in (14, 17):
			yield from self.order(day, time(hour, 10))
		for order in regretted:
			item, pieces, _price = order.lines[0]
			self.stock[item] += (brought := max(pieces // 20, 1))
			back = Return(day, self.at(day, time(17, 40)), order, item, brought)
			yield back
			yield from self.cashier.take_back(back)
		if day.weekday() in SHOP_DAYS:
			yield from self.move(day, time(18, 0))
		if day in self.counted:
			yield from self.count(day, time(19, 30))
		for line in LINES:
			low = ITEMS[line.bottle]["reorder_level"] if line in LINES[:2] else line.keep
			if self.stock[line.bottle] < low:
				yield from self.run(day, line, "Evening", time(21, 40))

	def deliveries(self, day: date) -> Iterator[Event]:
		for item, bought in BOUGHT.items():
			if self.stock[item] > ITEMS[item]["reorder_level"]:
				continue
			self.bills += 1
			quantity = ITEMS[item]["reorder_qty"]
			self.stock[item] += quantity
			drift = Decimal(self.random.randint(-30, 40)) / 1000
			delivery = Delivery(
				day,
				self.at(day, time(9, 15)),
				bought.supplier,
				f"{day:%y%m}/{self.bills:03}",
				item,
				quantity,
				round(bought.price * (1 + drift), 2),
				bought.freight,
			)
			self.delivered[item] += 1
			if item in data.GIVEN_BACK and self.delivered[item] == 2:
				self.cracked.append(delivery)
			yield delivery
			self.cashier.owe(delivery)

	def run(self, day: date, line: Line, shift: str, at: time) -> Iterator[Event]:
		quantity = min(line.quantity + self.random.randrange(-6, 7) * 50, self.stock[line.preform])
		rejects = self.rejects(line, quantity)
		good = quantity - sum(pieces for _stage, _reason, pieces in rejects)
		self.stock[line.preform] -= quantity
		self.stock[line.bottle] += good
		labels = min(good, self.stock[line.label]) if line.label else 0
		if line.label:
			self.stock[line.label] -= labels
		grams = (quantity - good) * ITEMS[line.preform]["weight_g"]
		regrind = round(data.REGROUND * grams / 1000, 1)
		operator = self.random.choice(OPERATORS[shift])
		yield Run(day, self.at(day, at), line, quantity, good, rejects, shift, operator, labels, regrind)

	def rejects(self, line: Line, quantity: int) -> tuple[tuple[str, str, int], ...]:
		lost = round(quantity * line.reject_rate * self.random.uniform(0.6, 1.5))
		first = lost // 2
		second = (lost - first) * 2 // 3
		parts = (first, second, lost - first - second)
		return tuple(
			(stage, reason, pieces)
			for (stage, reason), pieces in zip(line.reasons, parts, strict=True)
			if pieces
		)

	def order(self, day: date, at: time) -> Iterator[Event]:
		customer = list(CUSTOMERS)[self.orders % len(CUSTOMERS)]
		wanted = [
			(data.BOTTLE_500, self.random.randrange(2500, 5500, 100)),
			(data.BOTTLE_1000, self.random.randrange(1500, 3800, 100)),
			(data.BOTTLE_250, self.random.randrange(900, 2400, 100)),
			(data.CAP, self.random.randrange(3000, 8000, 500)),
			(data.JAR, self.random.randrange(4, 13)),
		]
		taken = self.random.sample(wanted, k=self.random.choice((2, 2, 3, 4)))
		lines = []
		for item, pieces in taken:
			pieces = min(pieces, self.stock[item])
			if pieces:
				self.stock[item] -= pieces
				lines.append((item, pieces, self.price(item, pieces)))
		self.orders += 1
		if lines:
			by = MANAGER if self.orders % 4 == 0 else SALES_USER
			order = Order(day, self.at(day, at), customer, tuple(lines), by)
			if self.orders % data.BROUGHT_BACK == 0:
				self.regretted.append(order)
			yield order
			yield from self.cashier.bill(order, self.orders)

	def move(self, day: date, at: time) -> Iterator[Event]:
		lines = []
		for item, pieces in FOR_THE_SHOP:
			pieces = min(pieces, self.stock[item])
			if pieces:
				self.stock[item] -= pieces
				lines.append((item, pieces))
		if lines:
			yield Move(day, self.at(day, at), tuple(lines))

	def count(self, day: date, at: time) -> Iterator[Event]:
		lines = []
		for item, difference, reason in MISCOUNTED:
			found = max(self.stock[item] + difference, 0)
			lines.append((item, found, reason if found != self.stock[item] else ""))
			self.stock[item] = found
		yield Count(day, self.at(day, at), tuple(lines))

	def spend(self, day: date, at: time) -> Iterator[Event]:
		"""What has to be paid today, and on Mondays what had to be on the Sunday."""
		due = {day.day} | ({(day - timedelta(days=1)).day} if day.weekday() == 0 else set())
		for cost in COSTS:
			if cost.day in due:
				yield Spent(
					day, self.at(day, at), cost.category, cost.payee, cost.amount, cost.mode, cost.covered
				)

	def price(self, item: str, pieces: int) -> Decimal:
		"""The list price; large orders of bottles get 2 % off."""
		listed = Decimal(str(ITEMS[item]["selling_price"]))
		return round(listed * Decimal("0.98"), 2) if pieces >= 3000 and item != data.CAP else listed

	def at(self, day: date, time_of_day: time) -> time | None:
		return None if day == self.today else time_of_day


def _working_day(day: date) -> date:
	return day - timedelta(days=1) if day.weekday() == SUNDAY else day
