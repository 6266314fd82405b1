"""A factory's years, as large as asked: its masters, its days, and the check of what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import frappe
from frappe.utils import getdate, nowdate

from benchmarks.goods import Goods
from benchmarks.seed.books import MONEY, Books, Item
from benchmarks.seed.laws import assert_laws
from benchmarks.seed.sequence import last_number, settle

YEARS, LARGE_YEARS = 3, 10
LARGE = 3_000_000
"""Entries from which on a factory had ten years for them, not three."""
WAREHOUSES = ("North", "South", "East")
PREFORMS, BOTTLES, BOUGHT = 8, 20, 12
CUSTOMERS, SUPPLIERS = 50, 5
LINES_OF_A_SALE = 3
SALE_SHARE, BLOW_SHARE = 0.9, 0.09
"""Of all ledger entries; the rest are purchases."""
DAYS_IN_STOCK = 10
IDLE, IDLE_DAYS = 200, 250
"""Items that were bought so many days ago, and never moved again."""
COUNTS = 30
"""Stock counts of everything in each warehouse."""
MOST_PIECES = 60


@dataclass(frozen=True)
class World:
	"""What was seeded."""

	entries: int
	first: date
	last: date
	items: tuple[Item, ...]
	entries_by_item: dict[str, int]

	def entries_of(self, item: str) -> int:
		"""Ledger entries of an item in all warehouses."""
		return self.entries_by_item[item]

	def goods(self) -> Goods:
		"""Goods of this world, to make documents of."""
		codes = {
			kind: [item.code for item in self.items if item.item_type == kind]
			for kind in ("Preform", "Bottle")
		}
		sold = [item.code for item in self.items if item.item_type != "Preform"]
		return Goods(
			tuple(sold), codes["Preform"][0], codes["Bottle"][0], WAREHOUSES[0], "Supplier 1", "Customer 1"
		)


def seed(entries: int, documents: bool = True) -> World:
	"""Fill the emptied site with about so many ledger entries and the documents they are of, up to yesterday.

	Without `documents`, sales and the lines of bills are left out: the ledger and the reports do not read them.
	Raises `AssertionError` where what was written breaks a law of the ledger; of a large ledger one item of each kind
	is looked at.
	"""
	items, idle = _items(), _idle()
	_masters([*items, *idle])
	books = Books(last_number(), documents)
	last = getdate(nowdate()) - timedelta(days=1)
	days = 365 * (LARGE_YEARS if entries >= LARGE else YEARS)
	first = last - timedelta(days=days - 1)
	chance = Random(entries)
	_live(books, items, first, days, entries / days, chance, idle)
	books.close()
	settle(books.sequence)
	by_item = Counter()
	for (code, _warehouse), account in books.accounts.items():
		by_item[code] += account.entries
	by_item.update(_counted(books, items, last, chance))
	assert_laws(documents, _looked_at(items) if entries >= LARGE else None)
	return World(by_item.total(), first, last, tuple(items), by_item)


def _looked_at(items: Sequence[Item]) -> list[str]:
	"""One item of each kind: the laws of all would take as long as the seed."""
	return [*{item.item_type: item.code for item in items}.values()]


def _items() -> list[Item]:
	preforms = [
		Item(f"PRE-{number:02}", "Preform", MONEY * (100 + 10 * number) // 100, MONEY * 2)
		for number in range(1, PREFORMS + 1)
	]
	bottles = [
		Item(
			f"BTL-{number:02}",
			"Bottle",
			MONEY * (225 + 5 * number) // 100,
			MONEY * 4,
			preforms[number % PREFORMS],
		)
		for number in range(1, BOTTLES + 1)
	]
	bought = [
		Item(f"CAP-{number:02}", "Sold", MONEY * (10 + number) // 100, MONEY)
		for number in range(1, BOUGHT + 1)
	]
	return [*preforms, *bottles, *bought]


def _idle() -> list[Item]:
	return [Item(f"OLD-{number:03}", "Sold", MONEY // 4, MONEY) for number in range(1, IDLE + 1)]


def _counted(books: Books, items: Sequence[Item], day: date, chance: Random) -> Counter[str]:
	"""The entries of each item by counts on the last evening, entered as anybody enters them: half of the lines differ."""
	entries: Counter[str] = Counter()
	held = {(item.code, warehouse): books.held(item, warehouse) for item in items for warehouse in WAREHOUSES}
	for _ in range(COUNTS):
		for warehouse in WAREHOUSES:
			lines = []
			for item in items:
				difference = chance.choice((0, 0, 1, -1)) if held[item.code, warehouse] else 0
				held[item.code, warehouse] += difference
				entries[item.code] += abs(difference)
				lines.append({"item": item.code, "counted_quantity": held[item.code, warehouse]})
			count = {"doctype": "Bottle Stock Count", "warehouse": warehouse, "items": lines}
			frappe.get_doc(count | {"date": str(day), "posting_time": "21:00:00"}).submit()
			frappe.db.commit()
	return entries


def _masters(items: Sequence[Item]) -> None:
	values = [
		*({"doctype": "Bottle Warehouse", "warehouse_name": name} for name in WAREHOUSES),
		*({"doctype": "Bottle Customer", "customer_name": f"Customer {n + 1}"} for n in range(CUSTOMERS)),
		*({"doctype": "Bottle Supplier", "supplier_name": f"Supplier {n + 1}"} for n in range(SUPPLIERS)),
		*(
			{
				"doctype": "Bottle Item",
				"item_code": i.code,
				"item_name": i.code,
				"item_type": i.item_type,
				"reorder_level": MOST_PIECES
				* 1_000_000,  # all of them run low, so that a report has much to say
			}
			for i in items
		),
	]
	for one in values:
		frappe.get_doc(one).insert()
	frappe.db.commit()


def _live(
	books: Books,
	items: Sequence[Item],
	first: date,
	days: int,
	a_day: float,
	chance: Random,
	idle: Sequence[Item],
) -> None:
	"""Day by day, so many entries: buy what runs low, then blow and sell, in an order left to chance."""
	sales, blows = a_day * SALE_SHARE / LINES_OF_A_SALE, a_day * BLOW_SHARE / 2
	bottles = [item for item in items if item.item_type == "Bottle"]
	sellable = [item for item in items if item.item_type != "Preform"]
	pairs = len(sellable) * len(WAREHOUSES)
	use = a_day * SALE_SHARE * MOST_PIECES / 2 / pairs
	hundreds = max(1, round(use * len(bottles) * len(WAREHOUSES) / blows / 96 * 1.1))
	for number in range(days):
		acts = [_sell] * _about(sales, chance) + [_blow] * _about(blows, chance)
		chance.shuffle(acts)
		others = len(WAREHOUSES) * (1 if number else 1 + len(bottles)) + 1
		books.open_day(first + timedelta(days=number), len(acts) + others)
		_restock(books, items, use * 3, chance)
		if number == 0:
			_first_bottles(books, bottles, int(use * DAYS_IN_STOCK / 96) + 1)
		if number == days - IDLE_DAYS:
			books.buy(WAREHOUSES[0], "Supplier 1", [(item, 1000) for item in idle])
		for act in acts:
			act(books, bottles if act is _blow else sellable, hundreds, chance)


def _about(number: float, chance: Random) -> int:
	return int(number + chance.random())


def _restock(books: Books, items: Sequence[Item], use: float, chance: Random) -> None:
	"""A purchase in each warehouse of all that would not last two days; preforms are used by several bottles."""
	for warehouse in WAREHOUSES:
		lines = [
			(item, 1000 + int(use * DAYS_IN_STOCK))
			for item in items
			if item.item_type != "Bottle" and books.held(item, warehouse) < 2 * use + 1000
		]
		if lines:
			books.buy(warehouse, f"Supplier {chance.randint(1, SUPPLIERS)}", lines)


def _first_bottles(books: Books, bottles: Sequence[Item], hundreds: int) -> None:
	for warehouse in WAREHOUSES:
		for bottle in bottles:
			_blow_what_there_is(books, warehouse, bottle, hundreds)


def _blow(books: Books, bottles: Sequence[Item], hundreds: int, chance: Random) -> None:
	"""Of five bottles that chance looks at, the one that there is the least of."""
	looked_at = [(chance.choice(bottles), chance.choice(WAREHOUSES)) for _ in range(5)]
	bottle, warehouse = min(looked_at, key=lambda pair: books.held(*pair))
	_blow_what_there_is(books, warehouse, bottle, hundreds)


def _blow_what_there_is(books: Books, warehouse: str, bottle: Item, hundreds: int) -> None:
	assert bottle.preform
	possible = min(hundreds, books.held(bottle.preform, warehouse) // 100)
	if possible:
		books.blow(warehouse, bottle, possible)


def _sell(books: Books, sellable: Sequence[Item], _hundreds: int, chance: Random) -> None:
	warehouse = chance.choice(WAREHOUSES)
	wanted = {
		item: chance.randint(1, MOST_PIECES - 1) for item in chance.sample(sellable, chance.randint(1, 5))
	}
	lines = [(item, pieces) for item, pieces in wanted.items() if books.held(item, warehouse) >= pieces]
	if lines:
		books.sell(warehouse, f"Customer {chance.randint(1, CUSTOMERS)}", lines)
