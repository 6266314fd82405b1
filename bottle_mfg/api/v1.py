"""Version 1 of the methods that integrators and the forms call."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Order
from frappe.utils import getdate, nowdate

from bottle_mfg.controllers.booked import booked
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.numbers import day
from bottle_mfg.controllers.returns import draft_return
from bottle_mfg.controllers.stock_document import default_warehouse
from bottle_mfg.errors import Fault, InvalidValueError, NotFoundError, number, throw
from bottle_mfg.ledger import Balance, Key, unit_cost
from bottle_mfg.posting.balances import read

MOST_ITEMS = 200
RETURNABLE = ("Bottle Sale", "Bottle Purchase")


@frappe.whitelist(methods=["GET", "POST"])
def availability(items: str | list[str] | None = None, warehouse: str | None = None) -> list[dict[str, Any]]:
	"""What a warehouse holds of some items now, in the order asked.

	`items` is a list of item codes (also as JSON text), at most 200; without a `warehouse` the default one is meant.
	Each row has item_id, warehouse and quantity (in the item's unit); who may see costs also gets unit_cost
	(currency per unit, 4 places) and value. An unknown item is held at quantity 0. Raises `PermissionError` for
	users who may not read Bottle Stock and `InvalidValueError` for a list that is none or is too long.
	"""
	_require_read("Bottle Stock")
	codes = _codes(items)
	place = _text("warehouse", warehouse or default_warehouse() or "")
	held = read(Key(code, place) for code in codes)
	costs = may_see_costs("Bottle Stock")
	return [_row(code, place, held.get(Key(code, place), Balance()), costs) for code in codes]


@frappe.whitelist(methods=["GET", "POST"])
def count_sheet(warehouse: str | None = None, date: str | None = None) -> list[dict[str, Any]]:
	"""What a count of a warehouse should find: every item that the books say it holds, by its code.

	As of the end of `date` (YYYY-MM-DD), or of now; without a `warehouse` the default one is meant. Each row has
	item_id, warehouse and quantity (in the item's unit); who may see costs also gets unit_cost (currency per unit,
	4 places) and value. Raises `PermissionError` for users who may not read Bottle Stock, or Bottle Daily Total for a
	day in the past, and `InvalidValueError`.
	"""
	_require_read("Bottle Stock")
	place = _text("warehouse", warehouse or default_warehouse() or "")
	on = day(date or nowdate())
	if on is None:
		sentence = _("{0} is not a date (YYYY-MM-DD)").format("date")
		throw(InvalidValueError([Fault(("date",), sentence, "date")]))
	if on < getdate(nowdate()):
		_require_read("Bottle Daily Total")
	costs = may_see_costs("Bottle Stock")
	return [_row(item, place, balance, costs) for item, balance in booked(place, on).items()]


@frappe.whitelist(methods=["GET", "POST"])
def last_purchase_price(item: str | None = None) -> float | None:
	"""The unit price (currency per unit) of an item on its latest purchase that stands; None if there is none.

	Raises `PermissionError` for users who may not read purchases or their prices, and `InvalidValueError`.
	"""
	_require_read("Bottle Purchase")
	if not may_see_costs("Bottle Purchase"):
		raise frappe.PermissionError
	purchase, line = frappe.qb.DocType("Bottle Purchase"), frappe.qb.DocType("Bottle Purchase Item")
	prices = (
		frappe.qb.from_(line)
		.join(purchase)
		.on(purchase.name == line.parent)
		.select(line.unit_price)
		.where((line.item == _text("item", item)) & (purchase.docstatus == 1))
		.orderby(purchase.date, purchase.posting_time, order=Order.desc)
		.limit(1)
		.run()
	)
	return float(prices[0][0]) if prices else None


def _row(item: str, warehouse: str, balance: Balance, costs: bool) -> dict[str, Any]:
	row: dict[str, Any] = {"item_id": item, "warehouse": warehouse, "quantity": number(balance.quantity)}
	if costs:
		row |= {"unit_cost": float(unit_cost(balance)), "value": float(balance.value)}
	return row


@frappe.whitelist(methods=["GET", "POST"])
def make_return(doctype: str | None = None, name: str | None = None) -> dict[str, Any]:
	"""A return of all that has not come back of a sale or purchase: filled in, not saved.

	Raises `NotFoundError`, `PermissionError` for users who may not read the document or not make one of its kind,
	and `InvalidValueError` where it is neither a sale nor a purchase, or nothing of it can come back.
	"""
	doctype, name = _text("doctype", doctype), _text("name", name)
	if doctype not in RETURNABLE:
		sentence = _("doctype has to be one of: {0}").format(", ".join(RETURNABLE))
		throw(InvalidValueError([Fault(("doctype",), sentence, "enum")]))
	if not frappe.has_permission(doctype, "create"):
		frappe.throw(_("You may not make a {0}.").format(_(doctype)), frappe.PermissionError)
	if not frappe.db.exists(doctype, name):
		sentence = _("{0} {1} does not exist").format(_(doctype), name)
		throw(NotFoundError(sentence, doctype=doctype, name=name))
	original = frappe.get_doc(doctype, name)
	original.check_permission("read")
	return draft_return(original).as_dict()


def _require_read(doctype: str) -> None:
	if not frappe.has_permission(doctype):
		frappe.throw(_("You may not read {0}.").format(_(doctype)), frappe.PermissionError)


def _codes(items: Any) -> list[str]:
	codes = items
	if isinstance(items, str):
		try:
			codes = json.loads(items) if items.lstrip().startswith("[") else [items]
		except ValueError:
			codes = None
	if (
		not isinstance(codes, list)
		or len(codes) > MOST_ITEMS
		or not all(isinstance(code, str) for code in codes)
	):
		sentence = _("items has to be a list of at most {0} item codes").format(MOST_ITEMS)
		throw(InvalidValueError([Fault(("items",), sentence, "list")]))
	return codes


def _text(name: str, value: Any) -> str:
	if not isinstance(value, str):
		throw(InvalidValueError([Fault((name,), _("{0} has to be text").format(name), "string")]))
	return value
