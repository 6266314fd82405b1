"""Whatever a client sends: an answer or a refusal with a reason, never a crash, and the ledger adds up.

Bounded: a few hundred documents made of good parts, spoilt in a place or two.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rest.conftest import Client, as_form, data

ODD = st.one_of(
	st.none(),
	st.booleans(),
	st.integers(-3, 3),
	st.integers(),
	st.floats(),
	st.text(max_size=20),
	st.sampled_from(
		[
			"",
			" ",
			"0",
			"-0.0",
			"1e400",
			"NaN",
			"9" * 300,
			"x" * 200,
			"2025-01-01",
			"0000-00-00",
			"9999-12-31",
			"2025-02-30T99:99",
			"25:61",
			"\ud800",
			"\x00",
			"'; drop table x; --",
			"{{ 7*7 }}",
			"%s",
			"<b>",
			1e308,
			-1e-320,
			[],
			{},
			[[]],
			[{}],
			{"a": [1]},
			["x"],
			["in", ["a"]],
		]
	),
)
STANDARD = [
	"name",
	"owner",
	"creation",
	"modified",
	"docstatus",
	"idx",
	"doctype",
	"parent",
	"parenttype",
	"amended_from",
]
INNER = [
	"__islocal",
	"__unsaved",
	"__newname",
	"_action",
	"flags",
	"meta",
	"get",
	"validate",
	"prefix",
	"nonsense",
]


KINDS = {
	"purchase": ("Bottle Purchase", "items", "Bottle Purchase Item"),
	"purchase given back": ("Bottle Purchase", "items", "Bottle Purchase Item"),
	"blow": ("Blow", "rejects", "Blow Reject"),
	"blow with materials": ("Blow", "materials", "Blow Material"),
	"sale": ("Bottle Sale", "items", "Bottle Sale Item"),
	"sale brought back": ("Bottle Sale", "items", "Bottle Sale Item"),
	"count": ("Bottle Stock Count", "items", "Bottle Stock Count Item"),
	"transfer": ("Bottle Stock Transfer", "items", "Bottle Stock Transfer Item"),
}
"""The DocType of a good document, the table of it that is spoilt, and the table's DocType."""


def fields(doctype: str) -> list[str]:
	import frappe

	return [field.fieldname for field in frappe.get_meta(doctype).fields]


class Spoiler:
	"""Puts odd values into a good document."""

	def __init__(self, shop: Any) -> None:
		blow = {"from_item": shop.preform, "to_item": shop.bottle, "quantity": 2, "good_quantity": 1}
		materials = [
			{"item": shop.cap, "quantity": 1},
			{"item": shop.sold, "quantity": 1, "kind": "By-product", "rate": 1},
		]
		self.good = {
			"purchase": {"supplier": shop.supplier, "items": [shop.line(shop.cap, 3, 1)]},
			"purchase given back": {
				"is_return": 1,
				"return_against": shop.bought_caps,
				"items": [{"item": shop.cap, "quantity": 1}],
			},
			"blow": blow | {"rejects": [{"reason": "Leak", "quantity": 1}]},
			"blow with materials": blow | {"materials": materials},
			"sale": {"customer": shop.customer, "items": [shop.line(shop.bottle, 1, 4)]},
			"sale brought back": {
				"is_return": 1,
				"return_against": shop.sold_bottles,
				"items": [{"item": shop.bottle, "quantity": 1}],
			},
			"count": {"items": [{"item": shop.cap, "counted_quantity": 2}]},
			"transfer": {
				"from_warehouse": shop.warehouse,
				"to_warehouse": shop.depot,
				"items": [{"item": shop.bottle, "quantity": 1}],
			},
		}
		self.shop = shop
		doctypes = {one for kind in KINDS.values() for one in (kind[0], kind[2])}
		self.keys = {doctype: [*fields(doctype), *STANDARD, *INNER] for doctype in doctypes}

	def document(self, draw: Any, kind: str) -> dict[str, Any]:
		doctype, table, line = KINDS[kind]
		doc = json.loads(json.dumps(self.good[kind])) | {
			"doctype": doctype,
			"warehouse": self.shop.warehouse,
		}
		for _ in range(draw(st.integers(0, 2))):
			doc[draw(st.sampled_from(self.keys[doctype]))] = draw(ODD)
		rows = doc.get(table)
		if isinstance(rows, list) and rows and isinstance(rows[0], dict):
			for _ in range(draw(st.integers(0, 2))):
				rows[0][draw(st.sampled_from(self.keys[line]))] = draw(ODD)
		return doc | {"doctype": doctype}


def post(client: Client, path: str, body: Any, verb: str = "POST") -> Any:
	"""With the standard library's JSON, which writes NaN, Infinity and half characters as other clients do."""
	headers = {"Content-Type": "application/json"}
	return client.send(verb, path, data=json.dumps(body), headers=headers)


ROUTES = {
	"resource": lambda client, doc, draft: post(client, f"resource/{doc['doctype']}", doc),
	"change": lambda client, doc, draft: post(client, f"resource/{draft}", doc, "PUT"),
	"insert": lambda client, doc, draft: post(client, "method/frappe.client.insert", {"doc": doc}),
	"submit": lambda client, doc, draft: post(client, "method/frappe.client.submit", {"doc": doc}),
	"form": lambda client, doc, draft: post(
		client,
		"method/frappe.desk.form.save.savedocs",
		{"doc": json.dumps(as_form(doc | {"name": None})), "action": "Submit"},
	),
}


def judge(answer: Any, sent: Any) -> None:
	assert answer.status_code < 500, f"{sent!r}\n{answer.text[:3000]}"
	if answer.status_code >= 400:
		assert answer.json().get("detail"), f"{sent!r}\n{answer.text[:2000]}"


@pytest.fixture(scope="module")
def trading(shared: Any) -> Any:
	"""With caps that were bought, bottles that were sold, and something else that a blow may make."""
	import frappe

	shared.sold = shared.item("SLD", "Sold")
	caps = shared.purchase(items=[shared.line(shared.cap, 500, 1)])
	shared.bought_caps, shared.sold_bottles = caps.submit().name, shared.sale(200).submit().name
	shared.purchase(500).submit()
	frappe.db.commit()
	return shared


@pytest.mark.parametrize("examples", [40, pytest.param(250, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", KINDS)
def test_any_document(kind: str, examples: int, trading: Any, manager: Client, db: Any) -> None:
	spoiler = Spoiler(trading)
	db.commit()
	doctype = KINDS[kind][0]
	good = spoiler.good[kind] | {"warehouse": trading.warehouse}
	draft = f"{doctype}/{data(manager.insert(doctype, **good))['name']}"
	statuses = set()

	@settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
	@given(st.data(), st.sampled_from(sorted(ROUTES)))
	def run(choice: st.DataObject, route: str) -> None:
		doc = spoiler.document(choice.draw, kind)
		answer = ROUTES[route](manager, doc, draft)
		judge(answer, (route, doc))
		statuses.add(answer.status_code)

	run()
	assert min(statuses) < 300 and max(statuses) >= 400, (
		"the documents were all good, or all bad: the test tests nothing"
	)
	db.rollback()
	_adds_up(db, trading)


def _adds_up(db: Any, shop: Any) -> None:
	"""Law 1, for the items of this factory: the stock is the sum of its live entries and their last balance."""
	for item in (shop.preform, shop.bottle, shop.cap, shop.sold):
		entries = shop.ledger(item)
		quantity, value = shop.stock(item)
		assert quantity == sum((Decimal(entry.quantity) for entry in entries), Decimal(0))
		assert value == sum((Decimal(entry.value) for entry in entries), Decimal(0))
		if entries:
			last = entries[-1]
			assert (quantity, value) == (Decimal(last.balance_quantity), Decimal(last.balance_value))
		for entry in entries:
			assert Decimal(entry.balance_quantity) >= 0
			assert Decimal(entry.balance_value) >= 0
