"""Approval over HTTP: whatever way a large document is submitted, somebody else has to have approved what it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

PURCHASE, SALE, BLOW, COUNT = "Bottle Purchase", "Bottle Sale", "Blow", "Bottle Stock Count"
V1 = "bottle_mfg.api.v1"
LIMITS = {
	"approve_purchases_above": 1000,
	"approve_sales_above": 500,
	"approve_blows_above": 400,
	"approve_count_losses_above": 100,
	"approve_payments_above": 300,
}


@pytest.fixture(scope="module")
def limits(clients: dict[str, Client], shared: Any) -> Iterator[Any]:
	"""A factory with goods, whose manager has set limits, and so turned the Workflows on."""
	manager = clients["manager"]
	data(manager.insert(PURCHASE, docstatus=1, **purchase(shared, 5000, 2)))
	data(manager.insert(BLOW, docstatus=1, **blow(shared, 1000)))
	settings = "Bottle Mfg Settings"
	data(manager.change(settings, settings, **LIMITS))
	yield shared
	data(manager.change(settings, settings, **dict.fromkeys(LIMITS, 0)))


@pytest.fixture(params=["with its Workflow", "without a Workflow"])
def either_way(limits: Any, admin: Client, request: Any) -> Iterator[Any]:
	"""The same, with the Workflow of purchases on or off."""
	on = request.param == "with its Workflow"
	workflow(admin, is_active=int(on))
	yield limits
	workflow(admin, is_active=1)


def workflow(admin: Client, **values: Any) -> None:
	data(admin.change("Workflow", "Bottle Purchase Approval", **values))


def purchase(shop: Any, quantity: float = 1000, unit_price: float = 2, **values: Any) -> dict[str, Any]:
	lines = [shop.line(shop.preform, quantity, unit_price)]
	return {"supplier": shop.supplier, "warehouse": shop.warehouse, "items": lines} | values


def sale(shop: Any, quantity: float = 200, **values: Any) -> dict[str, Any]:
	lines = [shop.line(shop.bottle, quantity, 4)]
	return {"customer": shop.customer, "warehouse": shop.warehouse, "items": lines} | values


def blow(shop: Any, quantity: float = 500, **values: Any) -> dict[str, Any]:
	goods = {"from_item": shop.preform, "to_item": shop.bottle, "good_quantity": quantity}
	return {"quantity": quantity, "warehouse": shop.warehouse, "blow_cost_per_unit": 0} | goods | values


def count(shop: Any, counted: float, **values: Any) -> dict[str, Any]:
	lines = [{"item": shop.preform, "counted_quantity": counted}]
	return {"warehouse": shop.warehouse, "items": lines} | values


def approve(client: Client, doc: dict[str, Any], **values: Any) -> Any:
	return client.call(f"{V1}.approve", doctype=doc["doctype"], name=doc["name"], **values)


def submit(client: Client, doc: dict[str, Any]) -> Any:
	return client.change(doc["doctype"], doc["name"], docstatus=1)


def step(client: Client, doc: dict[str, Any], action: str) -> Any:
	return client.call("frappe.model.workflow.apply_workflow", doc=json.dumps(doc), action=action)


def posted(doc: dict[str, Any]) -> int:
	import frappe

	frappe.db.rollback()
	return frappe.db.count("Bottle Ledger Entry", {"voucher_no": doc["name"]})


ROUTES: dict[str, Callable[[Client, dict[str, Any]], Any]] = {
	"PUT": submit,
	"client.submit": lambda client, doc: client.call("frappe.client.submit", doc=doc | {"docstatus": 0}),
	"client.save": lambda client, doc: client.call("frappe.client.save", doc=doc | {"docstatus": 1}),
	"savedocs": lambda client, doc: client.save_form(doc, "Submit"),
	"client.set_value": lambda client, doc: client.call(
		"frappe.client.set_value", doctype=doc["doctype"], name=doc["name"], fieldname="docstatus", value=1
	),
	"bulk_update": lambda client, doc: client.call(
		"frappe.client.bulk_update", docs=json.dumps([doc | {"docname": doc["name"], "docstatus": 1}])
	),
	"bulk submit": lambda client, doc: client.call(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype=doc["doctype"],
		docnames=json.dumps([doc["name"]]),
		action="submit",
	),
	"run_method": lambda client, doc: client.send(
		"POST", f"resource/{doc['doctype']}/{doc['name']}", json={"run_method": "submit"}
	),
	"v2": lambda client, doc: client.send(
		"POST", f"v2/document/{doc['doctype']}/{doc['name']}/method/submit", json={}
	),
	"v2 PATCH": lambda client, doc: client.send(
		"PATCH", f"v2/document/{doc['doctype']}/{doc['name']}", json={"docstatus": 1}
	),
	"Workflow: Submit": lambda client, doc: step(client, doc, "Submit"),
	"Workflow: Approve": lambda client, doc: step(client, doc, "Approve"),
}
SAYS_SO = ("PUT", "client.submit", "client.save", "savedocs")
"""The others wrap the refusal, or are not there in every release of Frappe."""


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_gets_around_the_limit(limits: Any, manager: Client, route: str) -> None:
	doc = data(manager.insert(PURCHASE, **purchase(limits)))
	answer = ROUTES[route](manager, doc)
	if route in SAYS_SO:
		body = error(answer, 403)
		assert (body["code"], body["threshold"], body["amount"]) == ("approval_required", 1000, 2000)
	assert data(manager.read(PURCHASE, doc["name"]))["docstatus"] == 0
	assert not posted(doc)


@pytest.mark.parametrize(
	("doctype", "make"), [(PURCHASE, purchase), (SALE, sale), (BLOW, blow)], ids=[PURCHASE, SALE, BLOW]
)
def test_a_large_document_is_not_entered_in_one_go_and_a_small_one_is(
	limits: Any, clients: dict[str, Client], doctype: str, make: Callable[..., dict[str, Any]]
) -> None:
	client = clients["sales" if doctype == SALE else "stock"]
	body = error(client.insert(doctype, docstatus=1, **make(limits)), 403)
	assert body["code"] == "approval_required"
	at_the_limit = {PURCHASE: 500, SALE: 125, BLOW: 400}[doctype]
	small = data(client.insert(doctype, docstatus=1, **make(limits, at_the_limit)))
	assert (small["docstatus"], small["workflow_state"], small.get("approved_by")) == (1, "Confirmed", None)


def test_what_somebody_else_approved_is_submitted(either_way: Any, stock: Client, manager: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(either_way)))
	assert doc["needs_approval"] == 1
	ask = stock.call(f"{V1}.request_approval", doctype=PURCHASE, name=doc["name"])
	assert data(ask)["state"] == "Pending Approval"
	waiting = data(manager.list(PURCHASE, filters={"status": "Pending Approval", "name": doc["name"]}))
	assert len(waiting) == 1
	assert data(approve(manager, doc)).get("approved_by") == "manager@bottle.test"
	done = data(submit(stock, doc))
	assert (done["docstatus"], done["status"], done["workflow_state"]) == (1, "Received", "Confirmed")
	assert done.get("approved_by") == "manager@bottle.test"
	assert posted(doc) == 1
	said = timeline(doc)
	assert {"Approval requested", "Approved"} <= set(said)


def timeline(doc: dict[str, Any]) -> list[str]:
	import frappe

	frappe.db.rollback()
	about = {"reference_name": doc["name"], "comment_type": ("in", ("Workflow", "Info"))}
	return frappe.get_all("Comment", filters=about, pluck="content")


def test_approving_and_submitting_in_one_go(either_way: Any, stock: Client, manager: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(either_way)))
	answer = data(approve(manager, doc, submit=1))
	assert (answer["docstatus"], answer.get("approved_by")) == (1, "manager@bottle.test")
	assert posted(doc) == 1


def test_the_workflow_approves_and_submits(limits: Any, stock: Client, manager: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(limits)))
	doc = data(step(stock, doc, "Request Approval"))
	error(step(stock, doc, "Approve"), 417)
	doc = data(step(manager, doc, "Approve"))
	assert (doc["docstatus"], doc.get("approved_by")) == (1, "manager@bottle.test")
	assert "Approved" in timeline(doc)


def test_nobody_approves_his_own(limits: Any, manager: Client, admin: Client) -> None:
	for client in (manager, admin):
		doc = data(client.insert(PURCHASE, **purchase(limits)))
		assert error(approve(client, doc), 403)["code"] == "own_approval"
		assert error(approve(client, doc, submit=1), 403)["code"] == "own_approval"
		doc = data(step(client, doc, "Request Approval"))
		answer = step(client, doc, "Approve")
		assert answer.status_code in (403, 417), answer.text
		# the state that the step would lead to, stated by the client himself
		answer = client.change(PURCHASE, doc["name"], docstatus=1, workflow_state="Confirmed")
		assert error(answer, 403)["code"] == "own_approval"
		assert not posted(doc)


def test_nobody_approves_what_he_changed(limits: Any, stock: Client, manager: Client, admin: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(limits)))
	data(manager.change(PURCHASE, doc["name"], items=[limits.line(limits.preform, 1001, 2)]))
	data(stock.change(PURCHASE, doc["name"], notes="as agreed"))
	assert error(approve(manager, doc), 403)["code"] == "own_approval"
	data(approve(admin, doc))


@pytest.mark.parametrize(
	"change",
	[
		{"notes": "a little more"},
		{"other_charges": 0.01},
		{"items": [("preform", 1000, 1.99)]},
		{"items": [("preform", 1000, 2), ("cap", 1, 0)]},
	],
	ids=lambda change: next(iter(change)),
)
def test_a_change_voids_the_approval(
	limits: Any, stock: Client, manager: Client, change: dict[str, Any]
) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(limits)))
	data(approve(manager, doc))
	lines = change.get("items", [])
	values = (
		{"items": [limits.line(getattr(limits, item), *rest) for item, *rest in lines]} if lines else change
	)
	body = error(stock.change(PURCHASE, doc["name"], docstatus=1, **values), 403)
	assert body["code"] == "approval_required"
	changed = data(stock.change(PURCHASE, doc["name"], **values))
	assert changed.get("approved_by") is None
	assert error(submit(stock, doc), 403)["code"] == "approval_required"


def test_an_approval_is_for_what_was_seen(limits: Any, stock: Client, manager: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(limits)))
	data(stock.change(PURCHASE, doc["name"], items=[limits.line(limits.preform, 2000, 2)]))
	assert error(approve(manager, doc, modified=doc["modified"]), 417)["code"] == "changed_meanwhile"


FORGED = {
	"approved_by": "manager@bottle.test",
	"approved_on": "2026-01-01 10:00:00",
	"approved_amount": 99999,
	"needs_approval": 0,
	"entered_by": "viewer@bottle.test",
}


def test_an_approval_cannot_be_forged(limits: Any, manager: Client, stock: Client) -> None:
	honest = data(stock.insert(PURCHASE, **purchase(limits)))
	data(approve(manager, honest))
	forged = FORGED | {"approved_content": data(manager.read(PURCHASE, honest["name"]))["approved_content"]}
	assert error(stock.insert(PURCHASE, docstatus=1, **purchase(limits, **forged)), 403)
	doc = data(stock.insert(PURCHASE, **purchase(limits, **forged)))
	assert error(stock.change(PURCHASE, doc["name"], docstatus=1, **forged), 403)
	doc = data(stock.change(PURCHASE, doc["name"], **forged))
	assert (doc.get("approved_by"), doc["needs_approval"]) == (None, 1)


def test_who_may_approve(limits: Any, clients: dict[str, Client]) -> None:
	doc = data(clients["stock"].insert(PURCHASE, **purchase(limits)))
	for person, status in {"stock": 403, "sales": 403, "viewer": 403, "guest": 401}.items():
		error(approve(clients[person], doc), status)
		error(
			clients[person].call(f"{V1}.reject_approval", doctype=PURCHASE, name=doc["name"], reason="no"),
			status,
		)
	assert error(approve(clients["manager"], {"doctype": PURCHASE, "name": "PO-none"}), 404)
	assert error(approve(clients["manager"], {"doctype": "User", "name": "Guest"}), 422)


def test_a_refusal_hands_it_back(either_way: Any, stock: Client, manager: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(either_way)))
	data(stock.call(f"{V1}.request_approval", doctype=PURCHASE, name=doc["name"]))
	answer = manager.call(
		f"{V1}.reject_approval", doctype=PURCHASE, name=doc["name"], reason="too <b>dear</b>"
	)
	assert data(answer)["state"] == "Draft"
	assert "Rejected: too dear" in timeline(doc)
	assert error(submit(stock, doc), 403)["code"] == "approval_required"


def test_small_ones_and_submitted_ones_need_none(limits: Any, stock: Client, manager: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(limits, 10)))
	assert error(approve(manager, doc), 409)["code"] == "nothing_to_approve"
	data(submit(stock, doc))
	assert error(approve(manager, doc), 409)["code"] == "nothing_to_approve"


def test_losses_of_a_count(limits: Any, stock: Client, manager: Client) -> None:
	"""How much is lost is known only when it is valued."""
	held = data(stock.call(f"{V1}.availability", items=[limits.preform], warehouse=limits.warehouse))
	held = held[0]["quantity"]
	body = error(stock.insert(COUNT, docstatus=1, **count(limits, held - 51)), 403)
	assert (body["code"], body["threshold"], body["amount"]) == ("approval_required", 100, 102)
	doc = data(stock.insert(COUNT, **count(limits, held - 51)))
	assert error(submit(stock, doc), 403)["code"] == "approval_required"
	assert not posted(doc)
	data(approve(manager, doc))
	done = data(submit(stock, doc))
	assert done["docstatus"] == 1
	assert data(manager.read(COUNT, doc["name"]))["lost_value"] == pytest.approx(102)


def test_no_more_is_lost_than_was_approved(limits: Any, stock: Client, manager: Client) -> None:
	held = data(stock.call(f"{V1}.availability", items=[limits.preform], warehouse=limits.warehouse))
	doc = data(stock.insert(COUNT, **count(limits, held[0]["quantity"] - 60)))
	data(approve(manager, doc))
	data(manager.insert(PURCHASE, docstatus=1, **purchase(limits, 10, 2)))  # by which more is missing
	assert error(submit(stock, doc), 403)["code"] == "approval_required"
	data(approve(manager, doc))
	data(submit(stock, doc))


def test_a_large_payment(limits: Any, sales: Client, manager: Client) -> None:
	"""A failed attempt moves no money, whatever its amount."""
	bill = data(sales.insert(SALE, docstatus=1, **sale(limits, 125)))
	paid = {"reference_type": SALE, "reference_name": bill["name"], "amount": 400}
	error(sales.insert("Bottle Payment", docstatus=1, **paid), 403)
	failed = {"result": "Failed", "failure_reason": "no signal"}
	data(sales.insert("Bottle Payment", docstatus=1, **paid, **failed))
	doc = data(sales.insert("Bottle Payment", **paid))
	data(approve(manager, doc))
	data(submit(sales, doc))
	assert data(sales.read(SALE, bill["name"]))["outstanding_amount"] == 100


def test_an_amended_document_is_approved_anew(limits: Any, stock: Client, manager: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(limits)))
	data(approve(manager, doc, submit=1))
	cancelled = data(manager.call("frappe.client.cancel", doctype=PURCHASE, name=doc["name"]))
	assert cancelled["workflow_state"] == "Cancelled"
	again = cancelled | {"amended_from": doc["name"], "docstatus": 1, "name": None}
	assert error(stock.insert(**again), 403)["code"] == "approval_required"


def test_an_admin_names_another_role(limits: Any, admin: Client, manager: Client, stock: Client) -> None:
	made = data(admin.read("Workflow", "Bottle Purchase Approval"))
	steps = made["transitions"]
	named = [
		one | {"allowed": "Bottle Stock User"} if one["action"] in ("Approve", "Reject") else one
		for one in steps
	]
	workflow(admin, transitions=named)
	try:
		own = data(stock.insert(PURCHASE, **purchase(limits)))
		assert error(approve(manager, own), 403)["code"] == "not_permitted"
		assert error(approve(stock, own), 403)["code"] == "own_approval"
		doc = data(manager.insert(PURCHASE, **purchase(limits)))
		assert data(approve(stock, doc)).get("approved_by") == "stock@bottle.test"
		data(submit(manager, doc))
	finally:
		workflow(admin, transitions=steps)


def test_a_new_limit_holds_for_drafts_that_are_there(limits: Any, stock: Client, manager: Client) -> None:
	doc = data(stock.insert(PURCHASE, **purchase(limits, 400)))
	settings = "Bottle Mfg Settings"
	data(manager.change(settings, settings, approve_purchases_above=700))
	try:
		assert data(stock.read(PURCHASE, doc["name"]))["needs_approval"] == 1
		assert error(submit(stock, doc), 403)["threshold"] == 700
	finally:
		data(manager.change(settings, settings, approve_purchases_above=1000))
	assert data(submit(stock, doc))["docstatus"] == 1
