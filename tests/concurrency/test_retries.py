"""Deadlocks and lock waits that happen for real, between this connection and others: tried again, or told."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import frappe
import pytest
from frappe.model.document import Document

from bottle_mfg.bottle_mfg.doctype.bottle_sale.bottle_sale import BottleSale
from bottle_mfg.controllers import retries
from bottle_mfg.errors import BusyError, InsufficientStockError
from bottle_mfg.posting import balances
from tests.concurrency.other import Other, sale_of
from tests.laws import assert_laws
from tests.rest.conftest import Client, data, error

Attempts = list[int]


@pytest.fixture
def each_attempt(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int], None]], Attempts]:
	"""Do something in the middle of every attempt to save a sale; it is given the attempt's number."""
	attempts: Attempts = []

	def watch(act: Callable[[int], None]) -> Attempts:
		validate = BottleSale.validate

		def watched(self: Document) -> None:
			attempts.append(len(attempts) + 1)
			act(attempts[-1])
			validate(self)

		monkeypatch.setattr(BottleSale, "validate", watched)
		return attempts

	monkeypatch.setattr(balances, "LOCK_WAIT", 1)
	return watch


def test_who_loses_a_deadlock_is_tried_again(stocked: Any, db: Any, other: Other, each_attempt: Any) -> None:
	sale = frappe.get_doc(sale_of(stocked)).insert()
	db.commit()
	other.grow_heavy()
	other.hold_balance(stocked)

	def circle(attempt: int) -> None:
		if attempt == 1:
			other.want_then_let_go("Bottle Sale", sale.name)  # which this connection has locked by now

	attempts = each_attempt(circle)
	sale.submit()
	db.commit()
	assert attempts == [1, 2]
	assert frappe.get_doc("Bottle Sale", sale.name).docstatus == 1
	assert stocked.stock(stocked.preform) == (D(9), D(18))
	assert not frappe.local.message_log
	assert "detail" not in frappe.local.response
	assert_laws(stocked)


def test_who_waited_too_long_is_tried_again_with_the_newest_figures(
	stocked: Any, db: Any, other: Other, each_attempt: Any
) -> None:
	other.hold_balance(stocked)

	def release(attempt: int) -> None:
		if attempt == 2:
			other.let_go()

	attempts = each_attempt(release)
	sale = frappe.get_doc(sale_of(stocked, docstatus=1)).insert()
	db.commit()
	assert attempts == [1, 2]
	again = frappe.get_doc("Bottle Sale", sale.name)
	assert [(row.parent, row.cost) for row in again.items] == [(sale.name, 2)]
	assert again.docstatus == 1
	assert_laws(stocked)


def test_attempts_are_bounded_and_end_in_one_answer(
	stocked: Any, db: Any, other: Other, each_attempt: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr(retries, "ATTEMPTS", 3)
	other.hold_balance(stocked)
	attempts = each_attempt(lambda attempt: None)
	with pytest.raises(BusyError):
		frappe.get_doc(sale_of(stocked, docstatus=1)).insert()
	assert attempts == [1, 2, 3]
	assert len(frappe.local.message_log) == 1
	assert frappe.local.response.code == "busy"


def test_no_attempt_begins_after_the_deadline(
	stocked: Any, db: Any, other: Other, each_attempt: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr(retries, "DEADLINE", 0.5)
	monkeypatch.setattr(retries, "AT_LEAST", 2)
	other.hold_balance(stocked)
	attempts = each_attempt(lambda attempt: None)
	with pytest.raises(BusyError):
		frappe.get_doc(sale_of(stocked, docstatus=1)).insert()
	assert attempts == [1, 2]


@pytest.mark.parametrize("forgotten", [False, True])
def test_what_was_written_before_is_never_rolled_back_unseen(
	stocked: Any, db: Any, other: Other, each_attempt: Any, forgotten: bool
) -> None:
	"""A new attempt would need that, so there is none; also where a savepoint made Frappe forget its count."""
	other.hold_balance(stocked)
	earlier = stocked.make("Bottle Customer", customer_name=f"Earlier {stocked.tag}").name
	if forgotten:
		db.savepoint("before_it")
		db.rollback(save_point="before_it")
		assert not db.transaction_writes
	attempts = each_attempt(lambda attempt: None)
	with pytest.raises(BusyError):
		frappe.get_doc(sale_of(stocked, docstatus=1)).insert()
	assert attempts == [1]
	assert db.exists("Bottle Customer", earlier)


def test_an_honest_refusal_is_not_tried_again(stocked: Any, each_attempt: Any) -> None:
	attempts = each_attempt(lambda attempt: None)
	with pytest.raises(InsufficientStockError):
		frappe.get_doc(sale_of(stocked, 11, docstatus=1)).insert()
	assert attempts == [1]


def touch(other: Other, name: str) -> None:
	"""What a correction of the past does to a sale that stands: it writes to it, and moves `modified`."""
	other.change("update `tabBottle Sale` set modified = now(6), notes = 'touched' where name = %s", name)


@pytest.fixture
def sold(stocked: Any, db: Any) -> str:
	sale = frappe.get_doc(sale_of(stocked, docstatus=1)).insert()
	db.commit()
	return sale.name


def test_a_cancel_by_name_takes_what_was_written_meanwhile(stocked: Any, sold: str, other: Other) -> None:
	sale = frappe.get_doc("Bottle Sale", sold)
	touch(other, sold)
	sale.cancel()
	again = frappe.get_doc("Bottle Sale", sold)
	assert (again.docstatus, again.notes) == (2, "touched")
	assert stocked.stock(stocked.preform) == (D(10), D(20))
	assert not frappe.local.message_log


def test_a_change_by_name_is_put_on_top_of_what_was_written_meanwhile(sold: str, other: Other) -> None:
	sale = frappe.get_doc("Bottle Sale", sold)
	touch(other, sold)
	sale.status = "Shipped"
	sale.save()
	again = frappe.get_doc("Bottle Sale", sold)
	assert (again.status, again.notes) == ("Shipped", "touched")


def test_two_changes_of_the_same_field_are_told(sold: str, other: Other) -> None:
	sale = frappe.get_doc("Bottle Sale", sold)
	other.change("update `tabBottle Sale` set modified = now(6), status = 'Completed' where name = %s", sold)
	sale.status = "Shipped"
	with pytest.raises(frappe.TimestampMismatchError):
		sale.save()
	assert len(frappe.local.message_log) == 1


def test_what_a_client_has_not_seen_he_is_told(sold: str, other: Other) -> None:
	"""He sends the document, or says which state he means: the answer is his to read first."""
	sent = json.loads(frappe.get_doc("Bottle Sale", sold).as_json())
	named = frappe.get_doc("Bottle Sale", sold)
	named.update({"modified": sent["modified"]})
	touch(other, sold)
	for sale in (frappe.get_doc(sent), named):
		sale.docstatus = 2
		with pytest.raises(frappe.TimestampMismatchError):
			sale.save()


def test_who_comes_too_late_with_a_submit_is_told(stocked: Any, db: Any, other: Other) -> None:
	sale = frappe.get_doc(sale_of(stocked)).insert()
	db.commit()
	sale = frappe.get_doc("Bottle Sale", sale.name)
	other.change("update `tabBottle Sale` set modified = now(6), docstatus = 2 where name = %s", sale.name)
	with pytest.raises(frappe.TimestampMismatchError):
		sale.submit()


@pytest.mark.slow
def test_over_http_the_answer_is_503_and_says_when_to_come_back(
	stocked: Any, db: Any, other: Other, url: str
) -> None:
	"""The server waits as long as it really does: three lock waits."""
	client = Client(url).login("manager@bottle.test")
	other.hold_balance(stocked)
	answer = client.insert(**sale_of(stocked, docstatus=1))
	body = error(answer, 503)
	assert body["code"] == "busy"
	assert int(answer.headers["Retry-After"]) >= 1
	other.let_go()
	assert not db.exists("Bottle Sale", {"customer": stocked.customer})
	saved = data(client.insert(**sale_of(stocked, docstatus=1)))
	assert saved["docstatus"] == 1
