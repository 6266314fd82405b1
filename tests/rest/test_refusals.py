"""What a client reads when the answer is no: 400, 401, 403, 404, 409, 503, and Frappe's own refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

Request = Callable[[Client, Any], Any]


def draft(client: Client, shop: Any, quantity: float = 1, **values: Any) -> dict[str, Any]:
	lines = [shop.line(shop.bottle, quantity, 4)]
	values = {"customer": shop.customer, "warehouse": shop.warehouse, "items": lines} | values
	return data(client.insert("Bottle Sale", **values))


READS: dict[str, Request] = {
	"list": lambda client, shop: client.list("Bottle Sale"),
	"read": lambda client, shop: client.read("Bottle Item", shop.bottle),
	"create": lambda client, shop: client.insert("Bottle Sale", customer=shop.customer),
	"nonsense": lambda client, shop: client.insert("Bottle Sale", customer=["no such"], items="none"),
	"change": lambda client, shop: client.change("Bottle Item", shop.bottle, colour="blue"),
	"delete": lambda client, shop: client.delete("Bottle Item", shop.bottle),
	"client": lambda client, shop: client.call("frappe.client.get", doctype="Bottle Item", name=shop.bottle),
	"form": lambda client, shop: client.save_form({"doctype": "Bottle Sale"}, "Save"),
	"method": lambda client, shop: client.call("bottle_mfg.api.v1.availability", items=[shop.bottle]),
}


@pytest.mark.parametrize("request_", READS.values(), ids=READS.keys())
def test_who_is_not_logged_in(request_: Request, shop: Any, guest: Client) -> None:
	assert error(request_(guest, shop), 401)["code"] == "not_logged_in"


def test_a_wrong_key(shop: Any, url: str) -> None:
	stranger = Client(url, Authorization="token nobody:nothing")
	assert error(stranger.list("Bottle Sale"), 401)["code"] == "not_logged_in"


DENIED: dict[str, Request] = {
	"list": lambda client, shop: client.list("Bottle Purchase"),
	"create": lambda client, shop: client.insert("Blow", from_item=shop.preform),
	"nonsense": lambda client, shop: client.insert("Blow", from_item=["no such"], quantity="x"),
	"change": lambda client, shop: client.change("Bottle Item", shop.bottle, colour="blue"),
	"delete": lambda client, shop: client.delete("Bottle Item", shop.bottle),
	"client": lambda client, shop: client.call(
		"frappe.client.delete", doctype="Bottle Item", name=shop.bottle
	),
	"form": lambda client, shop: client.save_form({"doctype": "Blow"}, "Save"),
	"ledger": lambda client, shop: client.list("Bottle Ledger Entry"),
}


@pytest.mark.parametrize("request_", DENIED.values(), ids=DENIED.keys())
def test_who_may_not(request_: Request, shop: Any, sales: Client) -> None:
	assert error(request_(sales, shop), 403)["code"] == "not_permitted"


def test_other_apps_keep_their_answers(guest: Client, sales: Client) -> None:
	refused = guest.list("ToDo")
	assert refused.status_code == 403
	assert "detail" not in refused.json()
	unknown = sales.read("ToDo", "no-such")
	assert unknown.status_code == 404
	assert "detail" not in unknown.json()


def test_an_unknown_document(sales: Client) -> None:
	for answer in (
		sales.read("Bottle Sale", "SO-000000-0000"),
		sales.change("Bottle Sale", "SO-000000-0000", notes="x"),
		sales.call("frappe.client.get", doctype="Bottle Sale", name="SO-000000-0000"),
		sales.call("frappe.client.cancel", doctype="Bottle Sale", name="SO-000000-0000"),
	):
		body = error(answer, 404)
		assert (body["code"], body["doctype"], body["name"]) == ("not_found", "Bottle Sale", "SO-000000-0000")


def test_an_unknown_document_with_a_slash(manager: Client) -> None:
	assert error(manager.read("Bottle Item", "no/such"), 404)["name"] == "no/such"


def test_linked_records_that_do_not_exist(shop: Any, sales: Client, fresh: Callable[[], Any]) -> None:
	lines = [shop.line(shop.bottle, 1, 4), shop.line(f"A-{shop.tag}", 1, 4), shop.line(f"B-{shop.tag}", 1, 4)]
	values = {"customer": shop.customer, "warehouse": shop.warehouse, "items": lines}
	doc = {"doctype": "Bottle Sale", **values}
	for answer in (
		sales.insert("Bottle Sale", **values),
		sales.insert("Bottle Sale", docstatus=1, **values),
		sales.call("frappe.client.submit", doc=doc),
		sales.save_form(doc, "Submit"),
	):
		body = error(answer, 404)
		assert (body["code"], body["doctype"], body["name"]) == ("not_found", "Bottle Item", f"A-{shop.tag}")
		assert [one["name"] for one in body["missing"]] == [f"A-{shop.tag}", f"B-{shop.tag}"]
		assert body["missing"][1]["loc"] == ["items", 2, "item"]
	assert fresh().count("Bottle Sale", {"customer": shop.customer}) == 0


def test_a_linked_record_of_each_kind(shop: Any, sales: Client, stock: Client) -> None:
	bought = {"supplier": "no such", "warehouse": shop.warehouse, "items": [shop.line(shop.preform, 1, 1)]}
	assert error(stock.insert("Bottle Purchase", **bought), 404)["doctype"] == "Bottle Supplier"
	bought = bought | {"supplier": shop.supplier, "warehouse": "no such"}
	assert error(stock.insert("Bottle Purchase", **bought), 404)["doctype"] == "Bottle Warehouse"
	blown = {"from_item": "no such", "to_item": shop.bottle, "quantity": 2, "good_quantity": 1}
	assert error(stock.insert("Blow", **blown), 404)["doctype"] == "Bottle Item"


BODIES = ["{", "[1, 2]", '"text"', "1" * 5000, "[" * 100_000]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:8])
def test_a_body_that_is_no_document(body: str, shop: Any, sales: Client) -> None:
	headers = {"Content-Type": "application/json"}
	answer = sales.send("POST", "resource/Bottle Sale", data=body, headers=headers)
	assert 400 <= answer.status_code < 500, answer.text
	assert answer.json()["detail"]


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\u2028", "\x1e"])
def test_a_list_that_asks_for_nonsense_of_several_lines(separator: str, manager: Client) -> None:
	nonsense = separator.join(["no", "time: at all", "frappe.PermissionError: of mine"])
	refused = error(manager.list("Bottle Stock Count", filters=[["posting_time", "<", nonsense]]), 422)
	assert refused["code"] == "invalid_value"
	assert "of mine" not in json.dumps(refused)


def test_a_closed_period(stocked: Any, manager: Client, sales: Client, stock: Client) -> None:
	settings = ("Bottle Mfg Settings", "Bottle Mfg Settings")
	old = {"date": "2020-02-29"}
	late = draft(sales, stocked, **old)
	bought = data(
		stock.insert(
			"Bottle Purchase",
			supplier=stocked.supplier,
			warehouse=stocked.warehouse,
			items=[stocked.line(stocked.cap, 5, 1)],
			docstatus=1,
			**old,
		)
	)
	data(manager.change(*settings, closed_until="2020-03-31"))
	try:
		for answer in (
			sales.change("Bottle Sale", late["name"], docstatus=1),
			sales.call("frappe.client.submit", doc=late),
			stock.call("frappe.client.cancel", doctype="Bottle Purchase", name=bought["name"]),
			stock.change("Bottle Purchase", bought["name"], docstatus=2),
		):
			body = error(answer, 409)
			assert (body["code"], body["closed_until"]) == ("closed_period", "2020-03-31")
		assert data(sales.read("Bottle Sale", late["name"]))["docstatus"] == 0
		assert data(stock.read("Bottle Purchase", bought["name"]))["docstatus"] == 1
	finally:
		data(manager.change(*settings, closed_until=None))
	data(stock.change("Bottle Purchase", bought["name"], docstatus=2))


def test_goods_that_were_used(stocked: Any, stock: Client, db: Any) -> None:
	bought = stocked.purchase(items=[stocked.line(stocked.cap, 10, 1)])
	bought.submit()
	used = stocked.sale(items=[stocked.line(stocked.cap, 4, 2)])
	used.submit()
	db.commit()
	body = error(stock.change("Bottle Purchase", bought.name, docstatus=2), 400)
	assert (body["code"], body["voucher_no"], body["item_id"]) == (
		"insufficient_stock",
		used.name,
		stocked.cap,
	)


def answer_after_a_deadlock(
	db: Any, held: tuple[str, tuple[Any, ...]], doc: dict[str, Any], submit: Request
) -> Any:
	"""The answer to a submit that waits for what `held` locks, while we wait for the document that it locked.

	The database ends such a circle at once, at the cost of the transaction that has written less: the server's.
	"""
	db.rollback()
	db.sql(
		"insert into `tabComment` (name) values " + ", ".join(f"('{doc['name']}-{n}')" for n in range(500))
	)
	db.sql(*held)
	with ThreadPoolExecutor(max_workers=1) as pool:
		answer = pool.submit(submit)
		while not waiting(db):
			assert not answer.done(), answer.result().text
		db.sql("select name from `tabBottle Sale` where name = %s for update", (doc["name"],))
		db.rollback()
		return answer.result()


def waiting(db: Any) -> bool:
	"""Whether another connection to this site's database has been at one statement for a while."""
	return bool(
		db.sql(
			"""select id from information_schema.processlist
			where db = database() and id != connection_id() and command = 'Query' and time_ms > 300"""
		)
	)


LOCKS = {
	"the balance": lambda shop: (
		"select name from `tabBottle Stock` where item = %s for update",
		(shop.bottle,),
	),
	"the settings": lambda shop: (
		"select value from `tabSingles` where doctype = 'Bottle Mfg Settings' for update",
		(),
	),
}


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS.keys())
def test_who_loses_a_deadlock_does_not_notice(lock: Any, stocked: Any, sales: Client, db: Any) -> None:
	"""What a client hears when no lock can be had at all, tests/concurrency shows."""
	doc = draft(sales, stocked)
	submitted = answer_after_a_deadlock(
		db, lock(stocked), doc, lambda: sales.change("Bottle Sale", doc["name"], docstatus=1)
	)
	assert data(submitted)["docstatus"] == 1


def test_a_copy_that_is_no_longer_the_latest(stocked: Any, sales: Client) -> None:
	old = draft(sales, stocked)
	data(sales.change("Bottle Sale", old["name"], notes="changed"))
	for answer in (
		sales.call("frappe.client.save", doc=old),
		sales.call("frappe.client.submit", doc=old),
		sales.save_form(old, "Save"),
	):
		assert error(answer, 417)["code"] == "changed_meanwhile"


def test_a_submitted_document_stays_as_it_is(stocked: Any, sales: Client, manager: Client) -> None:
	name = data(sales.change("Bottle Sale", draft(sales, stocked)["name"], docstatus=1))["name"]
	before = data(manager.read("Bottle Sale", name))
	line = before["items"][0]
	for changes in (
		{"customer": "no such"},
		{"date": "2020-01-01"},
		{"total_price": 1},
		{"warehouse": None},
		{"items": [line | {"quantity": 2}]},
		{"items": [line, line | {"name": None}]},
		{"items": [stocked.line(stocked.bottle, 1, 9)]},
		{"items": []},
		{"docstatus": 0},
	):
		answer = sales.change("Bottle Sale", name, **changes)
		assert 400 <= answer.status_code < 500, f"{changes}: {answer.text}"
		assert answer.json()["detail"], changes
	assert data(manager.read("Bottle Sale", name)) == before
	assert data(sales.change("Bottle Sale", name, notes="may change"))["notes"] == "may change"
	assert error(manager.delete("Bottle Sale", name), 417)


def test_notes_of_a_submitted_document_are_checked(stocked: Any, sales: Client) -> None:
	name = data(sales.change("Bottle Sale", draft(sales, stocked)["name"], docstatus=1))["name"]
	body = error(sales.change("Bottle Sale", name, notes=["x"]), 422)
	assert body["detail"][0]["loc"] == ["notes"]


@pytest.mark.parametrize(
	("from_", "to", "status"), [("Confirmed", "Shipped", 200), ("Confirmed", "Draft", 422)]
)
def test_the_status_moves_forward_only(from_: str, to: str, status: int, stocked: Any, sales: Client) -> None:
	name = data(sales.change("Bottle Sale", draft(sales, stocked)["name"], docstatus=1))["name"]
	assert data(sales.read("Bottle Sale", name))["status"] == from_
	answer = sales.change("Bottle Sale", name, status=to)
	assert answer.status_code == status, answer.text


def test_what_is_in_use_cannot_be_deleted(stocked: Any, manager: Client) -> None:
	for doctype, name in (("Bottle Item", stocked.bottle), ("Bottle Warehouse", stocked.warehouse)):
		assert error(manager.delete(doctype, name), 417)["code"] == "in_use"
		data(manager.read(doctype, name))


def test_a_name_that_is_taken(shop: Any, manager: Client) -> None:
	answer = manager.insert("Bottle Item", item_code=shop.bottle, item_type="Bottle")
	assert error(answer, 409)["code"] == "duplicate"


def test_a_document_is_cancelled_once(stocked: Any, sales: Client) -> None:
	name = draft(sales, stocked, docstatus=1)["name"]
	data(sales.call("frappe.client.cancel", doctype="Bottle Sale", name=name))
	assert error(sales.call("frappe.client.cancel", doctype="Bottle Sale", name=name), 417)
	assert error(sales.change("Bottle Sale", name, docstatus=1), 417)
	assert error(sales.change("Bottle Sale", name, notes="x"), 417)
