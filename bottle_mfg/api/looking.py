"""What the factory asks every day: what goods sell at and cost, and what a day came to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date as Date
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import nowdate

from bottle_mfg.api.arguments import date_of, require_read, require_record, text, texts
from bottle_mfg.api.types import DailySummary, ItemDay, ItemPrice
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.stock_document import default_warehouse
from bottle_mfg.errors import NotFoundError, number, throw
from bottle_mfg.ledger import ZERO, Balance, Key, unit_cost
from bottle_mfg.posting.balances import read
from bottle_mfg.reporting.balances import at_end_of
from bottle_mfg.reporting.daily_totals import totals
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.last_purchases import last_purchases
from bottle_mfg.reporting.production import Made, Wanted, made

MOST_ITEMS = 200

_QUANTITIES = {
	"purchased": "purchased_quantity",
	"consumed": "consumed_quantity",
	"produced": "produced_quantity",
	"sold": "sold_quantity",
}
_AMOUNTS = ("purchased_value", "revenue", "cost_of_goods", "conversion_cost")


@frappe.whitelist(methods=["GET", "POST"])
def item_prices(items: list[str] | str | None = None, warehouse: str | None = None) -> list[ItemPrice]:
	"""What items sell at and, for who may see costs, what they cost; in the order asked.

	Args:
	    items: item codes, at most 200 (also as JSON text)
	    warehouse: name of the Bottle Warehouse whose average cost is meant; default that of the settings

	Returns:
	    For each item item_id, item_name, uom and selling_price (currency for one unit). Who may see the costs of stock
	    also gets unit_cost (4 places), who may see those of purchases also last_purchase_price, which is null for
	    what was never bought, or in no purchase that the user may see.

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404; `missing` lists the items that do not exist or that the user may not see
	    `PermissionError`: 403, for users who may not read items
	"""
	codes = texts("items", items, MOST_ITEMS)
	place = text("warehouse", warehouse or default_warehouse() or "")
	found = {
		row.name: row
		for row in frappe.get_list(
			"Bottle Item",
			filters={"name": ("in", codes)},
			fields=["name", "item_name", "uom", "selling_price"],
			limit_page_length=MOST_ITEMS,
		)
	}
	refuse_missing(codes, found)
	held = read(Key(code, place) for code in codes) if may_see_costs("Bottle Stock") else None
	bought = last_prices(codes) if may_see_costs("Bottle Purchase") else None
	return [_price(found[code], place, held, bought) for code in codes]


def last_prices(items: Collection[str]) -> dict[str, float]:
	"""The unit prices (currency) of items on their latest purchases that stand, by the items' codes."""
	return {item: float(last.unit_price) for item, last in last_purchases(items).items()}


@frappe.whitelist(methods=["GET", "POST"])
def daily_summary(date: str | None = None, warehouse: str | None = None) -> DailySummary:
	"""What a day came to, as the reports say it: bought, blown, lost, sold and, for who may see costs, earned.

	Args:
	    date: YYYY-MM-DD, default today
	    warehouse: name of one Bottle Warehouse; default all

	Returns:
	    date, warehouse; `items`, what the day did to each item that moved (in its unit, returns taken off); blow_runs,
	    preforms_used, bottles_produced and rejects (pieces). Who may see the costs of daily totals also gets (currency)
	    purchases, revenue, cost_of_goods, gross_profit, conversion_cost and stock_value, at the end of the day.

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404, for a warehouse that does not exist
	    `PermissionError`: 403, for users who may not read Bottle Daily Total: what it says is of all users' documents
	"""
	require_read("Bottle Daily Total")
	on = date_of("date", date or nowdate())
	place = require_record("Bottle Warehouse", text("warehouse", warehouse)) if warehouse else None
	costs = may_see_costs("Bottle Daily Total")
	sums = totals(
		(*_QUANTITIES.values(), *_AMOUNTS), ("item",), first=on, last=on, where={"warehouse": place}
	)
	names = item_names(code for (code,) in sums)
	runs = sum_of_runs(on, place)
	answer: DailySummary = {
		"date": str(on),
		"warehouse": place,
		"items": [_item_day(code, names.get(code, code), one, costs) for (code,), one in sums.items()],
		"blow_runs": runs.runs,
		"preforms_used": number(runs.quantity),
		"bottles_produced": number(runs.good_quantity),
		"rejects": number(runs.reject_quantity),
	}
	if costs:
		answer |= _earned(on, place, list(sums.values()))
	return answer


def sum_of_runs(on: Date, warehouse: str | None) -> Made:
	"""All that was blown on a day, in one warehouse or in all."""
	found = made(Wanted(on, on, {"warehouse": warehouse}), "Day", reasons=False)
	return found.get(on, Made())


def _earned(on: Date, warehouse: str | None, sums: list[dict[str, Decimal]]) -> dict[str, Any]:
	total = {name: sum((one[name] for one in sums), ZERO) for name in _AMOUNTS}
	stock = sum((held.value for held in at_end_of(on, warehouse=warehouse).values()), ZERO)
	return {
		"purchases": float(total["purchased_value"]),
		"revenue": float(total["revenue"]),
		"cost_of_goods": float(total["cost_of_goods"]),
		"gross_profit": float(total["revenue"] - total["cost_of_goods"]),
		"conversion_cost": float(total["conversion_cost"]),
		"stock_value": float(stock),
	}


def _item_day(code: str, name: str, sums: dict[str, Decimal], costs: bool) -> ItemDay:
	row: dict[str, Any] = {"item_id": code, "item_name": name}
	row |= {name: number(sums[column]) for name, column in _QUANTITIES.items()}
	if costs:
		row |= {"revenue": float(sums["revenue"]), "cost_of_goods": float(sums["cost_of_goods"])}
	return row


def _price(
	item: Any, warehouse: str, held: dict[Key, Balance] | None, bought: dict[str, float] | None
) -> ItemPrice:
	row: dict[str, Any] = {
		"item_id": item.name,
		"item_name": item.item_name,
		"uom": item.uom,
		"selling_price": item.selling_price or 0,
	}
	if held is not None:
		row["unit_cost"] = float(unit_cost(held.get(Key(item.name, warehouse), Balance())))
	if bought is not None:
		row["last_purchase_price"] = bought.get(item.name)
	return row


def refuse_missing(codes: Collection[str], found: Collection[str]) -> None:
	"""Raise `NotFoundError` that names all items that are not among those found."""
	missing = [{"doctype": "Bottle Item", "name": code} for code in codes if code not in found]
	if missing:
		sentences = [_("{0} {1} does not exist").format(_("Bottle Item"), one["name"]) for one in missing]
		throw(NotFoundError("; ".join(sentences), **missing[0], missing=missing))
