"""Payments over HTTP: who may make, submit and see which, what a client cannot set, and twenty at once."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

PAYMENT = "Bottle Payment"


@pytest.fixture(scope="module")
def bills(shared: Any) -> dict[str, Any]:
	"""A sale of 400.00 of the sales user's, a return of it that is to be refunded, and a purchase of 2000.00."""
	import frappe

	from bottle_mfg.api.v1 import make_return

	sale = shared.sale(100, 4).submit()
	shared.pay(sale, 400)
	bought = shared.purchase(1000, 2).submit()
	other = shared.sale(100, 4).submit()
	back = frappe.get_doc(make_return("Bottle Sale", sale.name)).insert().submit()
	found = {"sale": other, "return": back, "purchase": bought}
	for bill in found.values():
		frappe.db.set_value(bill.doctype, bill.name, "owner", "sales@bottle.test")
	frappe.db.commit()
	return found


def of(bill: Any, amount: float = 1, **values: Any) -> dict[str, Any]:
	return {"reference_type": bill.doctype, "reference_name": bill.name, "amount": amount, **values}


MAY_MAKE = {
	#            manager  stock  sales  sales2 viewer
	"sale":     (True,    False, True,  False, False),
	"return":   (True,    False, False, False, False),
	"purchase": (True,    True,  False, False, False),
}  # fmt: skip
PEOPLE = ("manager", "stock", "sales", "sales2", "viewer")


@pytest.mark.parametrize("bill", MAY_MAKE)
@pytest.mark.parametrize("person", PEOPLE)
def test_who_may_pay_and_see_what(
	bills: dict[str, Any], clients: dict[str, Client], bill: str, person: str
) -> None:
	user, allowed = clients[person], MAY_MAKE[bill][PEOPLE.index(person)]
	draft = user.insert(PAYMENT, **of(bills[bill]))
	if allowed:
		assert data(draft)["docstatus"] == 0
	else:
		assert error(draft, 403)["code"] == "not_permitted"
	submitted = user.insert(PAYMENT, **of(bills[bill]), docstatus=1)
	if allowed and person != "stock":
		assert data(submitted)["docstatus"] == 1
	else:
		error(submitted, 403)
	made = data(clients["manager"].insert(PAYMENT, **of(bills[bill]), docstatus=1))["name"]
	sees = allowed or (bill == "return" and person == "sales") or (bill != "purchase" and person == "viewer")
	answer = user.read(PAYMENT, made)
	assert answer.status_code == (200 if sees else 403), answer.text
	listed = data(user.list(PAYMENT, filters={"name": made}))
	assert [row["name"] for row in listed] == ([made] if sees else [])
	counted = user.call("frappe.client.get_count", doctype=PAYMENT, filters={"name": made})
	assert data(counted) == int(sees)
	cancelled = user.call("frappe.client.cancel", doctype=PAYMENT, name=made)
	if person == "manager":
		assert data(cancelled)["docstatus"] == 2
	else:
		error(cancelled, 403)


def test_who_names_a_bill_of_his_own_opens_no_other_payment(
	bills: dict[str, Any], shared: Any, manager: Client, sales2: Client, db: Any
) -> None:
	draft = data(manager.insert(PAYMENT, **of(bills["sale"])))
	own = data(
		sales2.insert(
			"Bottle Sale",
			docstatus=1,
			customer=shared.customer,
			warehouse=shared.warehouse,
			items=[shared.line(shared.bottle, 1, 4)],
		)
	)
	stolen = {"reference_name": own["name"], "docstatus": 1}
	error(sales2.change(PAYMENT, draft["name"], **stolen), 403)
	error(sales2.call("frappe.client.save", doc={**draft, **stolen, "doctype": PAYMENT}), 403)
	assert data(manager.read(PAYMENT, draft["name"]))["reference_name"] == bills["sale"].name
	error(
		sales2.change(PAYMENT, data(sales2.insert(PAYMENT, **of_own(own)))["name"], **of(bills["sale"])), 403
	)


def of_own(sale: dict[str, Any]) -> dict[str, Any]:
	return {"reference_type": "Bottle Sale", "reference_name": sale["name"], "amount": 1}


def test_what_is_refused_says_so(bills: dict[str, Any], sales: Client, manager: Client) -> None:
	too_much = error(manager.insert(PAYMENT, **of(bills["sale"], 5000), docstatus=1), 409)
	assert too_much["code"] == "over_payment"
	assert too_much["amount"] == 5000
	assert 0 < too_much["outstanding"] <= 400
	missing = error(sales.insert(PAYMENT, **of(bills["sale"]) | {"reference_name": "SO-NONE"}), 404)
	assert (missing["doctype"], missing["name"]) == ("Bottle Sale", "SO-NONE")
	wrong = error(sales.insert(PAYMENT, **of(bills["sale"], -5, result="Failed", mode="Barter")), 422)
	assert {tuple(fault["loc"]) for fault in wrong["detail"]} == {("amount",), ("mode",), ("failure_reason",)}
	for odd in ({"reference_type": "User", "reference_name": "Administrator"}, {"reference_name": {"a": 1}}):
		error(sales.insert(PAYMENT, **of(bills["sale"]) | odd), 422)
	assert (
		error(manager.call("frappe.client.cancel", **named(bills["return"])), 409)["code"] == "has_payments"
	)


def named(bill: Any) -> dict[str, str]:
	return {"doctype": bill.doctype, "name": bill.name}


def test_nobody_writes_what_payments_compute(bills: dict[str, Any], shared: Any, manager: Client) -> None:
	forged = {"paid_amount": 4, "outstanding_amount": 0, "credited_amount": 9, "payment_status": "Paid"}
	made = data(
		manager.insert(
			"Bottle Sale",
			docstatus=1,
			customer=shared.customer,
			warehouse=shared.warehouse,
			items=[shared.line(shared.bottle, 1, 4)],
			**forged,
		)
	)
	same = {"paid_amount": 0, "outstanding_amount": 4, "credited_amount": 0, "payment_status": "Pending"}
	assert {key: made[key] for key in same} == same
	error(manager.change("Bottle Sale", made["name"], **forged), 417)
	assert {key: data(manager.read("Bottle Sale", made["name"]))[key] for key in same} == same


def test_who_read_a_bill_before_it_was_paid_does_not_write_that_back(shared: Any, manager: Client) -> None:
	sale = data(
		manager.insert(
			"Bottle Sale",
			docstatus=1,
			customer=shared.customer,
			warehouse=shared.warehouse,
			items=[shared.line(shared.bottle, 1, 4)],
		)
	)
	seen = data(manager.read("Bottle Sale", sale["name"])) | {"doctype": "Bottle Sale"}
	data(manager.insert(PAYMENT, **of_own(sale), docstatus=1))
	stale = error(manager.save_form(seen | {"status": "Shipped"}, "Update"), 417)
	assert stale["code"] == "changed_meanwhile"
	after = data(manager.change("Bottle Sale", sale["name"], status="Shipped"))
	kept = ("paid_amount", "outstanding_amount", "payment_status", "status")
	assert [after[key] for key in kept] == [1, 3, "Partial", "Shipped"]


def test_twenty_at_once(bills: dict[str, Any], shared: Any, manager: Client) -> None:
	sale = data(
		manager.insert(
			"Bottle Sale",
			docstatus=1,
			customer=shared.customer,
			warehouse=shared.warehouse,
			items=[shared.line(shared.bottle, 10, 4)],
		)
	)

	def pay(_number: int) -> str:
		client = Client(manager.url)
		client.session.cookies.update(manager.session.cookies)
		client.session.headers.update(manager.session.headers)
		answer = client.insert(PAYMENT, **of_own(sale) | {"amount": 3, "docstatus": 1})
		return str(answer.json().get("code", answer.status_code))

	with ThreadPoolExecutor(20) as pool:
		outcomes = Counter(pool.map(pay, range(20)))
	assert outcomes["over_payment"] == 7
	assert sum(outcomes.values()) == 20
	after = data(manager.read("Bottle Sale", sale["name"]))
	assert (after["paid_amount"], after["outstanding_amount"]) == (39, 1)


REPORTS = {
	"Bottle Customer Statement": {"manager", "sales", "viewer"},
	"Bottle Receivables": {"manager", "sales", "viewer"},
	"Bottle Supplier Statement": {"manager", "stock"},
	"Bottle Payables": {"manager", "stock"},
}


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("person", ["manager", "stock", "sales", "viewer", "guest"])
def test_who_may_run_which_report(
	bills: dict[str, Any], clients: dict[str, Client], shared: Any, report: str, person: str
) -> None:

	filters = json.dumps({"customer": shared.customer, "supplier": shared.supplier})
	answer = clients[person].call("frappe.desk.query_report.run", report_name=report, filters=filters)
	if person in REPORTS[report]:
		assert data(answer)["result"]
	else:
		assert answer.status_code in (401, 403)
		assert bills["purchase"].name not in answer.text
