"""What forms show beside their fields: right to the digit, and to nobody more than lists and reports show."""

from __future__ import annotations

import json
from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from tests.rest.conftest import Client, data, error

V1 = "bottle_mfg.api.v1"
ITEM, PARTY, BILL = f"{V1}.item_overview", f"{V1}.party_overview", f"{V1}.bill_overview"
BLOW, FIND = f"{V1}.blow_costs", f"{V1}.find_item"
CONNECTED = "frappe.desk.notifications.get_open_count"
EVERYBODY = ["manager", "stock", "sales", "viewer"]


def days_ago(days: int) -> str:
	return str(add_days(nowdate(), -days))


@pytest.fixture(scope="module")
def works(site: str) -> Any:
	"""Ten days of a factory: bought twice, blown once with caps and regrind, sold, paid in part, some came back.

	Preforms: 1000 for 2.00 ten days ago, 1000 for 3.00 five days ago, less 1000 that were blown four days ago at 2.50.
	"""
	import frappe

	from bottle_mfg.api.v1 import make_return
	from tests.factory import Factory

	frappe.db.rollback()
	frappe.set_user("Administrator")
	made = Factory()
	made.regrind = made.item("REG", "Sold")
	made.purchase(1000, 2, date=days_ago(10)).submit()
	caps = [made.line(made.cap, 1000, 0.1)]
	made.purchase(items=caps, date=days_ago(10)).submit()
	made.second = made.purchase(1000, 3, date=days_ago(5), posting_time="12:00:00").submit()
	materials = [
		{"item": made.cap, "quantity": 950, "kind": "Used"},
		{"item": made.regrind, "quantity": 10, "kind": "By-product", "rate": 4.5},
	]
	made.blown = made.blow(1000, 950, date=days_ago(4), blow_cost_per_unit=0.5, materials=materials).submit()
	frappe.set_user("sales@bottle.test")
	made.sold = made.sale(100, 4, date=days_ago(3), due_date=days_ago(2)).submit()
	frappe.set_user("Administrator")
	made.other = made.sale(50, 4, date=days_ago(3)).submit()
	made.pay(made.sold, 150)
	made.pay(made.sold, 50, result="Failed", failure_reason="Refused")
	made.payment(made.sold, 25).insert()
	back = frappe.get_doc(make_return("Bottle Sale", made.sold.name))
	back.items[0].quantity = 10
	made.back = back.insert().submit()
	_long_ago_and_refunded(made)
	frappe.db.commit()
	return made


def _long_ago_and_refunded(made: Any) -> None:
	"""A jar that was bought six times, first before all that a form shows, once given back; a customer to be refunded."""
	import frappe

	from bottle_mfg.api.v1 import make_return

	made.jar = made.item("JAR", "Sold")
	made.merchant = made.make("Bottle Supplier", supplier_name=f"Merchant {made.tag}").name
	for price, days in enumerate((200, 60, 50, 40, 30, 20), 1):
		lines = [made.line(made.jar, 10, price)]
		made.bought = made.purchase(supplier=made.merchant, items=lines, date=days_ago(days)).submit()
	frappe.get_doc(make_return("Bottle Purchase", made.bought.name)).insert().submit()
	made.gone = made.item("GONE", "Sold")
	made.purchase(supplier=made.merchant, items=[made.line(made.gone, 10, 1)], date=days_ago(20)).submit()
	made.count({made.gone: 0}).submit()
	made.payer = made.make("Bottle Customer", customer_name=f"Payer {made.tag}").name
	paid = made.sale(10, 4, customer=made.payer, date=days_ago(3)).submit()
	made.pay(paid, 40)
	frappe.get_doc(make_return("Bottle Sale", paid.name)).insert().submit()


@pytest.mark.parametrize("person", EVERYBODY)
def test_an_item(person: str, works: Any, clients: dict[str, Client]) -> None:
	seen = data(clients[person].call(ITEM, item=works.preform))
	costs, of_all = person in ("manager", "stock"), person != "sales"
	held = {"item_id": works.preform, "warehouse": works.warehouse, "quantity": 1000}
	assert seen["stock"] == [held | ({"unit_cost": 2.5, "value": 2500} if costs else {})]
	assert ("use" in seen, "costs" in seen, "purchases" in seen) == (of_all, costs, costs)
	if of_all:
		assert seen["use"] == {"quantity": 1000, "days": 11, "per_day": 90.909, "days_of_cover": 11}
	if costs:
		per_day = [(days_ago(10), 2), (days_ago(5), 2.5), (days_ago(4), 2.5)]
		assert [(one["date"], one["unit_cost"]) for one in seen["costs"]] == per_day
		prices = [(one["date"], one["supplier"], one["unit_price"]) for one in seen["purchases"]]
		assert prices == [(days_ago(5), works.supplier, 3), (days_ago(10), works.supplier, 2)]
		assert seen["purchases"][0]["purchase"] == works.second.name


def test_use_is_what_was_sold_less_what_came_back(works: Any, manager: Client) -> None:
	use = data(manager.call(ITEM, item=works.bottle))["use"]
	assert (use["quantity"], use["days"]) == (140, 5)
	assert (use["per_day"], use["days_of_cover"]) == (28, 28.9), "810 are left"
	assert data(manager.call(ITEM, item=works.regrind))["use"]["days_of_cover"] is None


def test_what_is_shown_of_the_past(works: Any, manager: Client) -> None:
	seen = data(manager.call(ITEM, item=works.jar))
	assert [one["unit_price"] for one in seen["purchases"]] == [6, 5, 4, 3, 2], "the last five, and no return"
	per_day = [(180, 1), (60, 1.5), (50, 2), (40, 2.5), (30, 3), (20, 3.5)]
	costs = [(one["date"], one["unit_cost"]) for one in seen["costs"]]
	assert costs[:5] == [(days_ago(days), cost) for days, cost in per_day[:5]]
	assert seen["use"]["days_of_cover"] is None
	gone = data(manager.call(ITEM, item=works.gone))
	assert gone["stock"] == [], "a warehouse that has none left"
	assert [(one["date"], one["unit_cost"]) for one in gone["costs"]] == [(days_ago(20), 1)]


def test_what_is_to_be_refunded(works: Any, manager: Client) -> None:
	seen = data(manager.call(PARTY, doctype="Bottle Customer", name=works.payer))
	figures = ("outstanding", "overdue", "to_refund", "open_bills", "oldest_due")
	assert [seen[one] for one in figures] == [-40, 0, 40, 0, None]
	assert [one["is_return"] for one in seen["bills"]] == [True, False], "the latest first"


@pytest.mark.parametrize("person", EVERYBODY)
def test_a_customer(person: str, works: Any, clients: dict[str, Client]) -> None:
	asked = {"doctype": "Bottle Customer", "name": works.customer}
	answer = clients[person].call(PARTY, **asked)
	if person == "stock":
		assert error(answer, 403)["code"] == "not_permitted"
		return
	seen = data(answer)
	own = person == "sales"
	assert seen["own"] == own
	assert seen["outstanding"] == (210 if own else 410), "400 less 150 paid, less 40 that came back"
	assert (seen["overdue"], seen["to_refund"], seen["open_bills"]) == (210, 0, 1 if own else 2)
	assert seen["oldest_due"] == days_ago(2)
	bills = [one["name"] for one in seen["bills"]]
	assert works.sold.name in bills
	assert (works.other.name in bills) != own
	payments = [(one["amount"], one["result"], one["docstatus"]) for one in seen["payments"]]
	assert payments == [(25, "Completed", 0), (50, "Failed", 1), (150, "Completed", 1)]


def test_imported_documents_stand_at_their_days(shop: Any, manager: Client) -> None:
	"""They keep the numbers that they came with, which may come after all of ours."""
	import frappe

	def imported(doctype: str, **values: Any) -> Any:
		doc = frappe.get_doc({"doctype": doctype, "date": days_ago(9), **values})
		return doc.insert(set_name=f"ZZ-{shop.tag}").submit()

	entered, shown = (3, 8, 0, 5, 1), [days_ago(day) for day in (0, 1, 3, 5, 8)]
	bought = {"supplier": shop.supplier, "items": [shop.line(shop.cap, 10, 1)], "warehouse": shop.warehouse}
	old = imported("Bottle Purchase", **bought)
	imported("Bottle Payment", reference_type=old.doctype, reference_name=old.name, amount=1)
	for day in entered:
		shop.purchase(**bought, date=days_ago(day)).submit()
		shop.pay(old, 1, date=days_ago(day))
	frappe.db.commit()
	seen = data(manager.call(PARTY, doctype="Bottle Supplier", name=shop.supplier))
	assert [one["date"] for one in seen["bills"]] == shown
	assert [one["date"] for one in seen["payments"]] == shown
	of_bill = data(manager.call(BILL, doctype=old.doctype, name=old.name))["payments"]
	assert [one["date"] for one in of_bill] == [*shown, days_ago(9)]


def test_somebody_elses_customer(works: Any, sales2: Client) -> None:
	seen = data(sales2.call(PARTY, doctype="Bottle Customer", name=works.customer))
	assert (seen["outstanding"], seen["bills"], seen["payments"]) == (0, [], [])


@pytest.mark.parametrize(
	("person", "amounts"), [("manager", True), ("stock", True), ("viewer", False), ("sales", None)]
)
def test_a_supplier(person: str, amounts: bool | None, works: Any, clients: dict[str, Client]) -> None:
	answer = clients[person].call(PARTY, doctype="Bottle Supplier", name=works.supplier)
	if amounts is None:
		error(answer, 403)
	elif amounts:
		assert data(answer)["outstanding"] == 5100
	else:
		assert data(answer) == {"name": works.supplier}, "what bills come to are costs"


@pytest.mark.parametrize(("person", "allowed"), [("manager", True), ("sales", True), ("sales2", False)])
def test_a_bill(person: str, allowed: bool, works: Any, clients: dict[str, Client]) -> None:
	answer = clients[person].call(BILL, doctype="Bottle Sale", name=works.sold.name)
	if not allowed:
		error(answer, 403)
		return
	seen = data(answer)
	assert [one["amount"] for one in seen["payments"]] == [25, 50, 150]
	assert [(one["total"], one["is_return"]) for one in seen["returns"]] == (
		[(-40, True)] if person == "manager" else []
	), "a return that the manager entered is not the salesman's document"


def test_a_bill_whose_amounts_are_costs(works: Any, viewer: Client, stock: Client) -> None:
	asked = {"doctype": "Bottle Purchase", "name": works.second.name}
	error(viewer.call(BILL, **asked), 403)
	assert data(stock.call(BILL, **asked)) == {"name": works.second.name, "payments": [], "returns": []}


def draft(works: Any, **changes: Any) -> dict[str, Any]:
	materials = [
		{"item": works.cap, "quantity": 20, "kind": "Used"},
		{"item": works.regrind, "quantity": 2, "kind": "By-product", "rate": 5},
		{"kind": "Used"},
	]
	facts = {"from_item": works.preform, "quantity": 100, "good_quantity": 80, "materials": materials}
	return facts | {"warehouse": works.warehouse, "blow_cost_per_unit": 0.5} | changes


def test_what_a_blow_cost_is_what_it_would_cost(works: Any, stock: Client) -> None:
	done = data(stock.call(BLOW, name=works.blown.name))
	parts = ("material_cost", "conversion_cost", "scrap_credit", "total_cost", "produced_unit_cost")
	assert [done[part] for part in parts] == [2595, 500, 45, 3050, 3.2105]
	assert [done[part] for part in parts] == [works.blown.get(part) for part in parts], (
		"as the document has it"
	)
	assert done["preforms"] == {"item_id": works.preform, "quantity": 1000, "value": 2500}
	assert done["used"] == [{"item_id": works.cap, "quantity": 950, "value": 95}]
	planned = data(stock.call(BLOW, doc=json.dumps(draft(works))))
	assert [planned[part] for part in parts] == [252, 50, 10, 292, 3.65]
	assert planned["short"] == []
	late = data(stock.call(BLOW, doc=draft(works, date=days_ago(6), quantity=2000)))
	assert late["preforms"]["value"] == 4000, "six days ago one cost 2.00"
	assert late["short"] == [works.preform]
	regrind = {"item": works.regrind, "quantity": 2, "kind": "By-product", "rate": 100}
	rich = data(stock.call(BLOW, doc=draft(works, materials=[regrind, regrind])))
	assert (rich["scrap_credit"], rich["total_cost"]) == (250, 50), "no more than what went in"
	for caps, short in ((50, []), (51, [works.cap])):
		materials = [{"item": works.cap, "quantity": caps, "kind": "Used"}]
		assert data(stock.call(BLOW, doc=draft(works, materials=materials)))["short"] == short
	assert data(stock.call(BLOW, doc=draft(works, good_quantity=0)))["produced_unit_cost"] == 0


def test_a_draft_costs_what_stock_cost_at_its_hour(works: Any, stock: Client) -> None:
	for clock, worth in (("11:59:59", 200), ("12:00:01", 250)):
		at = draft(works, date=days_ago(5), posting_time=clock)
		assert data(stock.call(BLOW, doc=at))["preforms"]["value"] == worth, clock


def connected(client: Client, doctype: str, name: str) -> dict[str, int]:
	"""How many documents of each kind the form of a record says that there are."""
	counts = data(client.call(CONNECTED, doctype=doctype, name=name))["count"]
	rows = [row for one in counts.values() for row in one] if isinstance(counts, dict) else counts
	return {row.get("name") or row["doctype"]: row["count"] for row in rows}


def test_connections_count_what_the_user_may_see(
	works: Any, clients: dict[str, Client], guest: Client
) -> None:
	bottle, preform = ("Bottle Item", works.bottle), ("Bottle Item", works.preform)
	bill, customer = ("Bottle Sale", works.sold.name), ("Bottle Customer", works.customer)
	manager, sales, sales2 = clients["manager"], clients["sales"], clients["sales2"]
	of_bottle = connected(manager, *bottle)
	assert [of_bottle[kind] for kind in ("Blow", "Bottle Sale", "Bottle Ledger Entry")] == [1, 5, 6]
	of_preform = connected(manager, *preform)
	assert [of_preform[kind] for kind in ("Bottle Purchase", "Blow", "Bottle Stock")] == [2, 1, 1]
	of_own = connected(sales, *bottle)
	assert [of_own[kind] for kind in ("Blow", "Bottle Sale", "Bottle Ledger Entry")] == [0, 1, 0]
	assert connected(manager, *bill)["Bottle Payment"] == 3
	assert [connected(one, *bill)["Bottle Sale"] for one in (manager, sales)] == [1, 0], (
		"who entered the return"
	)
	assert connected(sales2, *customer) == {"Bottle Sale": 0, "Bottle Payment": 0}
	for client, record, status in (
		(clients["stock"], customer, 403),
		(sales2, bill, 403),
		(guest, bottle, 401),
	):
		error(client.call(CONNECTED, doctype=record[0], name=record[1]), status)


@pytest.mark.parametrize("person", ["sales", "viewer"])
def test_what_a_blow_costs_is_a_cost(person: str, works: Any, clients: dict[str, Client]) -> None:
	error(clients[person].call(BLOW, name=works.blown.name), 403)
	error(clients[person].call(BLOW, doc=draft(works)), 403)


def test_barcodes(works: Any, db: Any, sales: Client, stock: Client) -> None:
	code, other = f"890{works.tag}", f"891{works.tag}"
	data(stock.change("Bottle Item", works.bottle, barcode=f" {code} "))
	for wanted in (code, code.lower(), f" {code}\n", works.bottle):
		assert data(sales.call(FIND, code=wanted))["item_id"] == works.bottle
	assert data(sales.call(FIND, code=works.preform))["barcode"] is None
	for unknown in (f"{code}0", f"{code[:-1]}", "%", "no such code"):
		assert error(sales.call(FIND, code=unknown), 404)["code"] == "not_found"
	for taken, said in ((code, works.bottle), (works.bottle, works.bottle)):
		body = error(stock.change("Bottle Item", works.preform, barcode=taken), 422)
		assert body["detail"][0]["loc"] == ["barcode"]
		assert said in body["detail"][0]["msg"]
	item = {"item_code": code, "item_name": "Like a barcode", "item_type": "Sold"}
	assert error(stock.insert("Bottle Item", **item), 422)["detail"][0]["loc"] == ["item_code"]
	data(stock.change("Bottle Item", works.preform, barcode=other))


WRONG = [None, 5, ["a"], {"a": 1}, "x" * 141]


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_no_arguments(value: Any, manager: Client) -> None:
	error(manager.call(ITEM, item=value), 422)
	error(manager.call(FIND, code=value), 422)
	error(manager.call(PARTY, doctype="Bottle Customer", name=value), 422)
	error(manager.call(PARTY, doctype=value, name="a"), 422)
	error(manager.call(BILL, doctype="Bottle Sale", name=value), 422)
	if not isinstance(value, dict):
		error(manager.call(BLOW, doc=value), 422)


@pytest.mark.parametrize(
	"changes",
	[
		{"quantity": "many"},
		{"materials": "a"},
		{"materials": [1]},
		{"date": "x"},
		{"posting_time": "x"},
		{"good_quantity": -1},
		{"materials": [{"item": ["a"], "quantity": 1}]},
	],
	ids=repr,
)
def test_no_draft(changes: dict[str, Any], works: Any, manager: Client) -> None:
	error(manager.call(BLOW, doc=draft(works, **changes)), 422)


def test_who_is_not_there(works: Any, manager: Client, guest: Client) -> None:
	for method, asked in (
		(ITEM, {"item": "no such item"}),
		(PARTY, {"doctype": "Bottle Customer", "name": "nobody"}),
		(BILL, {"doctype": "Bottle Sale", "name": "nothing"}),
		(BLOW, {"name": "nothing"}),
	):
		assert error(manager.call(method, **asked), 404)["code"] == "not_found"
		error(guest.call(method, **asked), 401)
