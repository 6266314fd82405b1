"""The past year of one item, or of a preform and the bottle blown from it: what a back-dated purchase reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe.utils import getdate, nowdate

from benchmarks.goods import Goods, make_masters
from benchmarks.seed.books import MONEY, Books, Item
from benchmarks.seed.laws import assert_laws
from benchmarks.seed.sequence import last_number, settle

DAYS = 365
BEFORE = 5
"""Days before the back-dated purchase on which the stock was bought that lasts through the year."""
PURCHASE_EVERY = 20
BLOW_EVERY = 10


@dataclass(frozen=True)
class History:
	"""`entries` are those after `day`, a year ago, and all are of `items`; the first of these can be bought."""

	entries: int
	day: date
	items: tuple[str, ...]
	goods: Goods


def seed_history(entries: int) -> History:
	"""So many entries of one item in the past year: sales of one line each, and a purchase among every twenty.

	What was bought before lasts for all of them, so that a purchase at another price changes the cost of each.
	"""
	goods = make_masters()
	item = Item(goods.items[0], "Sold", 2 * MONEY, 3 * MONEY)
	books, first = _opened(entries)
	books.buy(goods.warehouse, goods.supplier, [(item, entries * 10)])
	for day, count in _days(first, entries):
		books.open_day(day, count)
		for _ in range(count):
			if books.entries % PURCHASE_EVERY == 0:
				books.buy(goods.warehouse, goods.supplier, [(item, 60)])
			else:
				books.sell(goods.warehouse, goods.customer, [(item, 3)])
	return _closed(books, entries, first, (item.code,), goods)


def seed_chain(entries: int) -> History:
	"""So many entries of a preform and the bottle blown from it: a blow among every ten, the rest sales."""
	goods = make_masters()
	preform = Item(goods.preform, "Preform", 15_000, 2 * MONEY)
	bottle = Item(goods.bottle, "Bottle", 20_000, 3 * MONEY, preform)
	books, first = _opened(entries)
	books.buy(goods.warehouse, goods.supplier, [(preform, entries * 20)])
	books.open_day(first - timedelta(days=BEFORE - 1), 1)
	books.blow(goods.warehouse, bottle, 1)
	before = books.entries
	for day, count in _days(first, entries):
		books.open_day(day, count)
		until = before + entries if day == _yesterday() else books.entries + count
		while books.entries < until:
			if (books.entries - before) % BLOW_EVERY < 2:
				books.blow(goods.warehouse, bottle, 1)
			else:
				books.sell(goods.warehouse, goods.customer, [(bottle, 3)])
	return _closed(books, books.entries - before, first, (preform.code, bottle.code), goods)


def _opened(entries: int) -> tuple[Books, date]:
	books = Books(last_number())
	first = _yesterday() - timedelta(days=DAYS - 1)
	books.open_day(first - timedelta(days=BEFORE), 1)
	return books, first


def _closed(books: Books, entries: int, first: date, items: tuple[str, ...], goods: Goods) -> History:
	books.close()
	settle(books.sequence)
	assert_laws(items=items)
	return History(entries, first - timedelta(days=1), items, goods)


def _days(first: date, entries: int) -> Sequence[tuple[date, int]]:
	"""The days from `first` to yesterday with so many entries in all, spread evenly."""
	return [
		(first + timedelta(days=number), entries * (number + 1) // DAYS - entries * number // DAYS)
		for number in range(DAYS)
	]


def _yesterday() -> date:
	frappe.db.rollback()
	return getdate(nowdate()) - timedelta(days=1)
