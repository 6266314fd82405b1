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
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.daily_totals import GOODS, totals
from bottle_mfg.reporting.expenses import Amounts, Expenses, expenses, total
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.periods import DAILY, MONTHLY, TOTAL, Period, compared, find, split

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
Cells = dict[str, list[Figures]]
"""Items by code, with what each column of the statement says of them."""
Block = tuple[str, str, str, Amount, Cells]
"""A line's name, label, kind and amount, and the items that explain it."""

_DAYS_SHOWN_DAILY = 31


@dataclass(frozen=True)
class Line:
	"""A line of the statement: one amount for each period (None: does not apply), and the one for all of them.

	`kind` says what the amounts are. A line with an `item` or a `category` explains the line above it that has none.
	`before` is the amount of the stretch that the statement is compared with.
	"""

	name: str
	label: str
	kind: str
	amounts: list[Decimal | None]
	total: Decimal | None
	item: str | None = None
	category: str | None = None
	before: Decimal | None = None


@dataclass(frozen=True)
class Statement:
	"""`lines` say it all; the figures that they were made from stand beside them. Items are named by code.

	`points` are what a chart shows: the periods, or of a single one its days or months. `spent` has the expenses of
	the periods. `net_profit` is None where expenses are left out: of a part of the factory, or for who may not read
	all of them.
	"""

	periods: list[Period]
	lines: list[Line]
	by_item: dict[str, Figures]
	names: dict[str, str]
	total: Figures
	spent: Expenses | None
	points: list[tuple[Period, Figures]]
	compared: Period | None

	@property
	def net_profit(self) -> Decimal | None:
		if self.spent is None or not self.spent.whole:
			return None
		return self.total.result - sum(map(sum, self.spent.own.values()), ZERO)


def statement(
	first: date,
	last: date,
	periodicity: str = TOTAL,
	*,
	warehouse: str | None = None,
	item: str | None = None,
	compare: str | None = None,
) -> Statement:
	"""The profit and loss from `first` to `last`, both included, of one warehouse or item or of all.

	`compare` names what it is compared with (`periods.BEFORE`, `periods.LAST_YEAR`).
	"""
	periods, where = split(first, last, periodicity), {"warehouse": warehouse, "item": item}
	finer = periodicity
	if len(periods) == 1:
		finer = DAILY if (last - first).days < _DAYS_SHOWN_DAILY else MONTHLY
	points = split(first, last, finer)
	by_point = _cells(points, finer, where)
	cells = {code: _folded(row, points, periods) for code, row in by_point.items()}
	other = compared(first, last, compare) if compare else None
	before = _cells([other], TOTAL, where) if other else {}
	# Rent is nobody's in particular: a statement of some items or warehouses ends with their profit.
	spent = None if partial(**where) else expenses(periods)
	spent_before = expenses([other]) if spent and other else None
	names = item_names({*cells, *before})
	table = _Table(len(periods), cells, before if other else None, names, spent, spent_before)
	return Statement(
		periods,
		list(table.lines()),
		{code: _sum(row) for code, row in sorted(cells.items())},
		names,
		_sum(map(_sum, cells.values())),
		spent,
		list(zip(points, _columns(by_point, len(points)), strict=True)),
		other,
	)


def partial(*, warehouse: str | None = None, item: str | None = None) -> bool:
	"""Whether a statement of one warehouse or item, or of all, is of a part of the factory.

	That of all is, too, for whom User Permissions let see no more.
	"""
	return bool(warehouse or item or within(*GOODS)[0])


def _cells(periods: list[Period], every: str, where: dict[str, str | None]) -> Cells:
	"""What the periods did to each item. They are as `every` has split them; a single one may be any."""
	found: Cells = defaultdict(lambda: [Figures()] * len(periods))
	stretch = {"first": periods[0].first, "last": periods[-1].last}
	if len(periods) == 1:
		for (code,), sums in totals(_SUMS, ("item",), **stretch, where=where).items():
			found[code][0] = Figures(**sums)
		return dict(found)
	places = {period: place for place, period in enumerate(periods)}
	for (code, day), sums in totals(_SUMS, ("item", "date"), **stretch, where=where, every=every).items():
		found[code][places[find(periods, day)]] += Figures(**sums)
	return dict(found)


def _folded(row: list[Figures], points: list[Period], periods: list[Period]) -> list[Figures]:
	"""The figures of points as those of the periods that they lie in."""
	if len(points) == len(periods):
		return row
	return [_sum(row)]


def _columns(cells: Cells, count: int) -> list[Figures]:
	return [_sum(column) for column in zip(*cells.values(), strict=True)] or [Figures()] * count


def _sum(parts: Iterable[Figures]) -> Figures:
	return sum(parts, Figures())


class _Table:
	"""Writes the lines. What is compared with stands as one more column behind the periods, out of their total."""

	def __init__(
		self,
		periods: int,
		cells: Cells,
		before: Cells | None,
		names: dict[str, str],
		spent: Expenses | None,
		spent_before: Expenses | None,
	) -> None:
		self._periods = periods
		self._width = periods + (before is not None)
		self._names = names
		none = [Figures()]
		last: Cells = before or {}
		self._cells = {
			code: cells.get(code, none * periods) + (last.get(code, none) if before is not None else [])
			for code in sorted({*cells, *last})
		}
		self._columns = _columns(self._cells, self._width)
		self._own = self._covered = None
		self._all_spent = bool(spent and spent.whole)
		if spent:
			self._own, self._covered = (
				_beside(mine, other, periods) if before is not None else mine
				for mine, other in (
					(spent.own, spent_before.own if spent_before else {}),
					(spent.covered, spent_before.covered if spent_before else {}),
				)
			)

	def lines(self) -> Iterable[Line]:
		sold = self._where(lambda cell: cell.was_sold)
		produced = self._where(lambda cell: cell.produced_quantity)
		earned: list[Block] = [
			("revenue", _("Sales"), MONEY, lambda cell: cell.revenue, sold),
			("cost_of_goods", _("Cost of goods sold"), MONEY, lambda cell: cell.cost_of_goods, sold),
			("profit", _("Gross profit"), MONEY, lambda cell: cell.profit, sold),
			("margin", _("Margin"), PERCENT, lambda cell: cell.margin, sold),
			*self._differences(sold),
		]
		label = _("Blowing cost of these bottles")
		made: list[Block] = [
			("sold_quantity", _("Quantity sold"), QUANTITY, lambda cell: cell.sold_quantity, sold),
			(
				"produced_quantity",
				_("Bottles produced"),
				QUANTITY,
				lambda cell: cell.produced_quantity,
				produced,
			),
			("conversion_cost", label, MONEY, lambda cell: cell.conversion_cost, produced),
		]
		yield from self._of_blocks(earned)
		if self._own is not None:
			yield from self._own_lines(self._own)
		yield from self._of_blocks(made)
		if self._covered:
			yield from self._covered_lines(self._covered)

	def _where(self, wanted: Callable[[Figures], object]) -> Cells:
		return {code: row for code, row in self._cells.items() if any(map(wanted, row))}

	def _differences(self, sold: Cells) -> Iterable[Block]:
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
		differing = self._where(lambda cell: cell.has_differences)
		if not differing:
			return
		for name, label, amount in blocks:
			items = {code: row for code, row in differing.items() if any(map(amount, row))}
			if items:
				yield name, label, MONEY, amount, items
		label = _("Profit after stock differences")
		yield "result", label, MONEY, lambda cell: cell.result, sold | differing

	def _of_blocks(self, blocks: Iterable[Block]) -> Iterable[Line]:
		for name, label, kind, amount, items in blocks:
			yield self._line(name, label, kind, amount, self._columns)
			for code, row in items.items():
				yield self._line(name, self._names.get(code, code), kind, amount, row, code)

	def _own_lines(self, own: Amounts) -> Iterable[Line]:
		"""The expenses that lower the profit, and what is left of it."""
		yield from self._spent_lines("expenses", _("Expenses"), own)
		if not self._all_spent:
			return
		sums = zip(self._columns, total(own, self._width), strict=True)
		yield self._money("net_profit", _("Net profit"), [cell.result - amount for cell, amount in sums])

	def _covered_lines(self, covered: Amounts) -> Iterable[Line]:
		"""What was spent on what the blowing cost is for, beside what bottles were charged for it."""
		yield from self._spent_lines("covered_expenses", _("Expenses that it covers"), covered)
		sums = zip(self._columns, total(covered, self._width), strict=True)
		label = _("Blowing cost above these expenses")
		yield self._money("over_absorbed", label, [cell.conversion_cost - amount for cell, amount in sums])

	def _spent_lines(self, name: str, label: str, amounts: Amounts) -> Iterable[Line]:
		yield self._money(name, label, total(amounts, self._width))
		for category, row in amounts.items():
			yield self._money(name, category, row, category)

	def _line(
		self, name: str, label: str, kind: str, amount: Amount, row: list[Figures], item: str | None = None
	) -> Line:
		own, others = row[: self._periods], row[self._periods :]
		before = amount(others[0]) if others else None
		return Line(name, label, kind, [amount(cell) for cell in own], amount(_sum(own)), item, before=before)

	def _money(self, name: str, label: str, amounts: list[Decimal], category: str | None = None) -> Line:
		own, others = amounts[: self._periods], amounts[self._periods :]
		before = others[0] if others else None
		return Line(name, label, MONEY, [*own], sum(own, ZERO), category=category, before=before)


def _beside(mine: Amounts, other: Amounts, periods: int) -> dict[str, list[Decimal]]:
	"""What was spent by category and period, with what was spent before as one more column."""
	return {
		category: [*mine.get(category, [ZERO] * periods), *other.get(category, [ZERO])]
		for category in sorted({*mine, *other})
	}
