"""Bottle Stock Ledger: what moved, when, by which document, and what was there after it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from frappe import _

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.doctypes import VOUCHERS
from bottle_mfg.ledger import Balance, divide, unit_cost
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.balances import at_end_of
from bottle_mfg.reporting.cache import kept
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.paging import is_whole, links
from bottle_mfg.reporting.periods import ticks
from bottle_mfg.reporting.stock_course import course
from bottle_mfg.reporting.stock_ledger import Wanted, count, entries, every_entry
from bottle_mfg.reporting.stopwatch import stopped_on_error

OLDEST, NEWEST = "Oldest first", "Newest first"
MOST_ROWS = 5000
_ROWS = 500
_MOST_PAGES = 10_000
MOST_WHOLE = 200_000
"""Entries of a file or a mail. A sheet holds five times as many, but 100,000 take some 250 MB until the file is made."""


@stopped_on_error
@kept
def execute(filters: Any = None) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards. Raises `InvalidValueError` for filters that make no sense."""
	costs = may_see_costs("Bottle Ledger Entry")
	reader = FilterReader(filters)
	first, last = reader.dates()
	wanted = Wanted(
		first,
		last,
		item=reader.record("item", "Bottle Item"),
		warehouse=reader.record("warehouse", "Bottle Warehouse"),
		voucher_type=reader.choice("voucher_type", _("Document Type"), ("", *VOUCHERS), "") or None,
		voucher_no=reader.text("voucher_no", _("Document")),
		cancelled=reader.flag("include_cancelled"),
		newest_first=reader.choice("order", _("Order"), (NEWEST, OLDEST), NEWEST) == NEWEST,
	)
	limit = reader.number("rows", _("Rows"), _ROWS, MOST_ROWS)
	page = reader.number("page", _("Page"), 1, _MOST_PAGES)
	reader.check()
	if is_whole():
		rows, first_page, last_page, message = _all_rows(wanted, costs, reader), True, True, None
	else:
		found = entries(wanted, limit + 1, (page - 1) * limit)
		rows = [_row(entry, costs) for entry in found[:limit]]
		first_page, last_page = page == 1, len(found) <= limit
		message = _message(page, limit, len(found), not last_page)
	if wanted.newest_first and last_page:
		rows += _opening(wanted, costs)
	elif not wanted.newest_first and first_page:
		rows = _opening(wanted, costs) + rows
	chart, cards = _course(wanted, costs)
	return _columns(costs, wanted.cancelled), rows, message, chart, cards


def _all_rows(wanted: Wanted, costs: bool, reader: FilterReader) -> list[dict[str, Any]]:
	"""Of the chosen days, for a file or a mail; too many are refused before any is read."""
	if count(wanted, MOST_WHOLE) > MOST_WHOLE:
		sentence = _("More than {0} entries: choose fewer days").format(MOST_WHOLE)
		reader.fault("from_date", sentence, "less_than_equal")
		reader.check()
	return [_row(entry, costs) for entry in every_entry(wanted)]


def _columns(costs: bool, cancelled: bool) -> list[column.Column]:
	columns = [
		column.text("posting_datetime", _("Date and Time"), 160, "Datetime"),
		column.link("item", _("Item"), "Bottle Item", 115),
		column.link("warehouse", _("Warehouse"), "Bottle Warehouse", 105),
		column.text("voucher_type", _("Document Type"), 145),
		column.dynamic_link("voucher_no", _("Document"), "voucher_type", 130),
		column.quantity("came_in", _("In"), 80),
		column.quantity("went_out", _("Out"), 80),
		column.quantity("balance_quantity", _("In Stock"), 95),
	]
	if costs:
		columns += [
			column.unit_cost("unit_cost", _("Unit Cost"), 95),
			column.money("value", _("Change in Value"), 130),
			column.money("balance_value", _("Stock Value"), 115),
			column.unit_cost("balance_unit_cost", _("Average Cost")),
		]
	return [*columns, column.text("state", _("Status"), 100)] if cancelled else columns


def _row(entry: dict[str, Any], costs: bool) -> dict[str, Any]:
	quantity = entry["quantity"]
	row = {name: entry[name] for name in ("item", "warehouse", "voucher_type", "voucher_no")}
	row |= {
		"posting_datetime": str(entry["posting_datetime"]),
		"came_in": quantity if quantity > 0 else None,
		"went_out": -quantity if quantity < 0 else None,
		"state": _("Cancelled") if entry["is_cancelled"] else "",
	}
	balance = Balance(entry["balance_quantity"], entry["balance_value"])
	if not entry["is_cancelled"]:  # a cancelled entry's balance is of a history that is not any more
		row |= _balance(balance, costs)
	if costs:
		row |= {"value": entry["value"], "unit_cost": divide(entry["value"], Decimal(1), quantity)}
	return column.cells(row)


def _balance(balance: Balance, costs: bool) -> dict[str, Any]:
	row: dict[str, Any] = {"balance_quantity": balance.quantity}
	if costs:
		row |= {"balance_value": balance.value, "balance_unit_cost": unit_cost(balance)}
	return row


def _opening(wanted: Wanted, costs: bool) -> list[dict[str, Any]]:
	"""What the chosen item's warehouses held before the first day; nothing where no single item is looked at."""
	if not wanted.item or wanted.voucher_no or wanted.voucher_type:
		return []
	held = at_end_of(wanted.first - timedelta(days=1), item=wanted.item, warehouse=wanted.warehouse)
	return [
		column.cells(
			{
				"item": item,
				"warehouse": warehouse,
				"state": _("Opening"),
				"bold": True,
				**_balance(balance, costs),
			}
		)
		for (item, warehouse), balance in sorted(held.items())
	]


def _course(wanted: Wanted, costs: bool) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
	"""Of an item how much there was over these days; of all items what they were worth, for who may see that.

	Single documents and kinds of them are no stock. Rows have no total of their own: they come in pages.
	"""
	if wanted.voucher_no or wanted.voucher_type or not (wanted.item or costs):
		return None, []
	found = course(wanted.first, wanted.last, item=wanted.item, warehouse=wanted.warehouse)
	opening, closing = found.opening, found.closing
	cards = []
	if wanted.item:
		cards += [
			column.card(_("In Stock Before"), opening.quantity, "Float"),
			column.card(_("Change"), closing.quantity - opening.quantity, "Float", "Blue"),
			column.card(_("In Stock"), closing.quantity, "Float", "Green"),
		]
	if costs:
		cards += [
			column.card(_("Change in Value"), closing.value - opening.value, "Currency", "Blue"),
			column.card(_("Stock Value"), closing.value, "Currency", "Green"),
		]
	periods = [period for period, _balance in found.ends]
	if wanted.item:
		series, kind = {_("In Stock"): [held.quantity for _period, held in found.ends]}, "Float"
	else:
		series, kind = {_("Stock Value"): [held.value for _period, held in found.ends]}, "Currency"
	return column.chart("line", ticks(periods), series, kind, in_time=True, colors=["#2490ef"]), cards


def _message(page: int, limit: int, found: int, more: bool) -> str | None:
	if not more and page == 1:
		return None
	start = (page - 1) * limit
	shown = _("Entries {0} to {1}.").format(start + 1, start + min(found, limit))
	if not found:
		shown = _("There are no entries on page {0}.").format(page)
	return f"{shown} {links(page, more=more)}"
