"""Keeping books the plain way: documents of the past with their entries, balances and daily totals.

Every item has one cost, at which it is bought or which its blowing comes to; so each average is that cost, each
value is a product of whole numbers, and no division ever rounds. Money is in ten-thousandths here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from benchmarks.seed import loader
from benchmarks.seed.loader import Loader
from bottle_mfg.ledger import ZERO, Facts, Link, written

MONEY = 10_000
"""Ten-thousandths of the currency in one."""
OPENING = 8 * 3600
"""The second of the day at which the first document is entered."""
REJECTS_IN_HUNDRED = 4
REASONS = ("Neck", "Base", "Burst", "Dirt")
MACHINES = ("Sidel 1", "Sidel 2", "Aoki", "Nissei")
SHIFTS = ("Morning", "Evening", "Night")
OPERATORS = ("Asha", "Birju", "Chetan", "Devi", "Esha", "Farid")

_SCRAMBLER = 0x9E3779B97F4A7C15
"""Odd: multiplying by it, modulo a power of two, gives every number another and no neighbour a near one."""


@dataclass(frozen=True)
class Item:
	"""`cost` and `price` in ten-thousandths for one piece; a bottle is blown from its `preform`."""

	code: str
	item_type: str
	cost: int
	price: int
	preform: Item | None = None

	@property
	def conversion(self) -> int:
		"""What blowing one preform costs, so that a hundred of them make 96 bottles of the item's cost."""
		assert self.preform
		return self.cost * (100 - REJECTS_IN_HUNDRED) // 100 - self.preform.cost


class Account:
	"""A balance, how many entries it has, where its chain is, and what its current day adds up to."""

	__slots__ = ("day", "entries", "item", "last", "link", "quantity", "warehouse")

	def __init__(self, item: Item, warehouse: str) -> None:
		self.item = item
		self.warehouse = warehouse
		self.quantity = 0
		self.entries = 0
		self.last = ""
		self.link = Link(0, self.first_seal)
		self.day = _no_movements()

	@property
	def first_seal(self) -> str:
		return f"{self.item.code} in {self.warehouse}"


def _no_movements() -> dict[str, int]:
	return {"bought": 0, "consumed": 0, "produced": 0, "conversion": 0, "sold": 0, "revenue": 0}


class Books:
	"""Writes documents in the order of time; `close` ends it. `sequence` is the last number that the ledger gave."""

	def __init__(self, sequence: int, documents: bool = True) -> None:
		self.sequence = sequence
		self.entries = 0
		self.accounts: dict[tuple[str, str], Account] = {}
		self._documents = documents
		self._loader = Loader()
		self._rows = sequence * 4  # so that rows of books opened later have other names
		self._moved: dict[tuple[str, str], Account] = {}
		self._numbers: dict[str, int] = defaultdict(int, self._loader.counted())
		self._day = ""
		self._code = ""
		self._second = 0.0
		self._step = 1.0

	def open_day(self, day: date, documents: int) -> None:
		"""The documents that follow are of `day`, about so many, spread over twelve hours."""
		self.close_day()
		self._day = str(day)
		self._code = f"{day:%y%m%d}"
		self._second = OPENING
		self._step = 12 * 3600 / (documents + 1)

	def held(self, item: Item, warehouse: str) -> int:
		"""Pieces in stock."""
		return self._account(item, warehouse).quantity

	def buy(self, warehouse: str, supplier: str, lines: Sequence[tuple[Item, int]]) -> str:
		name, time = self._document("PO")
		total = 0
		for number, (item, quantity) in enumerate(lines, 1):
			row, amount = self._row(), quantity * item.cost
			total += amount
			account = self._account(item, warehouse)
			account.day["bought"] += quantity
			self._entry(account, time, quantity, amount, "Declared", "Bottle Purchase", name, row)
			if self._documents:
				cells = (
					row,
					name,
					number,
					f"{self._day} {time}",
					item.code,
					quantity,
					_money(item.cost),
					_money(amount),
				)
				self._loader.add(loader.PURCHASE_ITEM, _line(*cells))
		created = f"{self._day} {time}"
		self._loader.add(
			loader.PURCHASE, _line(name, self._day, time, created, supplier, warehouse, _money(total))
		)
		return name

	def sell(self, warehouse: str, customer: str, lines: Sequence[tuple[Item, int]]) -> str:
		name, time = self._document("SO")
		created = f"{self._day} {time}"
		total = cost = 0
		for number, (item, quantity) in enumerate(lines, 1):
			row, amount, worth = self._row(), quantity * item.price, quantity * item.cost
			total += amount
			cost += worth
			account = self._account(item, warehouse)
			account.day["sold"] += quantity
			account.day["revenue"] += amount
			self._entry(account, time, -quantity, 0, "Average", "Bottle Sale", name, row)
			if self._documents:
				self._loader.add(
					loader.SALE_ITEM,
					f"{row}\t{name}\t{number}\t{created}\t{item.code}\t{quantity}\t{_money(item.price)}\t{_money(amount)}"
					f"\t{_money(item.cost)}\t{_money(worth)}\t{_money(amount - worth)}",
				)
		if self._documents:
			pieces = sum(quantity for _item, quantity in lines)
			figures = (pieces, _money(total), _money(cost), _money(total - cost))
			self._loader.add(
				loader.SALE, _line(name, self._day, time, created, customer, warehouse, *figures)
			)
		return name

	def blow(self, warehouse: str, bottle: Item, hundreds: int) -> str:
		"""Blow so many hundred preforms into a bottle, with four rejects for each hundred."""
		preform = bottle.preform
		assert preform
		name, time = self._document("BL")
		quantity, lost = hundreds * 100, hundreds * REJECTS_IN_HUNDRED
		material, conversion = quantity * preform.cost, quantity * bottle.conversion
		source, target = self._account(preform, warehouse), self._account(bottle, warehouse)
		source.day["consumed"] += quantity
		self._entry(source, time, -quantity, 0, "Average", "Blow", name, "")
		target.day["produced"] += quantity - lost
		target.day["conversion"] += conversion
		self._entry(target, time, quantity - lost, conversion, "Produced", "Blow", name, "")
		created, turn = f"{self._day} {time}", self._numbers[f"BL-{self._code}-"]
		costs = map(
			_money, (bottle.conversion, material, material, conversion, material + conversion, bottle.cost)
		)
		who = (MACHINES[turn % 4], SHIFTS[turn % 3], OPERATORS[turn % 6])
		cells = (
			name,
			self._day,
			time,
			created,
			warehouse,
			preform.code,
			bottle.code,
			quantity,
			quantity - lost,
			lost,
		)
		self._loader.add(loader.BLOW, _line(*cells, *costs, *who))
		for number, part in enumerate((lost // 4, lost - lost // 4), 1):
			reason = REASONS[(turn + number) % 4]
			self._loader.add(
				loader.BLOW_REJECT, _line(self._row(), name, number, created, "Bottle", reason, part)
			)
		return name

	def close_day(self) -> None:
		for account in self._moved.values():
			self._daily_total(account)
			account.day = _no_movements()
		self._moved.clear()

	def close(self) -> None:
		"""Write the last day and the balances, and have all of it in the database."""
		self.close_day()
		for account in self.accounts.values():
			item, worth = account.item, account.quantity * account.item.cost
			self._loader.add(
				loader.STOCK,
				_line(
					f"{item.code}::{account.warehouse}",
					item.code,
					account.warehouse,
					account.quantity,
					_money(worth),
					_money(item.cost if account.quantity else 0),
					account.last,
					account.first_seal,
					*account.link,
				),
			)
		self._loader.count(self._numbers.items())
		self._loader.close()

	def _document(self, prefix: str) -> tuple[str, str]:
		series = f"{prefix}-{self._code}-"
		self._numbers[series] += 1
		self._second += self._step
		second = int(self._second)
		clock = (
			f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{int(self._second % 1 * 1e6):06}"
		)
		return f"{series}{self._numbers[series]:04}", clock

	def _row(self) -> str:
		self._rows += 1
		return f"{self._rows * _SCRAMBLER % 2**40:010x}"

	def _account(self, item: Item, warehouse: str) -> Account:
		key = (item.code, warehouse)
		account = self.accounts.get(key)
		if account is None:
			account = self.accounts[key] = Account(item, warehouse)
		return account

	def _entry(
		self,
		account: Account,
		time: str,
		quantity: int,
		declared: int,
		basis: str,
		doctype: str,
		name: str,
		row: str,
	) -> None:
		account.quantity += quantity
		if account.quantity < 0:
			raise ValueError(f"{account.item.code} would be negative")
		account.entries += 1
		account.last = f"{self._day} {time}"
		self.sequence += 1
		self.entries += 1
		code, cost = account.item.code, account.item.cost
		posted = datetime.fromisoformat(account.last)
		figures = Decimal(quantity), basis, Decimal(declared) / MONEY
		account.link = written(account.link, Facts(posted, posted, *figures, doctype, name, row, "", ZERO))
		self._moved[code, account.warehouse] = account
		self._loader.add(
			loader.LEDGER,
			f"{self.sequence}\t{account.last}\t{code}\t{account.warehouse}\t{quantity}\t{_money(quantity * cost)}"
			f"\t{_money(declared)}\t{account.quantity}\t{_money(account.quantity * cost)}\t{basis}\t{doctype}\t{name}\t{row}"
			f"\t{account.link.number}\t{account.link.seal}",
		)

	def _daily_total(self, account: Account) -> None:
		day, item = account.day, account.item
		net = day["bought"] + day["produced"] - day["consumed"] - day["sold"]
		parts = (day[part] for part in ("bought", "consumed", "produced"))
		cells = [figure for part in (net, *parts) for figure in (part, _money(part * item.cost))]
		cells += [
			_money(day["conversion"]),
			day["sold"],
			_money(day["revenue"]),
			_money(day["sold"] * item.cost),
		]
		self._loader.add(
			loader.DAILY,
			_line(
				f"{self._day}::{item.code}::{account.warehouse}",
				self._day,
				item.code,
				account.warehouse,
				*cells,
			),
		)


def _money(amount: int) -> str:
	return f"{amount / MONEY:.4f}"


def _line(*cells: object) -> str:
	return "\t".join(map(str, cells))
