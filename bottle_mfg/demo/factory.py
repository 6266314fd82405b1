"""Entering the demo factory's story as its staff would: through the documents, each by whoever does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import singledispatch
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers.stock_document import default_warehouse
from bottle_mfg.demo.data import (
	COSTS,
	CREDIT_OF_SUPPLIERS,
	CUSTOMER_LOGIN,
	CUSTOMER_NAME,
	CUSTOMERS,
	FACTORY,
	ITEMS,
	MANAGER,
	PASSWORD,
	REGRIND,
	SHOP,
	STOCK_USER,
	SUPPLIERS,
	USERS,
	WAREHOUSES,
)
from bottle_mfg.demo.events import Count, Delivery, Event, Move, Order, Paid, Return, Run, Spent
from bottle_mfg.demo.manifest import Manifest
from bottle_mfg.demo.story import story
from bottle_mfg.errors import ConflictError, throw

_MASTERS = (
	("Bottle Supplier", "supplier_name", SUPPLIERS),
	("Bottle Customer", "customer_name", CUSTOMERS),
	("Bottle Item", "item_code", ITEMS),
	("Bottle Warehouse", "warehouse_name", WAREHOUSES),
)


class DemoExistsError(ConflictError):
	"""A name that the demo needs is in use."""

	code = "demo_name_in_use"
	title = "Demo not loaded"


def make(today: Any) -> Manifest:
	"""Make users, masters and documents of a story that ends `today`. The caller commits.

	Raises `DemoExistsError` where a record has one of the demo's names already.
	"""
	refuse_taken()
	manifest = Manifest(str(today))
	before = _counters()
	for email, (full_name, *roles) in _logins().items():
		_make_user(email, full_name, roles)
		manifest.note("User", email)
	with acting_as(MANAGER):
		warehouse = default_warehouse() or _make_warehouse(manifest)
		for doctype, key, records in _MASTERS:
			for name, values in records.items():
				doc = frappe.get_doc({"doctype": doctype, key: name, **values}).insert()
				manifest.note(doctype, doc.name)
		for category in sorted({cost.category for cost in COSTS}):
			if not frappe.db.exists("Bottle Expense Category", category):  # the factory may have its own
				made = {"doctype": "Bottle Expense Category", "category_name": category}
				manifest.note("Bottle Expense Category", frappe.get_doc(made).insert().name)
		_name_factory()
	entered: dict[Event, str] = {}
	with acting_as(MANAGER):
		for event in story(today):
			user, values = document(event)
			if user != frappe.session.user:  # a change of users empties caches
				frappe.set_user(user)
			values["date"] = event.day
			if isinstance(event, Paid):
				values["reference_name"] = entered[event.of]
			elif not isinstance(event, Spent):
				place = "from_warehouse" if isinstance(event, Move) else "warehouse"
				values = {place: warehouse, **values, "posting_time": event.at}
			if isinstance(event, Return):
				values["return_against"] = entered[event.of]
			doc = frappe.get_doc(values).submit()
			entered[event] = doc.name
			manifest.note(doc.doctype, doc.name)
	manifest.series = {
		name: (before.get(name), current)
		for name, current in _counters().items()
		if before.get(name) != current
	}
	return manifest


def _name_factory() -> None:
	"""Say what stands on the factory's papers, unless somebody did."""
	settings = frappe.get_doc("Bottle Mfg Settings")
	if not any(settings.get(name) for name in FACTORY):
		settings.update(FACTORY).save(ignore_version=True)


@singledispatch
def document(event: Event) -> tuple[str, dict[str, Any]]:
	"""Who enters an event, and what."""
	raise NotImplementedError(type(event))


@document.register
def _purchase(event: Delivery) -> tuple[str, dict[str, Any]]:
	return STOCK_USER, {
		"doctype": "Bottle Purchase",
		"supplier": event.supplier,
		"supplier_bill_no": event.bill,
		"due_date": event.day + timedelta(days=CREDIT_OF_SUPPLIERS),
		"items": [{"item": event.item, "quantity": event.quantity, "unit_price": float(event.price)}],
		"other_charges": float(event.freight),
	}


@document.register
def _blow(event: Run) -> tuple[str, dict[str, Any]]:
	return STOCK_USER, {
		"doctype": "Blow",
		"from_item": event.line.preform,
		"to_item": event.line.bottle,
		"quantity": event.quantity,
		"good_quantity": event.good,
		"blow_cost_per_unit": float(event.line.cost),
		"machine": event.line.machine,
		"shift": event.shift,
		"operator": event.operator,
		"rejects": [
			{"stage": stage, "reason": reason, "quantity": pieces} for stage, reason, pieces in event.rejects
		],
		"materials": _materials(event),
	}


def _materials(event: Run) -> list[dict[str, Any]]:
	materials: list[dict[str, Any]] = []
	if event.labels:
		materials.append({"item": event.line.label, "quantity": event.labels})
	if event.regrind:
		rate = ITEMS[REGRIND]["selling_price"]
		kilos = float(event.regrind)
		materials.append({"item": REGRIND, "quantity": kilos, "kind": "By-product", "rate": rate})
	return materials


@document.register
def _sale(event: Order) -> tuple[str, dict[str, Any]]:
	return event.entered_by, {
		"doctype": "Bottle Sale",
		"customer": event.customer,
		"items": [
			{"item": item, "quantity": pieces, "unit_price": float(price)}
			for item, pieces, price in event.lines
		],
	}


@document.register
def _return(event: Return) -> tuple[str, dict[str, Any]]:
	user, original = document(event.of)
	return user, {
		"doctype": original["doctype"],
		"is_return": 1,
		"items": [{"item": event.item, "quantity": event.quantity}],
	}


@document.register
def _payment(event: Paid) -> tuple[str, dict[str, Any]]:
	"""Who sold the goods takes the money; the manager pays and refunds."""
	user, bill = document(event.of)
	return user if isinstance(event.of, Order) else MANAGER, {
		"doctype": "Bottle Payment",
		"reference_type": bill["doctype"],
		"amount": float(event.amount),
		"mode": event.mode,
		"transaction_ref": event.reference,
		"result": "Failed" if event.failed else "Completed",
		"failure_reason": event.failed,
	}


@document.register
def _transfer(event: Move) -> tuple[str, dict[str, Any]]:
	return STOCK_USER, {
		"doctype": "Bottle Stock Transfer",
		"to_warehouse": SHOP,
		"items": [{"item": item, "quantity": pieces} for item, pieces in event.lines],
	}


@document.register
def _count(event: Count) -> tuple[str, dict[str, Any]]:
	return STOCK_USER, {
		"doctype": "Bottle Stock Count",
		"items": [
			{"item": item, "counted_quantity": pieces, "reason": reason}
			for item, pieces, reason in event.lines
		],
	}


@document.register
def _expense(event: Spent) -> tuple[str, dict[str, Any]]:
	return MANAGER, {
		"doctype": "Bottle Expense",
		"category": event.category,
		"payee": event.payee,
		"amount": float(event.amount),
		"paid_by": event.mode,
		"covered_by_blow_cost": int(event.covered),
	}


def refuse_taken() -> None:
	"""Raise `DemoExistsError` with every record that already has a name of the demo's."""
	wanted = [("User", "", _logins()), *_MASTERS]
	taken = [
		f"{_(doctype)} {name}"
		for doctype, _key, names in wanted
		for name in frappe.get_all(doctype, filters={"name": ("in", list(names))}, pluck="name")
	]
	if taken:
		throw(DemoExistsError(_("The demo needs names that are in use: {0}").format(", ".join(taken))))


@contextmanager
def acting_as(user: str) -> Iterator[None]:
	"""Be `user` for a while, with no more rights than theirs."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def _logins() -> dict[str, tuple[str, ...]]:
	"""The name and the roles behind each login."""
	return {**USERS, CUSTOMER_LOGIN: (CUSTOMER_NAME,)}


def _make_user(email: str, full_name: str, roles: list[str]) -> None:
	first_name, last_name = full_name.split()
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": first_name,
			"last_name": last_name,
			"user_type": "System User" if roles else "Website User",
			"send_welcome_email": 0,
			"new_password": PASSWORD,
			"roles": [{"role": role} for role in roles],
		}
	)
	user.flags.ignore_password_policy = True
	user.insert(ignore_permissions=True)
	# Frappe makes the first user of a site a System Manager, whatever was asked for.
	frappe.db.delete("Has Role", {"parenttype": "User", "parent": email, "role": ("not in", [*roles, ""])})
	frappe.clear_cache(user=email)


def _make_warehouse(manifest: Manifest) -> str:
	warehouse = frappe.get_doc({"doctype": "Bottle Warehouse", "warehouse_name": _("Demo Store")}).insert()
	manifest.note(warehouse.doctype, warehouse.name)
	return warehouse.name


def _counters() -> dict[str, int]:
	return dict(frappe.db.sql("select name, current from `tabSeries`"))
