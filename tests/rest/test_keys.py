"""Idempotency keys over HTTP: the same request again gives the same document, whichever way it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.laws import assert_laws
from tests.rest.conftest import Client, data

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
	import frappe

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
	assert document(first)["idempotency_key"] == key
	fresh()
	assert stocked.stock(stocked.bottle)[0] == 850


@pytest.mark.parametrize("send", WAYS)
def test_ten_at_once_make_one_document(send: Send, stocked: Any, url: str, key: str, fresh: Any) -> None:
	"""Of 950 bottles all are sold, so that whoever does not hear of the winner is told that there are none."""
	# A connection for each request: the server ends idle ones while the others log in.
	people = [Client(url, Connection="close").login("sales@bottle.test") for _ in range(TRIES)]
	ready = threading.Barrier(TRIES)

	def go(client: Client) -> requests.Response:
		ready.wait()
		return send(client, sale_of(stocked, 950), key)

	with ThreadPoolExecutor(TRIES) as pool:
		answers = list(pool.map(go, people))
	assert len({answer.status_code for answer in answers}) == 1, [answer.text[:300] for answer in answers]
	documents = [content(document(answer)) for answer in answers]
	assert all(one == documents[0] for one in documents)
	fresh()
	import frappe

	assert frappe.db.count("Bottle Sale", {"idempotency_key": key}) == 1
	assert stocked.stock(stocked.bottle)[0] == 0
	assert len([one for one in stocked.ledger(stocked.bottle) if float(one.quantity) < 0]) == 1
	assert_laws(stocked)
