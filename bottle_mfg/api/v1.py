"""Version 1 of the methods that integrators and the forms call."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.utils import nowdate

from bottle_mfg.api.approvals import approve, reject_approval, request_approval
from bottle_mfg.api.arguments import refuse, require_read, require_record, text, texts
from bottle_mfg.api.entering import create_blow, create_payment, create_purchase, create_sale
from bottle_mfg.api.listing import list_documents
from bottle_mfg.api.looking import MOST_ITEMS, daily_summary, item_prices, last_prices
from bottle_mfg.api.openapi.served import openapi
from bottle_mfg.api.overviews import bill_overview, blow_costs, item_overview, party_overview
from bottle_mfg.api.reordering import make_purchases
from bottle_mfg.api.scanning import find_item
from bottle_mfg.api.shop_floor import create_shop_floor_blow, shop_floor
from bottle_mfg.api.types import Held
from bottle_mfg.controllers.booked import booked, counted_at
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.numbers import day, time_of_day
from bottle_mfg.controllers.returns import draft_return
from bottle_mfg.controllers.stock_document import StockDocument, default_warehouse
from bottle_mfg.doctypes import VOUCHERS
from bottle_mfg.errors import Fault, InvalidValueError, number, throw
from bottle_mfg.ledger import Balance, Key, unit_cost
from bottle_mfg.posting.balances import read
from bottle_mfg.posting.corrections import in_submit
from bottle_mfg.posting.returned import RETURNABLE

__all__ = [
	"approve",
	"availability",
	"bill_overview",
	"blow_costs",
	"count_sheet",
	"create_blow",
	"create_payment",
	"create_purchase",
	"create_sale",
	"create_shop_floor_blow",
	"daily_summary",
	"find_item",
	"item_overview",
	"item_prices",
	"last_purchase_price",
	"list_documents",
	"make_purchases",
	"make_return",
	"openapi",
	"party_overview",
	"preview_correction",
	"reject_approval",
	"request_approval",
	"shop_floor",
]


@frappe.whitelist(methods=["GET", "POST"])
def availability(items: str | list[str] | None = None, warehouse: str | None = None) -> list[Held]:
	"""What a warehouse holds of some items now, in the order asked.

	`items` is a list of item codes (also as JSON text), at most 200; without a `warehouse` the default one is meant.
	Each row has item_id, warehouse and quantity (in the item's unit); who may see costs also gets unit_cost
	(currency per unit, 4 places) and value. An unknown item is held at quantity 0. Raises `PermissionError` for
	users who may not read Bottle Stock and `InvalidValueError` for a list that is none or is too long.
	"""
	require_read("Bottle Stock")
	codes = texts("items", items, MOST_ITEMS)
	place = text("warehouse", warehouse or default_warehouse() or "")
	held = read(Key(code, place) for code in codes)
	costs = may_see_costs("Bottle Stock")
	return [_row(code, place, held.get(Key(code, place), Balance()), costs) for code in codes]


@frappe.whitelist(methods=["GET", "POST"])
def count_sheet(warehouse: str | None = None, date: str | None = None, time: str | None = None) -> list[Held]:
	"""What a count of a warehouse should find: every item that the books say it holds, by its code.

	As of `time` (HH:MM:SS) on `date` (YYYY-MM-DD, default today), or the end of a past `date`, or now; without a
	`warehouse` the default one is meant. Each row has item_id, warehouse and quantity (in the item's unit); who may see costs also gets unit_cost (currency per unit,
	4 places) and value. Raises `PermissionError` for users who may not read Bottle Stock, or Bottle Daily Total for a
	day in the past, and `InvalidValueError`.
	"""
	require_read("Bottle Stock")
	place = text("warehouse", warehouse or default_warehouse() or "")
	on = day(date or nowdate())
	at = time_of_day(time) if time else None
	faults = []
	if on is None:
		faults.append(Fault(("date",), _("{0} is not a date (YYYY-MM-DD)").format("date"), "date"))
	if time and at is None:
		faults.append(Fault(("time",), _("{0} is not a time of day (HH:MM:SS)").format("time"), "time"))
	if on is None or faults:
		throw(InvalidValueError(faults))
	moment = counted_at(on, at)
	if moment:
		require_read("Bottle Daily Total")
	costs = may_see_costs("Bottle Stock")
	return [_row(item, place, balance, costs) for item, balance in booked(place, moment).items()]


@frappe.whitelist(methods=["GET", "POST"])
def last_purchase_price(item: str | None = None) -> float | None:
	"""The unit price (currency per unit) of an item on its latest purchase that stands and that the user may see;
	None if there is none.

	Raises `PermissionError` for users who may not read purchases or their prices, and `InvalidValueError`.
	"""
	require_read("Bottle Purchase")
	if not may_see_costs("Bottle Purchase"):
		raise frappe.PermissionError
	code = text("item", item)
	return last_prices([code]).get(code)


@frappe.whitelist(methods=["GET", "POST"])
def preview_correction(
	doc: str | dict[str, Any] | None = None,
	doctype: str | None = None,
	name: str | None = None,
	action: str = "Submit",
) -> dict[str, Any]:
	"""What submitting or cancelling (`action`: Submit or Cancel) a document would change in documents of the past.

	The document is `doc`, a draft as it is sent to be saved (also as JSON text), or the one of `doctype` and `name`.
	Nothing is saved. The answer has documents (how many others get another cost), entries (how many ledger entries
	are looked at, at most), since, background (whether a worker will do it), and for who may see costs profit (by
	how much the profit of all changes, in currency). Where entries are above 100,000, documents and profit are null.

	Raises what the action itself would: `InvalidValueError`, `NotFoundError`, `PermissionError`,
	`InsufficientStockError` also where a later document would be short.
	"""
	if action not in ("Submit", "Cancel"):
		refuse("action", _("action has to be Submit or Cancel"), "enum")
	found = _document(doc, doctype, name)
	effect = found.effect_of_cancel() if action == "Cancel" else found.effect_of_submit()
	answer = {
		"documents": effect.documents,
		"entries": effect.entries,
		"since": str(effect.since) if effect.since else None,
		"background": effect.entries > in_submit(),
	}
	if may_see_costs(found.doctype):
		answer["profit"] = None if effect.profit is None else float(effect.profit)
	return answer


def _document(doc: str | dict[str, Any] | None, doctype: str | None, name: str | None) -> StockDocument:
	if isinstance(doc, str):
		try:
			doc = json.loads(doc)
		except ValueError:
			doc = None
	if doc is None and name:
		doctype, name = _moving(doctype), text("name", name)
		require_record(doctype, name)
		return frappe.get_doc(doctype, name)
	if not isinstance(doc, dict):
		refuse("doc", _("doc has to be a document"), "object")
	return frappe.get_doc({**doc, "doctype": _moving(doc.get("doctype"))})


def _moving(doctype: Any) -> str:
	if doctype not in VOUCHERS:
		sentence = _("doctype has to be one of: {0}").format(", ".join(VOUCHERS))
		refuse("doctype", sentence, "enum")
	return doctype


def _row(item: str, warehouse: str, balance: Balance, costs: bool) -> Held:
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
	doctype, name = text("doctype", doctype), text("name", name)
	if doctype not in RETURNABLE:
		sentence = _("doctype has to be one of: {0}").format(", ".join(RETURNABLE))
		refuse("doctype", sentence, "enum")
	if not frappe.has_permission(doctype, "create"):
		frappe.throw(_("You may not make a {0}.").format(_(doctype)), frappe.PermissionError)
	require_record(doctype, name)
	original = frappe.get_doc(doctype, name)
	original.check_permission("read")
	return draft_return(original).as_dict()
