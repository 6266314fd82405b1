"""Balances first, then the document's own row: who waits for a balance is in nobody's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import frappe
import pytest

from tests.concurrency.other import Other, sale_of


@pytest.fixture
def meanwhile(other: Other, stocked: Any) -> Iterator[Callable[..., bool]]:
	"""Act while somebody holds the balance; whether he, who asks for something else then, has to wait for us."""
	with ThreadPoolExecutor(max_workers=1) as pool:

		def run(act: Callable[[], object], ask: Callable[[], object]) -> bool:
			def watch() -> bool:
				while not other.sees_a_wait():
					pass
				try:
					return other.is_kept_waiting(ask)
				finally:
					other.let_go()

			other.hold_balance(stocked)
			watching = pool.submit(watch)
			act()
			return watching.result(timeout=30)

		yield run


def test_a_cancel_that_waits_does_not_hold_its_document(
	stocked: Any, db: Any, other: Other, meanwhile: Callable[..., bool]
) -> None:
	"""A correction that holds the balance may want to write to it."""
	sale = frappe.get_doc(sale_of(stocked, docstatus=1)).insert()
	db.commit()
	sale = frappe.get_doc("Bottle Sale", sale.name)
	write = "update `tabBottle Sale` set modified = modified where name = %s"
	assert not meanwhile(sale.cancel, lambda: other.do(write, sale.name))
	assert frappe.get_doc("Bottle Sale", sale.name).docstatus == 2


def test_a_submit_that_waits_does_not_hold_the_place_of_new_lines(
	stocked: Any, db: Any, other: Other, meanwhile: Callable[..., bool]
) -> None:
	"""Somebody who holds the balance may be about to write the lines of the next sale."""
	sale = frappe.get_doc(sale_of(stocked)).insert()
	db.commit()
	sale = frappe.get_doc("Bottle Sale", sale.name)
	line = "insert into `tabBottle Sale Item` (name, parent, parenttype, parentfield) values (%s, %s, %s, %s)"
	values = (f"line-{stocked.tag}", f"{sale.name}-x", "Bottle Sale", "items")
	assert not meanwhile(sale.submit, lambda: other.do(line, *values))
	assert frappe.get_doc("Bottle Sale", sale.name).docstatus == 1


def test_who_saw_an_older_state_gets_the_newest_lines(stocked: Any, db: Any, other: Other) -> None:
	sale = frappe.get_doc(sale_of(stocked)).insert()
	db.commit()
	assert frappe.get_doc("Bottle Sale", sale.name).items[0].quantity == 1
	other.change("update `tabBottle Sale Item` set quantity = 3 where parent = %s", sale.name)
	other.change("update `tabBottle Sale` set modified = now(6) where name = %s", sale.name)
	assert frappe.get_doc("Bottle Sale", sale.name, for_update=True).items[0].quantity == 3


@pytest.mark.usefixtures("first_day")
def test_a_submit_does_not_hold_the_first_steps(stocked: Any, db: Any, other: Other) -> None:
	"""All who submit on the first day tick off the same row."""
	step = ("Onboarding Step", "Bottle Sell Bottles", "is_complete")
	frappe.get_doc(sale_of(stocked, docstatus=1)).insert()
	write = "update `tabOnboarding Step` set modified = modified where name = %s"
	assert not other.is_kept_waiting(lambda: other.do(write, step[1]))
	other.let_go()
	assert not db.get_value(*step)
	db.commit()
	assert db.get_value(*step)
