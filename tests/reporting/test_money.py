"""Gross profit, sales, purchases and the cost of a bottle: every figure re-added from ledger and documents.

The history has returns, a purchase entered late, a cancelled sale, drafts, by-products and expenses.
"""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import frappe
import pytest

from tests.laws import assert_laws
from tests.reports import Run, add, as_user, places
from tests.scenarios.test_returns import back

SPRING = {"from_date": "2024-03-01", "to_date": "2024-04-30"}


@pytest.fixture
def spring(factory: Any) -> Any:
	"""Two suppliers, two customers and two warehouses in two months."""
	factory.regrind = factory.item("REG", "Consumable", uom="kg")
	factory.jar = factory.item("JAR", "Sold")
	factory.rival = factory.make("Bottle Supplier", supplier_name=f"Rival {factory.tag}").name
	factory.other = factory.make("Bottle Customer", customer_name=f"Other {factory.tag}").name
	bought = factory.purchase(1000, 2, date="2024-03-01", other_charges="33.33").submit()
	factory.purchase(items=[factory.line(factory.cap, 3000, "0.25")], date="2024-03-01").submit()
	factory.purchase(
		items=[factory.line(factory.jar, 100, 7), factory.line(factory.preform, 500, "2.2")],
		supplier=factory.rival,
		date="2024-03-15",
	).submit()
	materials = [
		{"item": factory.cap, "quantity": 950},
		{"item": factory.regrind, "quantity": "1.2", "kind": "By-product", "rate": 8},
	]
	factory.blows = [
		factory.blow(1000, 950, date="2024-03-02", blow_cost_per_unit="0.5", materials=materials).submit(),
		factory.blow(300, 277, date="2024-04-05", blow_cost_per_unit="0.55", machine="M2").submit(),
	]
	both = [factory.line(factory.bottle, 100, 4), factory.line(factory.jar, 10, "9.99")]
	factory.first = factory.sale(items=both, date="2024-03-31").submit()
	twice = [factory.line(factory.bottle, 100, "3.7777"), factory.line(factory.bottle, 50, "3.5")]
	factory.sale(items=twice, customer=factory.other, date="2024-04-06").submit()
	factory.sale(99, 9, date="2024-04-07").submit().cancel()
	for draft in (factory.purchase, factory.blow, factory.sale):
		draft(9, 8, date="2024-04-07")
	factory.returned = back(factory.first, {"item": factory.bottle, "quantity": 30}, date="2024-04-10")
	factory.pay(factory.first, 200, date="2024-04-11")
	back(bought, {"item": factory.preform, "quantity": 100}, date="2024-04-12")
	factory.pay(bought, 500, date="2024-04-12")
	factory.purchase(200, "2.75", date="2024-03-01", posting_time="00:00:01").submit()
	assert_laws(factory)
	return factory


def run(report: str, factory: Any, **filters: Any) -> Run:
	return Run(report, **({"warehouse": factory.warehouse} | SPRING | filters))


def lines(factory: Any, **wanted: Any) -> list[Any]:
	"""Lines of the submitted sales here, returns below zero, with customer and month."""
	sales = frappe.get_all(
		"Bottle Sale",
		{"warehouse": factory.warehouse, "docstatus": 1},
		["name", "customer", "date", "is_return"],
	)
	by_name = {one.name: one for one in sales}
	found = frappe.get_all(
		"Bottle Sale Item", {"parent": ("in", [*by_name])}, ["parent", "item", "quantity", "amount", "cost"]
	)
	for line in found:
		sale = by_name[line.parent]
		line.update({"customer": sale.customer, "month": str(sale.date)[:7], "bill": line.parent})
		line.quantity *= -1 if sale.is_return else 1
	return [line for line in found if all(line[name] == value for name, value in wanted.items())]


def assert_earned(row: dict[str, Any], found: list[Any]) -> None:
	"""A row says what lines of sales say."""
	assert found
	assert places(row["quantity"], 3) == add(found, "quantity")
	assert places(row["revenue"]) == add(found, "amount")
	assert places(row["cost"]) == add(found, "cost")
	assert places(row["profit"]) == add(found, "amount") - add(found, "cost")
	if add(found, "amount"):
		assert places(row["margin"], 2) == round(places(row["profit"]) * 100 / add(found, "amount"), 2)


GROUPS = ("Item", "Customer", "Month", "Bill")


def test_gross_profit_is_that_of_the_lines(spring: Any) -> None:
	one, other = {"item": spring.bottle}, {"customer": spring.other}
	for filters in ({}, one, other, one | {"customer": spring.customer}):
		for group in GROUPS:
			assert_gross_profit(spring, group, filters)
	that_day = {"from_date": "2024-04-10", "to_date": "2024-04-10"}
	(row, _total) = run("Bottle Gross Profit", spring, group_by="Bill", **one, **that_day).rows
	assert_earned(row, lines(spring, bill=spring.returned.name))


def assert_gross_profit(spring: Any, group: str, filters: dict[str, str]) -> None:
	found = run("Bottle Gross Profit", spring, group_by=group, **filters)
	*rows, total = found.rows
	sold = lines(spring, **filters)
	name = group.lower()
	keys = [str(row["from_date"])[:7] if group == "Month" else row[name] for row in rows]
	assert sorted(keys) == sorted({line[name] for line in sold})
	for key, row in zip(keys, rows, strict=True):
		assert_earned(row, [line for line in sold if line[name] == key])
	assert_earned(total, sold)
	assert found.cards["Gross profit"] == total["profit"]
	assert abs(add(rows, "share") - 100) < D("0.05")
	for row in rows:
		assert places(row["share"], 2) == round(places(row["profit"]) * 100 / places(total["profit"]), 2)
	if group != "Bill":
		drawn = found.answer["chart"]["data"]["datasets"]
		assert [one["values"] for one in drawn][2] == [row["profit"] for row in rows]


def test_gross_profit_is_that_of_ledger_and_statement(spring: Any) -> None:
	cost = -sum(
		D(entry.value)
		for item in (spring.bottle, spring.jar)
		for entry in spring.ledger(item)
		if entry.voucher_no.startswith("SO-")
	)
	statement = run("Bottle Profit and Loss", spring)
	for group in ("Item", "Customer", "Month"):
		total = run("Bottle Gross Profit", spring, group_by=group).rows[-1]
		assert places(total["cost"]) == cost
		for figure, line in (("profit", "profit"), ("revenue", "revenue"), ("quantity", "sold_quantity")):
			assert total[figure] == statement.row(line=line, item=None)["total"], (group, figure)


def test_a_confined_manager_earns_with_his_customers_and_items_alone(spring: Any, db: Any) -> None:
	for doctype, name in (("Bottle Customer", spring.other), ("Bottle Item", spring.bottle)):
		rule = spring.make("User Permission", user="manager@bottle.test", allow=doctype, for_value=name)
		try:
			with as_user("manager"):
				wanted = {"customer" if doctype == "Bottle Customer" else "item": name}
				for group in GROUPS:
					total = run("Bottle Gross Profit", spring, group_by=group).rows[-1]
					assert_earned(total, lines(spring, **wanted))
		finally:
			rule.delete()


@pytest.mark.parametrize("part", ["item", "warehouse"])
def test_who_is_confined_in_sales_alone_earns_with_these_in_every_group(spring: Any, part: str) -> None:
	"""The permission does not speak of daily totals, which know the sales of items and months, too."""
	allow, name = {"item": ("Bottle Item", spring.bottle), "warehouse": ("Bottle Warehouse", spring.depot)}[
		part
	]
	jar = [spring.line(spring.jar, 5, 9)]
	spring.purchase(items=jar, warehouse=spring.depot, date="2024-04-01").submit()
	spring.sale(items=jar, warehouse=spring.depot, date="2024-04-02").submit()
	rule = spring.make(
		"User Permission",
		user="manager@bottle.test",
		allow=allow,
		for_value=name,
		apply_to_all_doctypes=0,
		applicable_for="Bottle Sale",
	)
	try:
		with as_user("manager"):
			of_groups = [
				run("Bottle Gross Profit", spring, group_by=group, warehouse=None).rows[-1]
				for group in GROUPS
			]
	finally:
		rule.delete()
	assert len({row["revenue"] for row in of_groups}) == 1
	expected = add(lines(spring, item=spring.bottle), "amount") if part == "item" else D(45)
	assert places(of_groups[0]["revenue"]) == expected


def test_who_sees_his_own_sales_earns_with_these_in_every_group(
	spring: Any, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	db.set_value("Bottle Sale", spring.first.name, "owner", "manager@bottle.test")
	monkeypatch.setattr("bottle_mfg.reporting.bills.owner_only", lambda doctype, user: True)
	with as_user("manager"):
		for group in GROUPS:
			total = run("Bottle Gross Profit", spring, group_by=group).rows[-1]
			assert_earned(total, lines(spring, bill=spring.first.name))


def test_bills_come_by_pages(spring: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	from bottle_mfg.reporting import paging

	monkeypatch.setattr(paging, "ROWS", 2)
	everything = run("Bottle Gross Profit", spring, group_by="Month").rows[-1]
	seen = []
	for page in (1, 2):
		found = run("Bottle Gross Profit", spring, group_by="Bill", page_number=page)
		assert {**found.rows[-1], "bold": 1} == {**everything, "bold": 1}
		seen += [row["bill"] for row in found.rows[:-1]]
	assert sorted(seen) == sorted({line.parent for line in lines(spring)})
	assert "3 to 3 of 3" in found.answer["message"]
	assert len(run("Bottle Gross Profit", spring, group_by="Bill").rows) == 4
	of_item = run("Bottle Gross Profit", spring, group_by="Bill", item=spring.bottle, page_number=2)
	assert "3 to 3 of 3" in of_item.answer["message"], "of bills, one of which has it in two lines"


def test_sales_by_customer(spring: Any) -> None:
	found = run("Bottle Sales by Customer", spring)
	bills = frappe.get_all(
		"Bottle Sale",
		{"warehouse": spring.warehouse, "docstatus": 1},
		["customer", "date", "is_return", "total_price", "paid_amount", "outstanding_amount"],
	)
	for who in (spring.customer, spring.other, "Total"):
		his = [bill for bill in bills if who in (bill.customer, "Total")]
		billed = [bill for bill in his if not bill.is_return]
		row = found.row(customer=who)
		assert row["bills"] == len(billed)
		assert places(row["billed"]) == add(billed, "total_price")
		assert places(row["returned"] or 0) == -add([bill for bill in his if bill.is_return], "total_price")
		assert places(row["sales"]) == add(his, "total_price")
		assert places(row["paid"]) == add(his, "paid_amount")
		assert places(row["outstanding"] or 0) == add(his, "outstanding_amount")
		assert places(row["average"]) == round(add(billed, "total_price") / len(billed), 4)
		assert row["last"] == max(str(bill.date) for bill in billed)
		assert places(row["share"], 2) == round(add(his, "total_price") * 100 / add(bills, "total_price"), 2)
		sold = lines(spring) if who == "Total" else lines(spring, customer=who)
		assert places(row["quantity"], 3) == add(sold, "quantity")
	assert found.cards["Sales"] == found.row(customer="Total")["sales"]
	march = run("Bottle Sales by Customer", spring, to_date="2024-03-31").row(customer=spring.customer)
	first = frappe.get_doc("Bottle Sale", spring.first.name)
	assert (march["paid"], march["outstanding"]) == (first.paid_amount, first.outstanding_amount), (
		"what it was credited for the return of April is not outstanding"
	)
	assert_bills_of_one(spring)


def assert_bills_of_one(spring: Any) -> None:
	found = run("Bottle Sales by Customer", spring, customer=spring.customer)
	whole = run("Bottle Sales by Customer", spring).row(customer=spring.customer)
	*rows, total = found.rows
	assert [(row["bill"], row["what"]) for row in rows] == [
		(spring.returned.name, "Return"),
		(spring.first.name, "Sale"),
	]
	assert [row["quantity"] for row in rows] == [-30, 110]
	for field in ("quantity", "amount", "paid", "credited", "outstanding"):
		assert add(rows, field) == places(total[field] or 0), field
	assert (total["amount"], total["paid"]) == (whole["sales"], whole["paid"])
	(sales,) = found.answer["chart"]["data"]["datasets"]
	assert list(map(places, sales["values"])) == [places(rows[1]["amount"]), places(rows[0]["amount"])]


def test_sales_staff_see_what_is_theirs(spring: Any, db: Any) -> None:
	db.set_value("Bottle Sale", spring.first.name, "owner", "sales@bottle.test")
	with as_user("sales"):
		found = run("Bottle Sales by Customer", spring)
		assert [row["customer"] for row in found.rows] == [spring.customer, "Total"]
		assert (found.rows[0]["bills"], found.rows[0]["sales"]) == (1, spring.first.total_price)
		assert "Only your own" in found.answer["message"]
		assert not found.keys() & {"cost", "profit", "margin", "cost_of_goods"}
		listed = run("Bottle Sales by Customer", spring, customer=spring.customer)
		assert [row["bill"] for row in listed.rows if row.get("bill")] == [spring.first.name]


def test_purchases_by_supplier(spring: Any) -> None:
	found = run("Bottle Purchases by Supplier", spring)
	bills = frappe.get_all(
		"Bottle Purchase",
		{"warehouse": spring.warehouse, "docstatus": 1},
		[
			"supplier",
			"date",
			"is_return",
			"total_amount",
			"other_charges",
			"paid_amount",
			"outstanding_amount",
		],
	)
	for who in (spring.supplier, spring.rival, "Total"):
		his = [bill for bill in bills if who in (bill.supplier, "Total")]
		row = found.row(supplier=who)
		billed = [bill for bill in his if not bill.is_return]
		assert row["bills"] == len(billed)
		assert places(row["average"]) == round(add(billed, "total_amount") / len(billed), 4)
		assert row["last"] == max(str(bill.date) for bill in billed)
		assert places(row["share"], 2) == round(
			add(his, "total_amount") * 100 / add(bills, "total_amount"), 2
		)
		for figure, field in (
			("amount", "total_amount"),
			("other_charges", "other_charges"),
			("paid", "paid_amount"),
			("outstanding", "outstanding_amount"),
		):
			assert places(row[figure] or 0) == add(his, field), (who, figure)
	listed = run("Bottle Purchases by Supplier", spring, supplier=spring.supplier)
	*rows, total = listed.rows
	(drawn,) = listed.answer["chart"]["data"]["datasets"]
	assert sum(map(places, drawn["values"])) == places(total["amount"])
	whole = found.row(supplier=spring.supplier)
	for field in ("amount", "other_charges", "paid", "credited", "outstanding"):
		assert add(rows, field) == places(total[field] or 0), field
	assert (total["amount"], total["paid"]) == (whole["amount"], whole["paid"])


def test_the_prices_of_an_item(spring: Any) -> None:
	found = run("Bottle Purchases by Supplier", spring, item=spring.preform)
	*rows, total = found.rows
	assert [(row["date"], row["what"], row["quantity"], row["unit_price"]) for row in rows] == [
		("2024-04-12", "Return", -100, 2),
		("2024-03-15", "Purchase", 500, 2.2),
		("2024-03-01", "Purchase", 1000, 2),
		("2024-03-01", "Purchase", 200, 2.75),
	]
	assert [row["change"] for row in rows] == [None, 10, -27.27, None]
	assert total["quantity"] == 1600
	average = round(D("3650") / 1700, 4)
	cards = {"Last price": D("2.2"), "Lowest": 2, "Highest": D("2.75"), "Average": average, "Bought": 1700}
	assert {name: places(card) for name, card in found.cards.items()} == cards
	drawn = found.answer["chart"]["data"]
	assert list(map(places, drawn["datasets"][0]["values"])) == [round(D(2550) / 1200, 4), D("2.2")]
	rivals = run("Bottle Purchases by Supplier", spring, item=spring.preform, supplier=spring.rival)
	assert [row.get("supplier") for row in rivals.rows] == [spring.rival, None]


def parts_of(blow: Any) -> dict[str, D]:
	"""What the cost of a blow is made of, from its document and the ledger."""
	entries = frappe.get_all(
		"Bottle Ledger Entry", {"voucher_no": blow.name, "is_cancelled": 0}, ["item", "value"]
	)
	worth = {entry.item: D(str(entry.value)) for entry in entries}
	preforms, conversion = -worth[blow.from_item], D(str(blow.conversion_cost))
	lost = D(str(blow.reject_quantity)) / D(str(blow.quantity))
	of_preforms, of_all = round(preforms * lost, 4), round((preforms + conversion) * lost, 4)
	used = sum((-worth[row.item] for row in blow.materials if row.kind == "Used"), D(0))
	credit = sum((worth[row.item] for row in blow.materials if row.kind == "By-product"), D(0))
	parts = {
		"preforms": preforms - of_preforms,
		"rejects": of_all,
		"materials": used,
		"blowing": conversion - (of_all - of_preforms),
		"by_products": -credit,
	}
	assert sum(parts.values()) == worth[blow.to_item]
	return parts


def test_the_cost_of_a_bottle_is_made_of_what_the_ledger_says(spring: Any) -> None:
	blows = [frappe.get_doc("Blow", blow.name) for blow in spring.blows]
	for period in ("Monthly", "Weekly", "Daily", "Quarterly", "Yearly", "Total"):
		assert_built(spring, period, blows)
	of_machine = run("Bottle Cost Analysis", spring, machine="M2")
	assert (of_machine.rows[-1]["runs"], of_machine.rows[-1]["good_quantity"]) == (1, 277)
	assert "by_products" not in of_machine.columns
	production = run("Bottle Production", spring, group_by="Day").rows[-1]
	costs = run("Bottle Cost Analysis", spring, show="Amounts").rows[-1]
	assert (production["reject_cost"], production["total_cost"]) == (costs["rejects"], costs["total_cost"])


def assert_built(spring: Any, period: str, blows: list[Any]) -> None:
	expected = [parts_of(blow) for blow in blows]
	whole = {part: sum(one[part] for one in expected) for part in expected[0]}
	found = run("Bottle Cost Analysis", spring, periodicity=period, show="Amounts")
	head, *rows, total = found.rows
	assert head["bottle"] == spring.bottle
	for part, amount in whole.items():
		assert places(head[part]) == places(total[part]) == add(rows, part) == amount, part
	assert (
		add(rows, "total_cost")
		== places(total["total_cost"])
		== add([{"cost": blow.total_cost} for blow in blows], "cost")
	)
	put_in, good = (add([blow.as_dict() for blow in blows], one) for one in ("quantity", "good_quantity"))
	assert places(total["reject_rate"], 2) == round((put_in - good) * 100 / put_in, 2)
	if period in ("Monthly", "Weekly", "Daily"):
		for row, parts in zip(rows, expected, strict=True):
			assert {part: places(row[part]) for part in parts} == parts
	of_one = run("Bottle Cost Analysis", spring, periodicity=period, bottle=spring.bottle)
	for row in of_one.rows:
		assert add([{"part": row[part]} for part in whole], "part") == places(row["unit_cost"])
	for row, blow in zip(of_one.rows[1:-1], blows, strict=False):
		if period == "Monthly":
			assert places(row["unit_cost"]) == places(blow.produced_unit_cost)
	(runs,) = {sum(row["runs"] for row in one.rows[1:-1]) for one in (found, of_one)}
	assert runs == 2


SUMMER = {"from_date": "2024-06-01", "to_date": "2024-08-31"}


@pytest.fixture
def two_bottles(factory: Any) -> Any:
	"""A bottle that is blown in June and August, the dearer one, and one of the same name blown in all three months."""
	factory.purchase(3000, 2, date="2024-05-31").submit()
	factory.twin = factory.item("TWIN", "Bottle")
	frappe.db.set_value("Bottle Item", factory.twin, "item_name", factory.bottle)
	for day, cost in (("2024-06-03", "0.5"), ("2024-08-05", "0.75")):
		factory.blow(1000, 1000, date=day, blow_cost_per_unit=cost).submit()
	for month, cost in ((6, "0.1"), (7, "0.2"), (8, "0.3")):
		factory.blow(
			100, 100, to_item=factory.twin, date=f"2024-{month:02}-10", blow_cost_per_unit=cost
		).submit()
	return factory


def drawn_costs(factory: Any, **filters: Any) -> tuple[str, dict[str, list[float | None]]]:
	drawn = Run("Bottle Cost Analysis", warehouse=factory.warehouse, **(SUMMER | filters)).answer["chart"]
	return drawn["type"], {one["name"]: one["values"] for one in drawn["data"]["datasets"]}


def test_a_month_without_a_blow_costs_what_the_last_one_did(two_bottles: Any) -> None:
	kind, series = drawn_costs(two_bottles)
	assert kind == "line"
	assert series == {two_bottles.bottle: [2.5, 2.5, 2.75], two_bottles.twin: [2.1, 2.2, 2.3]}


def test_before_its_first_blow_a_bottle_cost_nothing_that_could_be_drawn(two_bottles: Any) -> None:
	"""A line has no gaps: it would begin with a cost of 0."""
	kind, series = drawn_costs(two_bottles, from_date="2024-07-01")
	assert kind == "bar"
	assert series == {two_bottles.bottle: [None, 2.75], two_bottles.twin: [2.2, 2.3]}


def test_blowing_in_the_statement_is_that_of_the_production_report(spring: Any) -> None:
	"""A click on the one leads to the other."""
	statement = run("Bottle Profit and Loss", spring)
	made = run("Bottle Production", spring, group_by="Bottle").rows[-1]
	for line, field in (("conversion_cost", "conversion_cost"), ("produced_quantity", "good_quantity")):
		assert statement.row(line=line, item=None)["total"] == made[field] > 0
