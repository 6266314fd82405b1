"""Idempotency keys over HTTP: the same request again gives the same document, whichever way it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import frappe
import pytest
import requests
from frappe.utils import add_days, nowdate

from tests.laws import assert_laws
from tests.rest.conftest import Client, data, error

CREATE_SALE = "bottle_mfg.api.v1.create_sale"
HEADER = "Idempotency-Key"
TRIES = 10

Send = Callable[[Client, dict[str, Any], str], requests.Response]


def by_resource(client: Client, doc: dict[str, Any], key: str) -> requests.Response:
	return client.insert("Bottle Sale", **doc, docstatus=1, idempotency_key=key)


def by_header(client: Client, doc: dict[str, Any], key: str) -> requests.Response:
	return client.send("POST", "resource/Bottle Sale", json={**doc, "docstatus": 1}, headers={HEADER: key})


def by_client_insert(client: Client, doc: dict[str, Any], key: str) -> requests.Response:
	whole = {"doctype": "Bottle Sale", **doc, "docstatus": 1, "idempotency_key": key}
	return client.call("frappe.client.insert", doc=whole)


def by_form(client: Client, doc: dict[str, Any], key: str) -> requests.Response:
	return client.save_form({"doctype": "Bottle Sale", **doc, "idempotency_key": key}, "Submit")


def by_method(client: Client, doc: dict[str, Any], key: str) -> requests.Response:
	return client.call(CREATE_SALE, **doc, idempotency_key=key)


def by_header_of_method(client: Client, doc: dict[str, Any], key: str) -> requests.Response:
	return client.send("POST", f"method/{CREATE_SALE}", json=doc, headers={HEADER: key})


WAYS = [by_resource, by_header, by_client_insert, by_form, by_method, by_header_of_method]


@pytest.fixture
def key(db: Any) -> str:
	return frappe.generate_hash(length=20)


def sale_of(shop: Any, quantity: float = 100, **values: Any) -> dict[str, Any]:
	lines = [shop.line(shop.bottle, quantity, 4)]
	return {"customer": shop.customer, "warehouse": shop.warehouse, "items": lines, **values}


def document(answer: requests.Response) -> dict[str, Any]:
	"""The document in an answer, whatever the route."""
	found = data(answer)
	return found["docs"][0] if "docs" in found else found


def content(doc: dict[str, Any]) -> dict[str, Any]:
	return {name: value for name, value in doc.items() if not name.startswith("__") and name != "localname"}


@pytest.mark.parametrize("send", WAYS)
def test_again_gives_the_same_document(send: Send, stocked: Any, sales: Client, key: str, fresh: Any) -> None:
	first, again = (send(sales, sale_of(stocked), key) for _ in range(2))
	assert (first.status_code, content(document(first))) == (again.status_code, content(document(again)))
	assert document(first)["docstatus"] == 1
	assert document(first).get("idempotency_key") == key
	fresh()
	assert stocked.stock(stocked.bottle)[0] == 850


def count_of(shop: Any) -> dict[str, Any]:
	return {"warehouse": shop.warehouse, "items": [{"item": shop.bottle, "counted_quantity": 950}]}


def transfer_of(shop: Any) -> dict[str, Any]:
	lines = [{"item": shop.bottle, "quantity": 5}]
	return {"from_warehouse": shop.warehouse, "to_warehouse": shop.depot, "items": lines}


def purchase_of(shop: Any) -> dict[str, Any]:
	lines = [shop.line(shop.preform, 3, 2)]
	values = {"supplier": shop.supplier, "warehouse": shop.warehouse, "posting_time": "00:00:05"}
	return values | {"other_charges": 1, "items": lines}


def payment_of(shop: Any) -> dict[str, Any]:
	bill = shop.sale(10).submit()
	return {"reference_type": bill.doctype, "reference_name": bill.name, "amount": 7}


def expense_of(shop: Any) -> dict[str, Any]:
	name = f"Rent {shop.tag}"
	if not frappe.db.exists("Bottle Expense Category", name):
		shop.make("Bottle Expense Category", category_name=name)
	return {"category": name, "amount": 12.5, "payee": "The landlord"}


OTHERS = {
	"Bottle Expense": expense_of,
	"Bottle Purchase": purchase_of,
	"Bottle Stock Count": count_of,
	"Bottle Stock Transfer": transfer_of,
	"Bottle Payment": payment_of,
}


@pytest.mark.parametrize("doctype", OTHERS)
@pytest.mark.parametrize("docstatus", [0, 1])
def test_every_kind_of_document(
	doctype: str, docstatus: int, stocked: Any, manager: Client, key: str, db: Any
) -> None:
	values = OTHERS[doctype](stocked)
	db.commit()
	values |= {"docstatus": docstatus, "idempotency_key": key}
	first, again = (manager.insert(doctype, **values) for _ in range(2))
	assert (first.status_code, data(first)) == (again.status_code, data(again))
	assert data(again)["docstatus"] == docstatus


@pytest.mark.parametrize("change", ["quantity", "another line", "notes", "draft", "date", "amended_from"])
def test_other_content_is_refused(change: str, stocked: Any, manager: Client, key: str) -> None:
	doc = sale_of(stocked) | {"docstatus": 1, "date": str(nowdate()), "idempotency_key": key}
	made = data(manager.insert("Bottle Sale", **doc))
	other: dict[str, Any] = {
		"quantity": sale_of(stocked, 101),
		"another line": {"items": [*doc["items"], stocked.line(stocked.bottle, 1, 4)]},
		"notes": {"notes": "by phone"},
		"draft": {"docstatus": 0},
		"date": {"date": str(add_days(nowdate(), -1))},
		"amended_from": {"amended_from": "SO-000000-0000"},
	}[change]
	body = error(manager.insert("Bottle Sale", **(doc | other)), 409)
	assert (body["code"], body["doctype"], body["name"]) == (
		"idempotency_conflict",
		"Bottle Sale",
		made["name"],
	)
	assert made["name"] in body["detail"]


def test_the_same_said_in_other_words(stocked: Any, sales: Client, key: str) -> None:
	lines = [{"item": stocked.bottle, "quantity": 10, "unit_price": 4}]
	doc = sale_of(stocked) | {"items": lines, "docstatus": 1, "idempotency_key": key, "notes": None}
	made = data(sales.insert("Bottle Sale", **doc))
	words = [{"unit_price": "4.00", "quantity": 10.0, "item": stocked.bottle, "amount": 3}]
	computed = {"notes": "", "total_price": 7, "is_return": 0, "docstatus": "1"}
	assert data(sales.insert("Bottle Sale", **(doc | {"items": words} | computed))) == made


def test_a_key_of_somebody_elses_document_gives_nothing_away(
	stocked: Any, sales: Client, sales2: Client, viewer: Client, key: str
) -> None:
	doc = sale_of(stocked) | {"idempotency_key": key, "notes": "a secret"}
	made = data(sales.insert("Bottle Sale", **doc))
	for other in (doc, doc | {"notes": ""}):
		answer = sales2.insert("Bottle Sale", **other)
		body = error(answer, 409)
		assert body["code"] == "idempotency_conflict"
		assert "name" not in body
		assert made["name"] not in answer.text
	assert error(viewer.insert("Bottle Sale", **doc), 403)["code"] == "not_permitted"


def test_a_refused_try_leaves_the_key_free(stocked: Any, sales: Client, key: str, db: Any) -> None:
	doc = sale_of(stocked, 951)
	for _ in range(2):
		body = error(by_method(sales, doc, key), 400)
		assert (body["code"], body["shortage"]) == ("insufficient_stock", 1)
	stocked.purchase(1).submit()
	stocked.blow(1, 1).submit()
	db.commit()
	assert data(by_method(sales, doc, key))["docstatus"] == 1


def test_a_document_is_answered_as_it_is_by_now(stocked: Any, manager: Client, key: str) -> None:
	made = data(by_method(manager, sale_of(stocked), key))
	data(manager.change("Bottle Sale", made["name"], docstatus=2))
	again = by_method(manager, sale_of(stocked), key)
	assert again.status_code == 201
	assert (data(again)["name"], data(again)["docstatus"]) == (made["name"], 2)


def test_an_amendment_may_be_a_copy_with_the_key(stocked: Any, manager: Client, key: str) -> None:
	made = data(by_method(manager, sale_of(stocked), key))
	cancelled = data(manager.change("Bottle Sale", made["name"], docstatus=2))
	copy = sale_of(stocked, 50) | {"amended_from": cancelled["name"], "idempotency_key": key}
	amended = data(manager.insert("Bottle Sale", **copy))
	assert amended["amended_from"] == made["name"]
	assert amended.get("idempotency_key") is None


WRONG_KEYS = {"x" * 141: "string_too_long", True: "string", ("a", "b"): "string", "a\x00b": "string"}


@pytest.mark.parametrize("wrong", WRONG_KEYS, ids=lambda key: repr(key)[:12])
def test_keys_that_are_none(wrong: Any, stocked: Any, sales: Client) -> None:
	"""They are told with all else that is wrong."""
	sent = list(wrong) if isinstance(wrong, tuple) else wrong
	doc = sale_of(stocked, -1) | {"idempotency_key": sent}
	for answer in (sales.insert("Bottle Sale", **doc), sales.call(CREATE_SALE, **doc)):
		faults = {tuple(fault["loc"]): fault["type"] for fault in error(answer, 422)["detail"]}
		assert faults[("idempotency_key",)] == WRONG_KEYS[wrong]
		assert ("items", 0, "quantity") in faults


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_no_key_is_no_key(empty: Any, stocked: Any, sales: Client) -> None:
	doc = sale_of(stocked, 1) | {"idempotency_key": empty}
	assert (
		data(sales.insert("Bottle Sale", **doc))["name"] != data(sales.insert("Bottle Sale", **doc))["name"]
	)


@pytest.mark.parametrize("path", ["resource/Bottle Sale", f"method/{CREATE_SALE}"])
def test_header_and_body_agree(path: str, stocked: Any, sales: Client, key: str) -> None:
	doc = sale_of(stocked, 1) | {"idempotency_key": key}
	body = error(sales.send("POST", path, json=doc, headers={HEADER: "another"}), 422)
	assert body["detail"][0]["loc"] == ["idempotency_key"]
	assert data(sales.send("POST", path, json=doc, headers={HEADER: key})).get("idempotency_key") == key
	body = error(sales.send("POST", path, json=sale_of(stocked, 1), headers={HEADER: "x" * 141}), 422)
	assert body["detail"][0]["loc"] == [HEADER]


def test_a_key_stays_what_it_is(stocked: Any, manager: Client, key: str) -> None:
	"""And nobody says himself what his content was."""
	made = data(manager.insert("Bottle Sale", **sale_of(stocked, 1), content_digest="mine"))
	assert made.get("content_digest") is None
	made = data(manager.insert("Bottle Sale", **sale_of(stocked, 1), idempotency_key=key))
	assert (
		error(manager.change("Bottle Sale", made["name"], idempotency_key="new"), 417)["code"] == "constant"
	)
	changed = data(manager.change("Bottle Sale", made["name"], content_digest="mine", notes="x"))
	assert changed.get("content_digest") == made.get("content_digest") not in (None, "mine")


def test_who_may_not_see_prices_may_not_guess_them_from_the_digest(
	stocked: Any, manager: Client, viewer: Client, key: str
) -> None:
	made = data(manager.insert("Bottle Purchase", **purchase_of(stocked), idempotency_key=key))
	assert "content_digest" not in data(viewer.read("Bottle Purchase", made["name"]))
	rows = data(viewer.list("Bottle Purchase", filters={"name": made["name"]}, fields=["*"]))
	assert "content_digest" not in rows[0]


@pytest.fixture(scope="module")
def ten(url: str) -> list[Client]:
	"""Ten programs of one user, with a connection for each request: the server ends those that are idle."""
	return [Client(url, Connection="close").login("sales@bottle.test") for _ in range(TRIES)]


@pytest.mark.parametrize("send", [by_header, by_client_insert, by_form, by_method])
def test_ten_at_once_make_one_document(
	send: Send, stocked: Any, ten: list[Client], key: str, fresh: Any
) -> None:
	"""Of 950 bottles all are sold, so that whoever does not hear of the winner is told that there are none."""
	ready = threading.Barrier(TRIES)

	def go(client: Client) -> requests.Response:
		ready.wait()
		return send(client, sale_of(stocked, 950), key)

	with ThreadPoolExecutor(TRIES) as pool:
		answers = list(pool.map(go, ten))
	assert len({answer.status_code for answer in answers}) == 1, [answer.text[:300] for answer in answers]
	documents = [content(document(answer)) for answer in answers]
	assert all(one == documents[0] for one in documents)
	fresh()
	assert frappe.db.count("Bottle Sale", {"idempotency_key": key}) == 1
	assert stocked.stock(stocked.bottle)[0] == 0
	assert len([one for one in stocked.ledger(stocked.bottle) if float(one.quantity) < 0]) == 1
	assert_laws(stocked)
