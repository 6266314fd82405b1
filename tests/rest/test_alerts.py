"""The bell as people find it: a sale over HTTP, a real worker, and what each reader may see of it."""

from __future__ import annotations

import time
from typing import Any

import frappe
import pytest

from tests.rest.conftest import Client, data, error

PATIENCE = 40


def bell(client: Client, item: str) -> list[Any]:
	"""What Frappe's bell shows a user about an item."""
	answer = client.call("frappe.desk.doctype.notification_log.notification_log.get_notification_logs")
	return [log for log in data(answer)["notification_logs"] if log["document_name"] == item]


def wait_for(client: Client, item: str) -> list[Any]:
	until = time.monotonic() + PATIENCE
	while not (found := bell(client, item)) and time.monotonic() < until:
		time.sleep(0.2)
	return found


@pytest.fixture(scope="module")
def sold(shared: Any, clients: dict[str, Client]) -> Any:
	"""The shared factory, whose sales user sells bottles below the level of 900."""
	item = frappe.get_doc("Bottle Item", shared.bottle)
	item.reorder_level = 900
	item.save()
	frappe.db.commit()
	line = shared.line(shared.bottle, 60, 4)
	data(
		clients["sales"].insert(
			"Bottle Sale", customer=shared.customer, warehouse=shared.warehouse, items=[line], docstatus=1
		)
	)
	return shared


def test_the_bell_of_each(sold: Any, clients: dict[str, Client]) -> None:
	for person in ("stock", "manager"):
		(log,) = wait_for(clients[person], sold.bottle)
		assert (log["document_type"], log["for_user"]) == ("Bottle Item", f"{person}@bottle.test")
		assert log["subject"] == f"<b>{sold.bottle}</b> is low: 890 pcs left, reorder level 900"
		data(clients[person].read(log["document_type"], log["document_name"]))
	assert not bell(clients["sales"], sold.bottle)
	assert not bell(clients["viewer"], sold.bottle)


def test_nobody_reads_or_makes_what_is_for_others(sold: Any, clients: dict[str, Client]) -> None:
	(log,) = wait_for(clients["manager"], sold.bottle)
	seen = data(clients["sales"].list("Notification Log", filters={"document_name": sold.bottle}))
	assert seen == []
	data(clients["manager"].read("Notification Log", log["name"]))
	assert clients["sales"].read("Notification Log", log["name"]).status_code == 403
	told = data(clients["manager"].list("Bottle Alert", filters={"document_name": sold.bottle}))
	assert len(told) == 1
	for person in ("stock", "sales", "viewer"):
		error(clients[person].list("Bottle Alert"), 403)
	error(clients["manager"].delete("Bottle Alert", told[0]["name"]), 403)


def test_the_settings_refuse_a_limit_below_zero(manager: Client) -> None:
	body = error(manager.change("Bottle Mfg Settings", "Bottle Mfg Settings", reject_rate_above=-1), 422)
	assert body["detail"][0]["loc"] == ["reject_rate_above"]
