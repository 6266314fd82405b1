"""What the factory earned: sales, cost of goods, what counts and returns brought, expenses, net profit, by period.

Sales and costs come from Bottle Daily Total, which posting keeps; nothing here reads the ledger or the documents that
move stock. Expenses are read by a covering index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from frappe import _

from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting.daily_totals import totals
from bottle_mfg.reporting.expenses import Amounts, Expenses, expenses, total
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.periods import TOTAL, Period, find, split

MONEY, PERCENT, QUANTITY = "money", "percent", "quantity"

_SUMS = (
	"sold_quantity",
	"revenue",
	"cost_of_goods",
	"produced_quantity",
	"conversion_cost",
	"gained_value",
	"lost_value",
	"return_difference",
)


@dataclass(frozen=True)
class Figures:
	"""What some days did to some goods: quantities in the item's unit, the rest in currency."""

	sold_quantity: Decimal = ZERO
	revenue: Decimal = ZERO
	cost_of_goods: Decimal = ZERO
	produced_quantity: Decimal = ZERO
	conversion_cost: Decimal = ZERO
	gained_value: Decimal = ZERO
	lost_value: Decimal = ZERO
	return_difference: Decimal = ZERO

	def __add__(self, other: Figures) -> Figures:
		return Figures(*(getattr(self, name) + getattr(other, name) for name in _SUMS))

	@property
	def profit(self) -> Decimal:
		return self.revenue - self.cost_of_goods

	@property
	def stock_difference(self) -> Decimal:
		"""What stock turned out to be worth more, or less, without being bought, made or sold."""
		return self.gained_value - self.lost_value + self.return_difference

	@property
	def result(self) -> Decimal:
		"""The profit after stock differences."""
		return self.profit + self.stock_difference

	@property
	def has_differences(self) -> bool:
		return bool(self.gained_value or self.lost_value or self.return_difference)

	@property
	def was_sold(self) -> bool:
		return bool(self.sold_quantity or self.revenue or self.cost_of_goods)

	@property
	def margin(self) -> Decimal | None:
		"""Profit in percent of revenue, to 2 places; None without revenue."""
		return round(self.profit * 100 / self.revenue, 2) if self.revenue else None


Amount = Callable[[Figures], Decimal | None]
Block = tuple[str, str, str, Amount, dict[str, list[Figures]]]
"""A line's name, label, kind and amount, and the items that explain it."""


@dataclass(frozen=True)
class Line:
	"""A line of the statement: one amount for each period (None: does not apply), and the one for all of them.

	`kind` says what the amounts are. A line with an `item` or a `category` explains the line above it that has none.
	"""

	name: str
	label: str
	kind: str
	amounts: list[Decimal | None]
	total: Decimal | None
	item: str | None = None
	category: str | None = None


@dataclass(frozen=True)
class Statement:
	"""`lines` say it all; the figures that they were made from stand beside them. Items are named by code.

	`net_profit` is None where expenses are left out: of a part of the factory, or for who may not read them.
	"""

	periods: list[Period]
	lines: list[Line]
	by_period: list[Figures]
	by_item: dict[str, Figures]
	names: dict[str, str]
	total: Figures
	spent: Expenses | None

	@property
	def net_profit(self) -> Decimal | None:
		if self.spent is None:
			return None
		return self.total.result - sum(map(sum, self.spent.own.values()), ZERO)


def statement(
	first: date,
	last: date,
	periodicity: str = TOTAL,
	*,
	warehouse: str | None = None,
	item: str | None = None,
) -> Statement:
	"""The profit and loss from `first` to `last`, both included, of one warehouse or item or of all."""
	periods = split(first, last, periodicity)
	cells: dict[tuple[str, Period], Figures] = defaultdict(Figures)
	where = {"warehouse": warehouse, "item": item}
	if len(periods) == 1:
		for (code,), sums in totals(_SUMS, ("item",), first=first, last=last, where=where).items():
			cells[code, periods[0]] = Figures(**sums)
	else:
		for (code, day), sums in totals(
			_SUMS, ("item", "date"), first=first, last=last, where=where, every=periodicity
		).items():
			cells[code, find(periods, day)] += Figures(**sums)
	by_item = {
		code: [cells.get((code, period), Figures()) for period in periods]
		for code in sorted({code for code, _period in cells})
	}
	by_period = [_sum(column) for column in zip(*by_item.values(), strict=True)] or [Figures()] * len(periods)
	names = item_names(by_item)
	# Rent is nobody's in particular: a statement of one item or warehouse ends with its profit.
	spent = None if warehouse or item else expenses(periods)
	return Statement(
		periods,
		list(_lines(by_item, by_period, names, spent)),
		by_period,
		{code: _sum(row) for code, row in by_item.items()},
		names,
		_sum(by_period),
		spent,
	)


def _sum(parts: Iterable[Figures]) -> Figures:
	return sum(parts, Figures())


def _lines(
	by_item: dict[str, list[Figures]],
	by_period: list[Figures],
	names: dict[str, str],
	spent: Expenses | None,
) -> Iterable[Line]:
	sold = {code: row for code, row in by_item.items() if any(cell.was_sold for cell in row)}
	produced = {code: row for code, row in by_item.items() if any(cell.produced_quantity for cell in row)}
	earned: list[Block] = [
		("revenue", _("Sales"), MONEY, lambda cell: cell.revenue, sold),
		("cost_of_goods", _("Cost of goods sold"), MONEY, lambda cell: cell.cost_of_goods, sold),
		("profit", _("Gross profit"), MONEY, lambda cell: cell.profit, sold),
		("margin", _("Margin"), PERCENT, lambda cell: cell.margin, sold),
		*_difference_blocks(by_item),
	]
	label = _("Blowing cost of these bottles")
	made: list[Block] = [
		("sold_quantity", _("Quantity sold"), QUANTITY, lambda cell: cell.sold_quantity, sold),
		("produced_quantity", _("Bottles produced"), QUANTITY, lambda cell: cell.produced_quantity, produced),
		("conversion_cost", label, MONEY, lambda cell: cell.conversion_cost, produced),
	]
	yield from _of_blocks(earned, by_period, names)
	if spent:
		yield from _own_lines(spent, by_period)
	yield from _of_blocks(made, by_period, names)
	if spent and spent.covered:
		yield from _covered_lines(spent, by_period)


def _of_blocks(blocks: Iterable[Block], by_period: list[Figures], names: dict[str, str]) -> Iterable[Line]:
	for name, label, kind, amount, items in blocks:
		yield _line(name, label, kind, amount, by_period)
		for code, row in items.items():
			yield _line(name, names.get(code, code), kind, amount, row, code)


def _own_lines(spent: Expenses, by_period: list[Figures]) -> Iterable[Line]:
	"""The expenses that lower the profit, and what is left of it."""
	periods = len(by_period)
	yield from _spent_lines("expenses", _("Expenses"), spent.own, periods)
	sums = zip(by_period, total(spent.own, periods), strict=True)
	yield _money_line("net_profit", _("Net profit"), [cell.result - amount for cell, amount in sums])


def _covered_lines(spent: Expenses, by_period: list[Figures]) -> Iterable[Line]:
	"""What was spent on what the blowing cost is for, beside what bottles were charged for it."""
	periods = len(by_period)
	label = _("Expenses that it covers")
	yield from _spent_lines("covered_expenses", label, spent.covered, periods)
	sums = zip(by_period, total(spent.covered, periods), strict=True)
	label = _("Blowing cost above these expenses")
	yield _money_line("over_absorbed", label, [cell.conversion_cost - amount for cell, amount in sums])


def _spent_lines(name: str, label: str, amounts: Amounts, periods: int) -> Iterable[Line]:
	yield _money_line(name, label, total(amounts, periods))
	for category, row in amounts.items():
		yield _money_line(name, category, row, category)


def _money_line(name: str, label: str, amounts: list[Decimal], category: str | None = None) -> Line:
	return Line(name, label, MONEY, [*amounts], sum(amounts, ZERO), category=category)


def _difference_blocks(by_item: dict[str, list[Figures]]) -> Iterable[Block]:
	"""What comes after the gross profit: nothing where no stock turned out to be more or less."""
	blocks: tuple[tuple[str, str, Amount], ...] = (
		("gained_value", _("Found in counts"), lambda cell: cell.gained_value),
		("lost_value", _("Missing in counts"), lambda cell: cell.lost_value),
		(
			"return_difference",
			_("Gain or loss on returned purchases"),
			lambda cell: cell.return_difference,
		),
	)
	differing = {code: row for code, row in by_item.items() if any(cell.has_differences for cell in row)}
	if not differing:
		return
	for name, label, amount in blocks:
		items = {code: row for code, row in differing.items() if any(map(amount, row))}
		if items:
			yield name, label, MONEY, amount, items
	earned = {code: row for code, row in by_item.items() if any(cell.was_sold for cell in row)} | differing
	yield "result", _("Profit after stock differences"), MONEY, lambda cell: cell.result, earned


def _line(
	name: str,
	label: str,
	kind: str,
	amount: Amount,
	row: list[Figures],
	item: str | None = None,
) -> Line:
	return Line(name, label, kind, [amount(cell) for cell in row], amount(_sum(row)), item)
