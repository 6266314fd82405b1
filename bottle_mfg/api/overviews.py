"""What a form shows beside its own fields, in one answer: how it stands with an item, a partner, a bill, a blow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Literal

import frappe
from frappe import _
from frappe.utils import nowdate

from bottle_mfg.api.arguments import from_json, refuse, require_record, text
from bottle_mfg.api.types import (
	BillOverview,
	BlowCosts,
	Bought,
	CostPart,
	Held,
	ItemOverview,
	ItemUse,
	PartyOverview,
)
from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.numbers import day, decimal, time_of_day
from bottle_mfg.controllers.stock_document import default_warehouse
from bottle_mfg.errors import number
from bottle_mfg.ledger import ZERO, Balance, unit_cost
from bottle_mfg.payments.access import may_see_amounts, may_see_bill
from bottle_mfg.payments.bills import KINDS
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting import accounts, item_history, usage
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.bills import seen
from bottle_mfg.reporting.blow_costs import BlowCost, Part, Plan, planned, posted

COST_DAYS = 180
"""So far back a form shows what an item cost."""

MOST_PURCHASES = 5
MOST_DOCUMENTS = 5
MOST_PAYMENTS = 50

_PARTIES = {kind.party_type: kind for kind in KINDS.values()}
_BY_PRODUCT = "By-product"


@frappe.whitelist(methods=["GET", "POST"])
def item_overview(item: str | None = None) -> ItemOverview:
	"""How it stands with an item: what there is of it and where, how fast it goes, what it cost and was bought for.

	Each part is there for who may read what it is made of: `stock` for readers of Bottle Stock (with unit_cost and
	value for who may see its costs), `use` for readers of Bottle Daily Total, `costs` (what one unit cost at the end of
	each day of the last 180 on which the item moved) for who may see the costs of Bottle Ledger Entry, and
	`purchases` for who may see those of Bottle Purchase.

	Args:
	    item: code of a Bottle Item; required

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404
	    `PermissionError`: 403, for users who may not read the item
	"""
	code = _readable("Bottle Item", "item", item)
	answer: ItemOverview = {"item_id": code}
	held: list[Held] = []
	if frappe.has_permission("Bottle Stock"):
		answer["stock"] = held = _stock(code)
	if frappe.has_permission("Bottle Daily Total"):
		answer["use"] = _use(code, held)
	if frappe.has_permission("Bottle Ledger Entry") and may_see_costs("Bottle Ledger Entry"):
		answer["costs"] = [
			{"date": str(on), "unit_cost": float(cost)}
			for on, cost in item_history.unit_costs(code, COST_DAYS)
		]
	if frappe.has_permission("Bottle Purchase") and may_see_amounts("Bottle Purchase"):
		answer["purchases"] = [
			_bought(one) for one in item_history.last_bought(seen("Bottle Purchase"), code, MOST_PURCHASES)
		]
	return answer


def _stock(item: str) -> list[Held]:
	conditions, values = within("Bottle Stock", {"warehouse": "Bottle Warehouse"})
	rows = frappe.db.sql(
		f"""select warehouse, cast(quantity as char), cast(value as char) from `tabBottle Stock`
		where {" and ".join([*conditions, "item = %s"])} and quantity != 0 order by warehouse""",
		[*values, item],
	)
	costs = may_see_costs("Bottle Stock")
	held: list[Held] = []
	for warehouse, *figures in rows:
		balance = Balance(*map(exact, figures))
		row: Held = {"item_id": item, "warehouse": warehouse, "quantity": number(balance.quantity)}
		if costs:
			row |= {"unit_cost": float(unit_cost(balance)), "value": float(balance.value)}
		held.append(row)
	return held


def _use(item: str, held: list[Held]) -> ItemUse:
	use = usage.used(item=item).get(item)
	if use is None:
		return {"quantity": 0, "days": usage.WINDOW, "per_day": 0, "days_of_cover": None}
	there = sum((Decimal(str(row["quantity"])) for row in held), ZERO)
	cover = use.cover(there)
	return {
		"quantity": number(use.quantity),
		"days": use.days,
		"per_day": number(use.per_day),
		"days_of_cover": None if cover is None else number(cover),
	}


def _bought(one: item_history.Bought) -> Bought:
	return {
		"date": str(one.day),
		"purchase": one.purchase,
		"supplier": one.supplier,
		"quantity": number(one.quantity),
		"unit_price": float(one.unit_price),
	}


@frappe.whitelist(methods=["GET", "POST"])
def party_overview(
	doctype: Literal["Bottle Customer", "Bottle Supplier"] | None = None, name: str | None = None
) -> PartyOverview:
	"""How it stands with a customer or supplier: what is owed, what of it is late, and the latest documents.

	Of the documents that the user may see: sales staff have their own (`own` is true then). Users who may not see what
	the bills come to get none of it (`bills` and what follows from them are not there).

	Args:
	    doctype: Bottle Customer or Bottle Supplier; required
	    name: the customer or supplier; required

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404
	    `PermissionError`: 403, for users who may not read the record
	"""
	kind = _PARTIES[_one_of("doctype", doctype, _PARTIES)]
	party = _readable(kind.party_type, "name", name)
	if not frappe.has_permission(kind.doctype, "read") or not may_see_amounts(kind.doctype):
		return {"name": party}
	what = seen(kind.doctype)
	account = accounts.account(what, party)
	answer: PartyOverview = {
		"name": party,
		"own": what.own,
		"outstanding": float(account.outstanding),
		"overdue": float(account.overdue),
		"to_refund": float(account.to_refund),
		"open_bills": account.open_bills,
		"oldest_due": str(account.oldest_due) if account.oldest_due else None,
		"bills": accounts.last_bills(what, party, MOST_DOCUMENTS),
	}
	if frappe.has_permission("Bottle Payment"):
		answer["payments"] = accounts.payments_of(what, "party", party, MOST_DOCUMENTS)
	return answer


@frappe.whitelist(methods=["GET", "POST"])
def bill_overview(
	doctype: Literal["Bottle Sale", "Bottle Purchase"] | None = None, name: str | None = None
) -> BillOverview:
	"""What was paid of a sale or purchase, and what came back of it: the latest 50 payments and all returns.

	Drafts and failed attempts of payments are among them (docstatus, result).

	Args:
	    doctype: Bottle Sale or Bottle Purchase; required
	    name: the bill, or the return; required

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404
	    `PermissionError`: 403, for users who may not read the bill or not what it comes to
	"""
	kind = _one_of("doctype", doctype, KINDS)
	bill = require_record(kind, text("name", name))
	if not may_see_bill(kind, bill):
		frappe.throw(_("You may not read {0}.").format(_(kind)), frappe.PermissionError)
	what = seen(kind)
	payments = (
		accounts.payments_of(what, "reference_name", bill, MOST_PAYMENTS)
		if frappe.has_permission("Bottle Payment")
		else []
	)
	return {"name": bill, "payments": payments, "returns": accounts.returns_of(what, bill)}


@frappe.whitelist(methods=["GET", "POST"])
def blow_costs(doc: dict[str, Any] | str | None = None, name: str | None = None) -> BlowCosts:
	"""What a blow costs, part by part: material, conversion, what by-products are credited with, and one good bottle.

	Of the submitted blow `name` what the ledger found. Of `doc`, a draft as a form has it (also as JSON text), what it
	would find by now; `short` names the items of which there is too little. Nothing is saved.

	Args:
	    doc: from_item, quantity, good_quantity, blow_cost_per_unit, materials, and where and when: warehouse, date,
	        posting_time (default: the main warehouse, now)
	    name: a submitted Blow, in place of `doc`

	Raises:
	    `InvalidValueError`: 422
	    `NotFoundError`: 404
	    `PermissionError`: 403, for users who may not read blows, or not their costs, or for a draft those of stock
	"""
	# A draft tells what stock costs.
	costs = may_see_costs("Blow") and (bool(name) or may_see_costs("Bottle Stock"))
	if not (costs and frappe.has_permission("Blow")):
		frappe.throw(_("You may not see what a blow costs."), frappe.PermissionError)
	if name:
		blow = frappe.get_doc("Blow", _readable("Blow", "name", name))
		found = posted(blow.name, blow.from_item)
		if found is None:
			refuse("name", _("{0} is not submitted").format(blow.name), "not_submitted")
		return _costs(found)
	facts = from_json(doc)
	if not isinstance(facts, dict):
		refuse("doc", _("doc has to be a document"), "object")
	return _costs(planned(_plan(facts)))


def _plan(facts: Mapping[str, Any]) -> Plan:
	rows = facts.get("materials") or []
	if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
		refuse("materials", _("{0} has to be a list of lines").format("materials"), "list")
	named = [row for row in rows if row.get("item")]
	on, at = day(facts.get("date") or nowdate()), facts.get("posting_time")
	if on is None:
		refuse("date", _("{0} is not a date (YYYY-MM-DD)").format("date"), "date")
	if at and time_of_day(at) is None:
		refuse("posting_time", _("{0} is not a time of day (HH:MM:SS)").format("posting_time"), "time")
	return Plan(
		text("warehouse", facts.get("warehouse") or default_warehouse() or ""),
		on,
		time_of_day(at) if at else None,
		text("from_item", facts.get("from_item") or ""),
		*(_amount(facts, fieldname) for fieldname in ("quantity", "good_quantity", "blow_cost_per_unit")),
		used=[
			(text("item", row["item"]), _amount(row, "quantity"))
			for row in named
			if row.get("kind") != _BY_PRODUCT
		],
		by_products=[
			(text("item", row["item"]), _amount(row, "quantity"), _amount(row, "rate"))
			for row in named
			if row.get("kind") == _BY_PRODUCT
		],
	)


def _amount(facts: Mapping[str, Any], fieldname: str) -> Decimal:
	amount = decimal(facts.get(fieldname))
	if amount is None or not 0 <= amount < 10**12:
		refuse(fieldname, _("{0} is not a number").format(fieldname), "number")
	return amount


def _costs(cost: BlowCost) -> BlowCosts:
	return {
		"preforms": _part(cost.preforms),
		"used": [_part(part) for part in cost.used],
		"by_products": [_part(part) for part in cost.by_products],
		"material_cost": float(cost.material),
		"conversion_cost": float(cost.conversion),
		"scrap_credit": float(cost.credit),
		"total_cost": float(cost.total),
		"good_quantity": number(cost.good_quantity),
		"produced_unit_cost": float(cost.per_bottle),
		"short": list(cost.short),
	}


def _part(part: Part) -> CostPart:
	return {"item_id": part.item, "quantity": number(part.quantity), "value": float(part.value)}


def _one_of(argument: str, value: Any, choices: Collection[str]) -> str:
	if not isinstance(value, str) or value not in choices:
		refuse(argument, _("{0} has to be one of: {1}").format(argument, ", ".join(choices)), "enum")
	return value


def _readable(doctype: str, argument: str, name: Any) -> str:
	"""The record's name. Raises `NotFoundError` where there is none, `PermissionError` where the user may not read it."""
	found = require_record(doctype, text(argument, name))
	if not frappe.has_permission(doctype, "read", doc=found):
		frappe.throw(_("You may not read {0}.").format(_(doctype)), frappe.PermissionError)
	return found
