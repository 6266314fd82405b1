"""Many users at once. What counts is the sums; the outcomes show that nobody was turned away without reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pymysql
import pytest

from bottle_mfg.controllers import retries
from bottle_mfg.errors import BusyError
from bottle_mfg.posting import balances
from tests.laws import assert_laws

Run = Callable[[list[tuple[str, str, str]]], list[str]]


def submits(docs: list[Any]) -> list[tuple[str, str, str]]:
	return [("submit", doc.doctype, doc.name) for doc in docs]


def test_two_users_one_last_bottle(factory: Any, at_once: Run) -> None:
	for _ in range(3):
		factory.purchase(items=[factory.line(factory.bottle, 1, 3)]).submit()
		sales = [factory.sale(1) for _ in range(8)]
		outcomes = at_once(submits(sales))
		assert Counter(outcomes) == {"done": 1, "insufficient_stock": 7}
		assert factory.stock(factory.bottle) == (0, 0)
		for sale in sales:
			sale.reload()
		assert sorted(sale.docstatus for sale in sales) == [0] * 7 + [1]
	assert len(factory.ledger(factory.bottle)) == 6
	assert_laws(factory)


def test_eight_processes_sell_the_last_hundred(factory: Any, at_once: Run) -> None:
	factory.purchase(100, 2).submit()
	factory.blow(100, 100, blow_cost_per_unit=0.3333).submit()
	sales = [factory.sale(1 + number % 3) for number in range(96)]
	outcomes = at_once(submits(sales))
	assert set(outcomes) == {"done", "insufficient_stock"}
	sold = sum(1 + number % 3 for number, outcome in enumerate(outcomes) if outcome == "done")
	left, _value = factory.stock(factory.bottle)
	assert sold + left == 100
	assert left < 3
	for sale, outcome in zip(sales, outcomes, strict=True):
		sale.reload()
		assert sale.docstatus == (outcome == "done")
	assert_laws(factory)


def test_no_update_is_lost_and_no_deadlock_whatever_the_order_of_the_lines(
	factory: Any, at_once: Run
) -> None:
	items = [factory.item(f"MIX{number}", "Sold") for number in range(5)]
	factory.purchase(items=[factory.line(item, 1000, "1.1111") for item in items]).submit()
	documents = []
	for number in range(80):
		turned = items[number % 5 :] + items[: number % 5]
		lines = turned[::-1] if number % 2 else turned
		if number % 4 == 3:
			documents.append(factory.purchase(items=[factory.line(item, 3, "1.2345") for item in lines]))
		else:
			documents.append(factory.sale(items=[factory.line(item, 2, 5) for item in lines]))
	outcomes = at_once(submits(documents))
	assert Counter(outcomes) == {"done": 80}
	for item in items:
		assert factory.stock(item)[0] == 1000 + 20 * 3 - 60 * 2
	assert_laws(factory)


@pytest.mark.usefixtures("first_day")
def test_eight_processes_take_the_first_steps_of_a_factory(factory: Any, db: Any, at_once: Run) -> None:
	factory.purchase(
		items=[factory.line(item, 1000, 3) for item in (factory.preform, factory.bottle)]
	).submit()
	documents = []
	for _ in range(8):
		documents += [factory.sale(3), factory.blow(10, 9)]
	steps = {"Bottle Blow Bottles", "Bottle Sell Bottles"}
	forget = "frappe.clear_document_cache"  # what a process knows of an earlier test; a request knows nothing
	known = [json.dumps({"doctype": "Onboarding Step", "name": step}) for step in sorted(steps)]
	at_once([("call", forget, one) for one in known for _ in range(8)])
	assert not steps & steps_taken(db)
	outcomes = at_once(submits(documents))
	assert Counter(outcomes) == {"done": 16}
	assert steps <= steps_taken(db)
	assert_laws(factory)


def steps_taken(db: Any) -> set[str]:
	return set(db.get_all("Onboarding Step", {"is_complete": 1, "name": ("like", "Bottle %")}, pluck="name"))


def test_blows_and_sales_of_the_same_bottle(factory: Any, at_once: Run) -> None:
	factory.purchase(10_000, "1.7").submit()
	factory.blow(1000, 990, blow_cost_per_unit="0.25").submit()
	documents = [factory.blow(30, 29, blow_cost_per_unit="0.25") for _ in range(32)]
	documents += [factory.sale(7) for _ in range(32)]
	assert Counter(at_once(submits(documents[::2] + documents[1::2]))) == {"done": 64}
	assert factory.stock(factory.bottle)[0] == 990 + 32 * 29 - 32 * 7
	assert_laws(factory)


def test_one_draft_submitted_eight_times_is_posted_once(factory: Any, at_once: Run) -> None:
	purchase = factory.purchase(100, 2)
	assert "done" in at_once(submits([purchase] * 8))  # whoever comes late finds it submitted
	assert factory.stock(factory.preform) == (100, 200)
	assert len(factory.ledger(factory.preform)) == 1


def test_one_document_cancelled_eight_times_is_taken_back_once(factory: Any, at_once: Run) -> None:
	factory.purchase(100, 2).submit()
	second = factory.purchase(50, 4)
	second.submit()
	outcomes = at_once([("cancel", second.doctype, second.name)] * 8)
	assert outcomes.count("done") == 1
	assert factory.stock(factory.preform) == (100, 200)
	assert_laws(factory)


def test_the_first_movement_of_a_new_item_makes_one_row(factory: Any, at_once: Run, db: Any) -> None:
	items = [factory.item(f"NEW{number}", "Sold") for number in range(6)]
	purchases = [
		factory.purchase(items=[factory.line(item, 1, 1) for item in (items[number % 6 :] + items)[:6]])
		for number in range(24)
	]
	assert Counter(at_once(submits(purchases))) == {"done": 24}
	rows = db.sql(
		"select item, count(*), sum(quantity) from `tabBottle Stock` where item in %s group by item", (items,)
	)
	assert sorted(rows) == [(item, 1, 24) for item in sorted(items)]
	assert_laws(factory)


def test_documents_made_and_submitted_at_once_get_numbers_of_their_own(factory: Any, at_once: Run) -> None:
	factory.purchase(100, 2).submit()
	document = {
		"doctype": "Bottle Sale",
		"docstatus": 1,
		"customer": factory.customer,
		"warehouse": factory.warehouse,
		"items": [factory.line(factory.preform, 1, 4)],
	}
	outcomes = at_once([("insert", "Bottle Sale", json.dumps(document))] * 48)
	assert Counter(outcomes) == {"done": 48}
	assert factory.stock(factory.preform) == (D(52), D(104))
	assert len({entry.voucher_no for entry in factory.ledger(factory.preform)}) == 49
	assert_laws(factory)


def test_the_first_documents_of_a_day_get_numbers_of_their_own(factory: Any, at_once: Run, db: Any) -> None:
	"""Two writers who both found no counter yet must not deadlock over making it."""
	for _ in range(5):
		day = _unused_day(db)
		document = {
			"doctype": "Bottle Sale",
			"date": day,
			"customer": factory.customer,
			"warehouse": factory.warehouse,
			"items": [factory.line(factory.preform, 1, 4)],
		}
		outcomes = at_once([("insert", "Bottle Sale", json.dumps(document))] * 16)
		assert Counter(outcomes) == {"done": 16}
		names = db.sql("select name from `tabBottle Sale` where date = %s order by name", (day,), pluck=True)
		assert [int(name[-4:]) for name in names] == list(range(1, 17))


def test_refused_sales_leave_no_gap_in_the_numbers(factory: Any, at_once: Run, db: Any) -> None:
	"""Drafts, sales made and submitted in one go, and sales of more than there is, all of one day."""
	day = _unused_day(db)
	factory.purchase(30, 2, date=day, posting_time="00:00:00").submit()

	def sale(number: int) -> str:
		lines = [factory.line(factory.preform, 99 if number % 3 == 0 else 1, 4)]
		values = {"doctype": "Bottle Sale", "customer": factory.customer, "warehouse": factory.warehouse}
		return json.dumps(values | {"date": day, "items": lines, "docstatus": int(number % 3 != 1)})

	outcomes = at_once([("insert", "Bottle Sale", sale(number)) for number in range(48)])
	assert Counter(outcomes) == {"done": 32, "insufficient_stock": 16}
	names = db.sql("select name from `tabBottle Sale` where date = %s order by name", (day,), pluck=True)
	assert [int(name[-4:]) for name in names] == list(range(1, 33))
	assert_laws(factory)


def _unused_day(db: Any) -> str:
	"""A day of 1990 to 2019 on which no document was ever made."""
	days = {
		f"{year}-{month:02}-{day:02}"
		for year in range(1990, 2020)
		for month in range(1, 13)
		for day in (3, 9)
	}
	used = {str(day) for day in db.sql("select distinct date from `tabBottle Sale`", pluck=True)}
	return min(days - used)


def test_a_lock_that_others_keep_ends_in_a_clear_refusal(
	factory: Any, at_once: Run, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	"""One connection holds the balance; this one gives up in time, and succeeds once the other let go."""
	factory.purchase(10, 2).submit()
	sale = factory.sale(items=[factory.line(factory.preform, 1, 4)])
	db.commit()
	other = pymysql.connect(
		host=db.host, port=int(db.port), user=db.user, password=db.password, database=db.user
	)
	monkeypatch.setattr(balances, "LOCK_WAIT", 1)
	monkeypatch.setattr(retries, "ATTEMPTS", 2)
	name = f"{factory.preform}::{factory.warehouse}"
	try:
		other.cursor().execute("select 1 from `tabBottle Stock` where name = %s for update", (name,))
		with pytest.raises(BusyError):
			sale.submit()
		db.rollback()
	finally:
		other.close()
	assert at_once(submits([sale])) == ["done"]
	assert factory.stock(factory.preform)[0] == 9
