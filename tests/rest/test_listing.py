"""Lists in pages, while others write."""

from __future__ import annotations

import base64
import json
from typing import Any

import frappe
import pytest

from tests.rest.conftest import Client, data, error

LIST = "bottle_mfg.api.v1.list_documents"


def page(client: Client, **asked: Any) -> dict[str, Any]:
	return data(client.call(LIST, **asked))


def all_pages(client: Client, **asked: Any) -> list[str]:
	names: list[str] = []
	after = None
	while True:
		found = page(client, after=after, **asked)
		names += [row["name"] for row in found["data"]]
		after = found["next"]
		if not after:
			return names


@pytest.fixture(scope="module")
def sold(site: str) -> Any:
	"""A factory with seven drafts of sales."""
	from tests.factory import Factory

	frappe.db.rollback()
	frappe.set_user("Administrator")
	factory = Factory()
	factory.sales = sorted(factory.sale(number + 1).name for number in range(7))
	frappe.db.commit()
	return factory


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_every_record_once(order: str, sold: Any, manager: Client) -> None:
	asked = {"doctype": "Bottle Sale", "filters": {"customer": sold.customer}, "order": order}
	expected = sold.sales if order == "asc" else sold.sales[::-1]
	for limit in (1, 3, 7, 200):
		assert all_pages(manager, limit=limit, **asked) == expected


def test_others_write_meanwhile(sold: Any, manager: Client, db: Any) -> None:
	"""Records before and behind the page's end come and change: what was there all the while comes once."""
	asked = {"doctype": "Bottle Sale", "filters": json.dumps({"warehouse": sold.warehouse}), "limit": 3}
	first = page(manager, **asked)
	db.set_value("Bottle Sale", sold.sales[0], "status", "Draft")  # it is the last modified now
	early = sold.sale(1, date="2026-01-05")
	db.commit()
	rest = all_pages(manager, **asked)
	assert early.name in rest, "a new list begins with it"
	second = page(manager, after=first["next"], **asked)
	third = page(manager, after=second["next"], **asked)
	names = [row["name"] for one in (first, second, third) for row in one["data"]]
	assert names == sold.sales
	assert third["next"] is None
	early.delete()
	db.commit()


def test_each_sees_his_own_and_no_costs(
	sold: Any, sales: Client, sales2: Client, viewer: Client, manager: Client, stock: Client
) -> None:
	own = data(
		sales.insert(
			"Bottle Sale",
			customer=sold.customer,
			warehouse=sold.warehouse,
			items=[sold.line(sold.bottle, 1, 4)],
		)
	)
	asked = {"doctype": "Bottle Sale", "filters": {"customer": sold.customer}}
	assert [row["name"] for row in page(sales, **asked)["data"]] == [own["name"]]
	assert page(sales2, **asked) == {"data": [], "next": None}
	assert error(stock.call(LIST, **asked), 403)["code"] == "not_permitted"
	assert "profit" in page(manager, **asked)["data"][0]
	assert "profit" not in page(viewer, **asked)["data"][0]
	for hidden in ({"profit": [">", 0]}, {"cost_of_goods": 0}):
		answer = viewer.call(LIST, doctype="Bottle Sale", filters=hidden)
		assert error(answer, 403)["code"] == "not_permitted"
	assert manager.delete("Bottle Sale", own["name"]).ok


def test_fields_and_filters(sold: Any, manager: Client) -> None:
	asked = {"doctype": "Bottle Sale", "filters": {"name": ["in", sold.sales[:2]], "docstatus": 0}}
	rows = page(manager, fields=["total_price"], **asked)["data"]
	assert rows == [{"total_price": 4}, {"total_price": 8}]
	between = {"customer": sold.customer, "total_price": ["between", [8, 12]]}
	assert len(page(manager, doctype="Bottle Sale", filters=between)["data"]) == 2
	for late in (
		{"modified": [">", "2026-01-01 10:00"]},
		{"notes": ["is", "not set"]},
		{"name": ["like", "SO-%"]},
	):
		found = page(manager, doctype="Bottle Sale", filters={"customer": sold.customer} | late)
		assert len(found["data"]) == 7, late


@pytest.mark.parametrize(
	"doctype", ["Bottle Item", "Bottle Stock", "Bottle Ledger Entry", "Bottle Correction"]
)
def test_other_kinds(doctype: str, shared: Any, manager: Client) -> None:
	found = page(manager, doctype=doctype, limit=2)
	if found["next"]:
		following = page(manager, doctype=doctype, limit=2, after=found["next"])
		names = [row["name"] for row in (*found["data"], *following["data"])]
		assert len(set(names)) == len(names)


def _cursor(*parts: Any) -> str:
	return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


WRONG: list[tuple[str, dict[str, Any]]] = [
	("doctype", {"doctype": None}),
	("doctype", {"doctype": "User"}),
	("doctype", {"doctype": "Bottle Sale Item"}),
	("doctype", {"doctype": "Bottle Mfg Settings"}),
	("doctype", {"doctype": ["Bottle Sale"]}),
	("limit", {"limit": 0}),
	("limit", {"limit": 201}),
	("limit", {"limit": "many"}),
	("limit", {"limit": "9" * 5000}),
	("order", {"order": "name; drop table x"}),
	("order", {"order": ["asc"]}),
	("after", {"after": "x"}),
	("after", {"after": 5}),
	("after", {"after": _cursor("Blow", "asc", "BL-1")}),
	("after", {"after": _cursor("Bottle Sale", "desc", "a")}),
	("after", {"after": _cursor("Bottle Sale", "asc", {"a": 1})}),
	("fields", {"fields": ["password"]}),
	("fields", {"fields": ["count(name)"]}),
	("fields", {"fields": ["items.cost"]}),
	("fields", {"fields": ["name"] * 101}),
	("filters", {"filters": [["name", "=", "a"]]}),
	("filters", {"filters": "not json"}),
	("filters", {"filters": {"1=1 or name": "a"}}),
	("filters", {"filters": {"items.cost": 1}}),
	("filters", {"filters": {"name": ["regexp", "a"]}}),
	("filters", {"filters": {"name": [["in"], "a"]}}),
	("filters", {"filters": {"name": ["in", "a"]}}),
	("filters", {"filters": {"name": ["in", []]}}),
	("filters", {"filters": {"name": ["in", ["a"] * 201]}}),
	("filters", {"filters": {"name": {"a": 1}}}),
	("filters", {"filters": {"name": ["=", None]}}),
	("filters", {"filters": {"total_price": ["between", [1, 2, 3]]}}),
	("filters", {"filters": {"date": [">", "soon"]}}),
	("filters", {"filters": {"date": ["like", "2026%"]}}),
	("filters", {"filters": {"modified": [">", "2026-13-01 00:00:00"]}}),
	("filters", {"filters": {"posting_time": "noon"}}),
	("filters", {"filters": {"docstatus": "x"}}),
	("filters", {"filters": {"date": "2026-11-22x"}}),
	("filters", {"filters": {"total_price": [">", "1e400"]}}),
	("filters", {"filters": {"total_price": ["in", [1, "much"]]}}),
	("filters", {"filters": {"notes": ["is", "empty"]}}),
	("filters", {"filters": {"notes": "\ud800"}}),
	("filters", {"filters": {f"field{number}": 1 for number in range(21)}}),
]


@pytest.mark.parametrize(("place", "asked"), WRONG, ids=lambda one: str(one)[:40])
def test_what_is_no_question(place: str, asked: dict[str, Any], manager: Client) -> None:
	body = error(manager.call(LIST, **({"doctype": "Bottle Sale"} | asked)), 422)
	assert body["detail"][0]["loc"] == [place]
