"""Expenses over HTTP: whose business they are, and what is wrong with them."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from tests.rest.conftest import Client, data, error
from tests.rest.test_faults import faults

EXPENSE = "Bottle Expense"


def test_a_manager_enters_one_in_one_go(manager: Client, site: str) -> None:
	doc = data(manager.insert(EXPENSE, docstatus=1, category="Rent", payee="M/s Estates", amount=1500.5))
	assert doc["name"].startswith("EXP-")
	assert (doc["status"], doc["date"], doc["paid_by"], doc["covered_by_blow_cost"]) == (
		"Paid",
		nowdate(),
		"Cash",
		0,
	)
	cancelled = data(manager.call("frappe.client.cancel", doctype=EXPENSE, name=doc["name"]))
	assert cancelled["status"] == "Cancelled"


def test_the_category_says_whether_it_is_covered(manager: Client) -> None:
	power = data(
		manager.insert(f"{EXPENSE} Category", category_name=f"Power {token_hex(4)}", covered_by_blow_cost=1)
	)["name"]
	made = [
		data(manager.insert(EXPENSE, category=power, amount=10, **stated))
		for stated in (
			{},
			{"covered_by_blow_cost": None},
			{"covered_by_blow_cost": 0},
			{"covered_by_blow_cost": 1},
		)
	]
	assert [doc["covered_by_blow_cost"] for doc in made] == [1, 1, 0, 1]
	changed = data(manager.change(EXPENSE, made[2]["name"], amount=11, docstatus=1))
	assert changed["covered_by_blow_cost"] == 0, "said once, it stays"


@pytest.mark.parametrize("person", ["stock", "sales", "viewer"])
def test_expenses_are_costs(person: str, clients: dict[str, Client]) -> None:
	doc = data(clients["manager"].insert(EXPENSE, category="Rent", amount=10))
	client = clients[person]
	error(client.insert(EXPENSE, category="Rent", amount=10), 403)
	error(client.read(EXPENSE, doc["name"]), 403)
	error(client.list(EXPENSE), 403)
	error(client.change(EXPENSE, doc["name"], amount=1), 403)
	error(client.list("Bottle Expense Category"), 403)
	data(clients["manager"].delete(EXPENSE, doc["name"]))


@pytest.mark.parametrize("docstatus", [0, 1])
def test_all_that_is_wrong_is_said_at_once(manager: Client, docstatus: int) -> None:
	answer = manager.insert(
		EXPENSE,
		docstatus=docstatus,
		category="Other",
		amount=-1,
		paid_by="Barter",
		date=add_days(nowdate(), 2),
		covered_by_blow_cost="maybe",
	)
	assert faults(error(answer, 422)) == {
		(("amount",), "greater_than"),
		(("paid_by",), "enum"),
		(("date",), "date_past"),
		(("covered_by_blow_cost",), "boolean"),
	}
	assert faults(error(manager.insert(EXPENSE, docstatus=docstatus), 422)) == {
		(("category",), "missing"),
		(("amount",), "missing"),
	}
	assert error(manager.insert(EXPENSE, category="Bribes", amount=1), 404)["name"] == "Bribes"
	fine = manager.insert(EXPENSE, category="Rent", amount=1.005)
	assert faults(error(fine, 422)) == {(("amount",), "decimal_places")}


def test_a_large_one_waits_for_somebody_else(manager: Client, admin: Client, clients: Any) -> None:
	settings = "Bottle Mfg Settings"
	data(manager.change(settings, settings, approve_expenses_above=1000))
	try:
		body = error(manager.insert(EXPENSE, docstatus=1, category="Rent", amount=1000.01), 403)
		assert (body["code"], body["threshold"], body["amount"]) == ("approval_required", 1000, 1000.01)
		doc = data(manager.insert(EXPENSE, category="Rent", amount=1000.01))
		data(admin.call("bottle_mfg.api.v1.approve", doctype=EXPENSE, name=doc["name"]))
		assert data(manager.change(EXPENSE, doc["name"], docstatus=1))["status"] == "Paid"
	finally:
		data(manager.change(settings, settings, approve_expenses_above=0))
	data(manager.call("frappe.client.cancel", doctype=EXPENSE, name=doc["name"]))
