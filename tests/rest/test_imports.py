"""Data Imports over HTTP: started by whoever may, done by a worker, told by row."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import PASSWORD, leave
from tests.imports import data_import
from tests.rest.conftest import Client, data, error

START = "frappe.core.doctype.data_import.data_import.form_start_import"
WITHIN = 60
"""Seconds that a worker may take to begin and to end."""


@pytest.fixture(scope="module")
def owner(site: str, url: str) -> Iterator[Client]:
	"""The factory's owner, who is a System Manager, too: imports are theirs."""
	import frappe

	from tests.conftest import make_user

	email = "owner@bottle.test"
	make_user(email, "Bottle Manager")
	user = frappe.get_doc("User", email)
	user.append("roles", {"role": "System Manager"})
	user.save(ignore_permissions=True)  # the session's user is Administrator
	frappe.db.commit()
	client = Client(url)
	data(client.call("login", usr=email, pwd=PASSWORD))
	yield client
	leave(email)


def over(client: Client, name: str) -> dict[str, Any]:
	"""The Data Import once its worker is done."""
	until = time.monotonic() + WITHIN
	while (seen := data(client.read("Data Import", name)))["status"] == "Pending":
		assert time.monotonic() < until, "no worker was done in time"
		time.sleep(0.2)
	return seen


def test_a_worker_imports_all_or_nothing(owner: Client, shop: Any) -> None:
	rows = [["Item Code", "Item Type"], [f"REST-1-{shop.tag}", "Sold"], [f"REST-2-{shop.tag}", "Brick"]]
	doc = data_import("Bottle Item", rows)
	assert data(owner.call(START, data_import=doc.name)) is True
	seen = over(owner, doc.name)
	(fault,) = json.loads(seen["template_warnings"])
	assert (seen["status"], fault["row"], fault["column"]) == ("Error", 3, "Item Type")
	assert owner.read("Bottle Item", f"REST-1-{shop.tag}").status_code == 404

	doc = data_import("Bottle Item", rows[:2])
	assert data(owner.call(START, data_import=doc.name)) is True
	assert over(owner, doc.name)["status"] == "Success"
	assert data(owner.read("Bottle Item", f"REST-1-{shop.tag}"))["owner"] == "owner@bottle.test"
	assert data(owner.call(START, data_import=doc.name)) is False


def test_who_may_not(manager: Client, stock: Client, shop: Any) -> None:
	doc = data_import("Bottle Warehouse", [["Warehouse Name"], [f"Nobody's {shop.tag}"]])
	for client in (manager, stock):
		error(client.call(START, data_import=doc.name), 403)
