"""From what runs low to the drafts of its purchases: one for each supplier, and no item on two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from bottle_mfg.api.arguments import from_json, refuse, text
from bottle_mfg.api.looking import refuse_missing
from bottle_mfg.api.types import Reordered, ReorderLine
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.numbers import decimal
from bottle_mfg.controllers.records import value
from bottle_mfg.controllers.retries import in_one_go
from bottle_mfg.errors import Fault, InvalidValueError, throw
from bottle_mfg.reporting.reorder import Suggestion, suggestions

MOST_ITEMS = 200
CREATED = 201

ON_DRAFT, NOT_LOW = "on_draft", "not_low"


@dataclass(frozen=True)
class Wanted:
	"""A line of the order, as asked for: what is None is for the suggestion to say. `place` is the line's."""

	place: int
	item: str
	quantity: Decimal | None = None
	supplier: str | None = None
	unit_price: Decimal | None = None


@frappe.whitelist(methods=["POST"])
def make_purchases(items: list[ReorderLine] | str | None = None, warehouse: str | None = None) -> Reordered:
	"""Order what runs low: draft a Bottle Purchase for each supplier. Nothing is submitted.

	An item that a draft has already is not ordered once more, however often and by however many this is called at
	once; nor is one that does not run low any more.

	Args:
	    items: what to order, each item once (also as JSON text). Without a quantity the suggested one is meant, without a
	        supplier and unit_price those of the item's last purchase that the user may see
	    warehouse: name of the Bottle Warehouse the goods will come into; default that of the settings

	Returns:
	    purchases: the drafts that were made, with name, supplier and items; and left_out: the items that were not
	    ordered, with a code (on_draft, not_low), a sentence and, for who may read it, the draft that has the item.

	Raises:
	    `InvalidValueError`: 422, with every fault at once: also where an item has no supplier or price yet
	    `NotFoundError`: 404; `missing` lists the items that do not exist
	    `PermissionError`: 403, for users who may not make purchases or see their prices
	    `BusyError`: 503
	"""
	if not frappe.has_permission("Bottle Purchase", "create") or not may_see_costs("Bottle Purchase"):
		frappe.throw(_("You may not make a {0}.").format(_("Bottle Purchase")), frappe.PermissionError)
	wanted = _read(items)
	place = text("warehouse", warehouse) if warehouse else None
	answer = in_one_go(lambda: _order(wanted, place))
	if answer["purchases"]:
		frappe.local.response.http_status_code = CREATED
	return answer


def _read(items: Any) -> list[Wanted]:
	lines = from_json(items)
	if not isinstance(lines, list) or not 0 < len(lines) <= MOST_ITEMS:
		refuse("items", _("{0} has to be a list of 1 to {1} lines").format("items", MOST_ITEMS), "list")
	faults: list[Fault] = []
	wanted = [_line(place, line, faults) for place, line in enumerate(lines)]
	seen: set[str] = set()
	for one in wanted:
		if one.item and one.item.casefold() in seen:
			sentence = _("{0} stands on two lines").format(one.item)
			faults.append(Fault(("items", one.place, "item"), sentence, "duplicate"))
		seen.add(one.item.casefold())
	if faults:
		throw(InvalidValueError(faults))
	return wanted


def _line(place: int, line: Any, faults: list[Fault]) -> Wanted:
	def fault(field: str, sentence: str, kind: str) -> None:
		faults.append(Fault(("items", place, field), sentence, kind))

	if not isinstance(line, dict):
		fault("item", _("A line has to be an object with fields"), "object")
		return Wanted(place, "")
	texts = {}
	for field, label in (("item", _("Item")), ("supplier", _("Supplier"))):
		texts[field] = line.get(field) or ""
		if not isinstance(texts[field], str):
			fault(field, _("{0} has to be text").format(label), "string")
			texts[field] = ""
		elif field == "item" and not texts[field]:
			fault(field, _("{0} is missing").format(label), "missing")
	numbers: dict[str, Decimal | None] = {"quantity": None, "unit_price": None}
	for field, label in (("quantity", _("Quantity")), ("unit_price", _("Unit Price"))):
		if line.get(field) in (None, ""):
			continue
		numbers[field] = figure = decimal(line[field])
		if figure is None:
			fault(field, _("{0} has to be a number").format(label), "number")
		elif field == "quantity" and figure <= 0:
			fault(field, _("{0} must be above zero").format(label), "greater_than")
		elif figure < 0:
			fault(field, _("{0} must not be negative").format(label), "greater_than_equal")
	return Wanted(place, texts["item"], numbers["quantity"], texts["supplier"] or None, numbers["unit_price"])


def _order(wanted: list[Wanted], warehouse: str | None) -> Reordered:
	_lock([one.item for one in wanted])
	found = {one.low.item: one for one in suggestions(items=[one.item for one in wanted])}
	open_lines = [one for one in wanted if one.item in found and not found[one.item].on_order.drafts]
	complete = _complete(open_lines, found)
	by_supplier: dict[str, list[Wanted]] = defaultdict(list)
	for one in complete:
		by_supplier[str(one.supplier)].append(one)
	return {
		"purchases": [_draft(name, lines, warehouse) for name, lines in sorted(by_supplier.items())],
		"left_out": _left_out([one.item for one in wanted if one not in open_lines], found),
	}


def _lock(items: Collection[str]) -> None:
	"""Have all who order the same items wait for each other.

	A transaction that begins with this lock sees the drafts of whoever held it before.
	"""
	rows = frappe.db.sql(
		"select name from `tabBottle Item` where name in %s order by name for update", (tuple(items),)
	)
	refuse_missing(items, {name for (name,) in rows})


def _complete(lines: list[Wanted], found: dict[str, Suggestion]) -> list[Wanted]:
	"""The lines with all that the last purchases say. Raises `InvalidValueError` for what nobody says."""
	faults: list[Fault] = []
	complete = []
	for one in lines:
		suggestion = found[one.item]
		last = suggestion.last
		usual = last.supplier if last and not value("Bottle Supplier", last.supplier, "disabled") else None
		supplier = one.supplier or usual
		price = one.unit_price if one.unit_price is not None else last and last.unit_price
		if not supplier:
			faults.append(Fault(("items", one.place, "supplier"), _no_supplier(suggestion), "missing"))
		if price is None:
			sentence = (
				_("{0} has no purchase that you may see: say what one unit costs")
				if suggestion.bought
				else _("{0} was never bought: say what one unit costs")
			).format(one.item)
			faults.append(Fault(("items", one.place, "unit_price"), sentence, "missing"))
		quantity = suggestion.quantity if one.quantity is None else one.quantity
		complete.append(replace(one, quantity=quantity, supplier=supplier, unit_price=price))
	if faults:
		throw(InvalidValueError(faults))
	return complete


def _no_supplier(suggestion: Suggestion) -> str:
	item = suggestion.low.item
	if suggestion.last:
		return _("The supplier of {0}, {1}, is disabled: say who shall deliver it").format(
			item, suggestion.last.supplier
		)
	if suggestion.bought:
		return _("{0} has no purchase that you may see: say who shall deliver it").format(item)
	if suggestion.blown_here:
		return _("{0} is blown here: make a Blow, or say who shall deliver it").format(item)
	return _("{0} was never bought: say who shall deliver it").format(item)


def _draft(supplier: str, lines: list[Wanted], warehouse: str | None) -> dict[str, Any]:
	purchase = frappe.get_doc(
		{
			"doctype": "Bottle Purchase",
			"supplier": supplier,
			"warehouse": warehouse,
			"items": [
				{
					"item": one.item,
					"quantity": float(one.quantity or 0),
					"unit_price": float(one.unit_price or 0),
				}
				for one in lines
			],
		}
	).insert()
	return {"name": purchase.name, "supplier": supplier, "items": [one.item for one in lines]}


def _left_out(items: Collection[str], found: dict[str, Suggestion]) -> list[dict[str, Any]]:
	drafts = {item: found[item].on_order.drafts[0] for item in items if item in found}
	readable = set(frappe.get_list("Bottle Purchase", {"name": ("in", [*drafts.values()])}, pluck="name"))
	answer = []
	for item in items:
		draft = drafts.get(item)
		shown = draft if draft in readable else None
		if shown:
			sentence = _("{0} is on {1} already").format(item, shown)
		elif draft:
			sentence = _("{0} is on a draft already").format(item)
		else:
			sentence = _("{0} does not run low").format(item)
		code = ON_DRAFT if draft else NOT_LOW
		answer.append({"item": item, "code": code, "purchase": shown, "detail": sentence})
	return answer
