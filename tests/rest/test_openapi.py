"""The description of the API: who may read it, that it is valid, and that it tells what there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from tests.conftest import make_user
from tests.openapi import fuzz, judge, narrowed
from tests.rest.conftest import Client, error, token

OPENAPI = "method/bottle_mfg.api.v1.openapi"


def described(client: Client) -> dict[str, Any]:
	answer = client.send("GET", OPENAPI)
	assert answer.status_code == 200, answer.text
	assert answer.headers["Content-Type"] == "application/json"
	return answer.json()


@pytest.fixture(scope="module")
def document(clients: dict[str, Client]) -> dict[str, Any]:
	return described(clients["manager"])


def test_it_is_valid(document: dict[str, Any], tmp_path: Any) -> None:
	(tmp_path / "openapi.json").write_text(json.dumps(document))
	judge("openapi-spec-validator", "--schema", "3.1", str(tmp_path / "openapi.json"))
	assert document["openapi"].startswith("3.1.")


@pytest.mark.parametrize("person", ["stock", "sales", "viewer"])
def test_all_who_work_there_may_read_it(person: str, document: Any, clients: dict[str, Client]) -> None:
	assert described(clients[person]) == document


def test_nobody_else_may(guest: Client, url: str, db: Any) -> None:
	assert error(guest.send("GET", OPENAPI), 401)["code"] == "not_logged_in"
	make_user("outsider@bottle.test", "Inbox User")
	db.commit()
	outsider = Client(url).login("outsider@bottle.test")
	assert error(outsider.send("GET", OPENAPI), 403)["code"] == "not_permitted"
	assert outsider.session.get(f"{url}/bottle-api").status_code == 403
	page = guest.session.get(f"{url}/bottle-api", allow_redirects=False)
	assert (page.status_code // 100, page.headers["Location"]) == (3, "/login?redirect-to=/bottle-api")


def test_every_method_is_in_it(document: dict[str, Any], site: str) -> None:
	import frappe

	module = import_module("bottle_mfg.api.v1")
	names = {name for name, one in vars(module).items() if callable(one) and one in frappe.whitelisted}
	assert {"availability", "openapi"} <= names
	for name in names:
		operations = document["paths"][f"/api/method/bottle_mfg.api.v1.{name}"]
		assert set(operations) <= {"get", "post"}
		for operation in operations.values():
			assert operation["summary"], name
			assert {"401", "403", "429", "503"} <= set(operation["responses"])


def test_every_doctype_is_in_it(document: dict[str, Any], site: str) -> None:
	import frappe

	filters = {"module": "Bottle Mfg", "istable": 0}
	for doctype in frappe.get_all("DocType", filters=filters, pluck="name"):
		path = f"/api/resource/{doctype.replace(' ', '%20')}"
		one = document["paths"].get(f"{path}/{{name}}") or document["paths"][f"{path}/{path.split('/')[-1]}"]
		assert "get" in one, doctype
	for ledger in ("Bottle%20Stock", "Bottle%20Ledger%20Entry", "Bottle%20Daily%20Total"):
		for path in (f"/api/resource/{ledger}", f"/api/resource/{ledger}/{{name}}"):
			assert set(document["paths"][path]) - {"parameters"} == {"get"}, "written by posting alone"


def test_a_sale(document: dict[str, Any]) -> None:
	schemas = document["components"]["schemas"]
	answered, new, line = schemas["BottleSale"], schemas["BottleSaleNew"], schemas["BottleSaleItemNew"]
	assert answered["properties"]["profit"]["readOnly"] is True
	assert "who may see costs" in answered["properties"]["profit"]["description"]
	assert answered["properties"]["payment_status"]["enum"][:4] == ["Pending", "Partial", "Paid", "Overdue"]
	assert answered["properties"]["date"]["format"] == "date"
	assert not {"profit", "paid_amount", "total_price", "payment_status"} & set(new["properties"])
	assert {"is_return", "return_against", "docstatus", "items"} <= set(new["properties"])
	assert "required" not in new, (
		"all has defaults, or is left to a return's original; an opening balance has no items"
	)
	assert new["properties"]["items"]["items"] == {"$ref": "#/components/schemas/BottleSaleItemNew"}
	assert set(line["required"]) == {"item", "quantity"}
	assert line["properties"]["blow_price"]["minimum"] == 0
	assert line["properties"]["quantity"]["maximum"] == 999999999.999
	assert new["properties"]["customer"]["maxLength"] == 140


@pytest.fixture
def other_label(db: Any) -> Iterator[str]:
	"""What a site may do to a field: another label, for as long as the test takes."""
	import frappe
	from frappe.custom.doctype.property_setter.property_setter import make_property_setter

	setter = make_property_setter("Bottle Customer", "notes", "label", "Remarks of ours", "Data")
	db.commit()
	yield "Remarks of ours"
	frappe.delete_doc("Property Setter", setter.name, force=True)
	db.commit()


def test_it_follows_what_a_site_customises(manager: Client, request: pytest.FixtureRequest) -> None:
	def label() -> str:
		return described(manager)["components"]["schemas"]["BottleCustomer"]["properties"]["notes"][
			"description"
		]

	before = label()
	assert label() == before
	text = request.getfixturevalue("other_label")
	assert label() == f"{text}."


@pytest.fixture(scope="module")
def records(shared: Any) -> dict[str, list[str]]:
	"""Drafts and submitted documents of a factory of its own, and what they are about."""
	import frappe

	sale, purchase = shared.sale(10), shared.purchase(10)
	shared.purchase(items=[shared.line(shared.cap, 50, 1)]).submit()
	shared.purchase(50).submit()
	shared.sale_to_pay = shared.sale(20).submit().name
	found = {
		"Blow": [shared.blow(2, 1).name],
		"Bottle Customer": [shared.customer],
		"Bottle Item": [shared.preform, shared.bottle, shared.cap],
		"Bottle Purchase": [purchase.name, shared.purchase(1).submit().name],
		"Bottle Sale": [sale.name, shared.sale(1).submit().name],
		"Bottle Stock": [f"{shared.bottle}::{shared.warehouse}"],
		"Bottle Stock Count": [shared.count({shared.cap: 1}).name],
		"Bottle Stock Transfer": [shared.transfer(1).name],
		"Bottle Supplier": [shared.supplier],
		"Bottle Warehouse": [shared.warehouse, shared.depot],
	}
	for doctype in ("Bottle Ledger Entry", "Bottle Daily Total"):
		found[doctype] = [str(frappe.get_all(doctype, {"item": shared.bottle}, pluck="name")[0])]
	frappe.db.commit()
	return found


@pytest.fixture
def good(shared: Any, records: Any) -> dict[str, Any]:
	"""What makes a record, by operation."""
	import frappe

	tag, where = frappe.generate_hash(length=8), {"warehouse": shared.warehouse}
	bought = {"supplier": shared.supplier, "items": [shared.line(shared.cap, 5, 1)], **where}
	blown = {
		"from_item": shared.preform,
		"to_item": shared.bottle,
		"quantity": 2,
		"good_quantity": 1,
		**where,
	}
	sold = {"customer": shared.customer, "items": [shared.line(shared.bottle, 1, 4)], **where}
	moved = {"from_warehouse": shared.warehouse, "to_warehouse": shared.depot}
	paid = {
		"reference_type": "Bottle Sale",
		"reference_name": shared.sale_to_pay,
		"amount": 1,
		"mode": "Cash",
	}
	return {
		"create_purchase": bought,
		"create_blow": blown,
		"create_sale": sold,
		"insert_bottle_purchase": bought | {"docstatus": 1},
		"insert_blow": blown | {"docstatus": 1},
		"insert_bottle_sale": sold | {"docstatus": 1},
		"insert_bottle_stock_count": {"items": [{"item": shared.cap, "counted_quantity": 3}], **where},
		"insert_bottle_stock_transfer": moved
		| {"items": [{"item": shared.cap, "quantity": 1}], "docstatus": 1},
		"insert_bottle_customer": {"customer_name": f"Customer {tag}"},
		"insert_bottle_supplier": {"supplier_name": f"Supplier {tag}"},
		"insert_bottle_item": {"item_code": f"ITEM-{tag}", "item_name": tag, "item_type": "Consumable"},
		"create_payment": paid,
		"insert_bottle_payment": paid | {"docstatus": 1},
	}


OF_SALES_USERS = {"Bottle Sale": 2, "Bottle Customer": 1}
OF_MANAGERS = OF_SALES_USERS | {
	"Blow": 2,
	"Bottle Item": 1,
	"Bottle Payment": 2,
	"Bottle Purchase": 2,
	"Bottle Stock Count": 1,
	"Bottle Stock Transfer": 1,
	"Bottle Supplier": 1,
}


@pytest.mark.parametrize(
	("person", "made"),
	[pytest.param("manager", OF_MANAGERS, marks=pytest.mark.slow), ("sales", OF_SALES_USERS)],
)
def test_the_site_keeps_to_it(
	person: str,
	made: dict[str, int],
	document: Any,
	records: Any,
	good: Any,
	url: str,
	tmp_path: Any,
	db: Any,
) -> None:
	user = f"{person}@bottle.test"
	before = {kind: db.count(kind, {"owner": user}) for kind in made}
	paths = "" if person == "manager" else "/method/|Bottle%20(Customer|Purchase|Sale|Stock$)"
	fuzz(narrowed(document, records, good), url, tmp_path, token(user), examples=1, seed=28, paths=paths)
	db.rollback()
	for kind, least in made.items():
		assert db.count(kind, {"owner": user}) >= before[kind] + least, f"{kind}: what is good was refused"


@pytest.mark.slow
@pytest.mark.parametrize("person", ["manager", "stock", "sales", "viewer"])
def test_the_site_keeps_to_it_for_long(
	person: str, document: Any, records: Any, good: Any, url: str, tmp_path: Any
) -> None:
	fuzz(
		narrowed(document, records, good), url, tmp_path, token(f"{person}@bottle.test"), 20, 281, seconds=900
	)
