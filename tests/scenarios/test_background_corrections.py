"""Corrections too large to wait for: a worker does them, whole or not at all, and starts over if it was killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.errors import ConflictError
from bottle_mfg.posting import background, corrections
from bottle_mfg.posting.alone import alone
from bottle_mfg.posting.recount import verify
from tests.laws import assert_laws
from tests.processes import FORK, connect
from tests.scenarios.test_corrections import books


class Worked(NamedTuple):
	"""What came of a worker: how its process ended, and how often it told its progress if it came to the end."""

	exitcode: int | None
	told: int | None


def days_ago(days: int) -> str:
	return add_days(nowdate(), -days)


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch, db: Any) -> Iterator[None]:
	"""A correction of more than three entries is a large one, and no worker but the tests' own comes to it."""
	monkeypatch.setattr(background, "_enqueue", lambda correction: None)
	db.set_single_value("Bottle Mfg Settings", "entries_in_submit", 3)
	yield
	db.rollback()
	db.set_single_value("Bottle Mfg Settings", "entries_in_submit", 0)
	for name in frappe.get_all("Bottle Correction", {"status": ("in", background.OPEN)}, pluck="name"):
		background._set(name, status="Failed")
	db.commit()


@pytest.fixture
def queued(factory: Any, small_limit: None, db: Any) -> Any:
	"""A purchase in the past that was submitted, and waits for a worker."""
	factory.purchase(100, 1, date=days_ago(9)).submit()
	factory.blow(50, 50, date=days_ago(7)).submit()
	factory.sales = [factory.sale(5, 9, date=days_ago(6), posting_time=f"1{n}:00:00") for n in range(4)]
	for sale in factory.sales:
		sale.submit()
	factory.late = factory.purchase(100, 3, date=days_ago(8))
	factory.late.submit()
	db.commit()
	return factory


def correction_of(doc: Any) -> Any:
	name = frappe.get_all("Bottle Correction", {"document": doc.name}, pluck="name", order_by="name desc")[0]
	return frappe.get_doc("Bottle Correction", name)


def work(correction: Any, dies: int = 0) -> Worked:
	"""Do a correction in a process of its own that is killed when it tells its progress for the `dies`th time."""
	hears, tells = FORK.Pipe(duplex=False)
	process = FORK.Process(target=_work, args=(os.environ["BOTTLE_SITE"], correction.name, dies, tells))
	process.start()
	tells.close()
	process.join()
	ended = process.exitcode == 0
	return Worked(process.exitcode, hears.recv() if ended else None)


def _work(site: str, name: int, dies: int, tells: Connection) -> None:
	connect(site)
	corrections.BATCH = 1
	told = 0

	def tell(correction: Any, done: int) -> None:
		nonlocal told
		told += 1
		if told == dies:
			os.kill(os.getpid(), signal.SIGKILL)

	background._tell = tell
	background.run(name)
	tells.send(told)


def test_a_large_correction_is_queued_and_the_document_stays_a_draft(queued: Any) -> None:
	late = queued.late
	assert (late.docstatus, late.status) == (0, "Draft")
	assert frappe.db.get_value("Bottle Purchase", late.name, ["docstatus", "status"]) == (0, "Draft")
	assert frappe.local.response.http_status_code == 202
	correction = correction_of(late)
	assert (correction.status, correction.action, correction.entries) == ("Queued", "Submit", 6)
	assert frappe.local.response.correction == correction.name
	assert queued.stock(queued.preform) == (50, 50)
	with pytest.raises(ConflictError):
		late.submit()


def test_what_it_reaches_says_that_costs_are_being_recomputed(queued: Any) -> None:
	def onload(doc: Any) -> Any:
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.run_method("onload")
		return [one["document"] for one in doc.get("__onload", {}).get("corrections", [])]

	assert onload(queued.late) == [queued.late.name]
	assert onload(queued.sales[0]) == [queued.late.name]
	earlier = frappe.get_last_doc("Bottle Purchase", {"warehouse": queued.warehouse, "docstatus": 1})
	assert onload(earlier) == []
	other = queued.purchase(items=[queued.line(queued.cap, 1, 1)])
	other.submit()
	assert onload(other) == []


@pytest.mark.parametrize("dies", [1, 3, 6])
def test_killed_and_resumed_it_ends_at_the_same_figures(queued: Any, db: Any, dies: int) -> None:
	correction, before = correction_of(queued.late), books(queued)
	assert work(correction, dies).exitcode == -signal.SIGKILL
	db.rollback()
	assert books(queued) == before
	assert correction_of(queued.late).status == "Running"
	assert work(correction).exitcode == 0
	db.rollback()
	queued.late.reload()
	assert (queued.late.docstatus, correction_of(queued.late).status) == (1, "Done")
	assert queued.stock(queued.preform) == (150, 300)
	assert [frappe.db.get_value("Bottle Sale", sale.name, "cost_of_goods") for sale in queued.sales] == [
		10
	] * 4
	assert_laws(queued)
	assert not [one for one in verify() if queued.tag in str(one.name)]
	assert work(correction).told == 0


def test_a_cancel_can_be_large_too(queued: Any, db: Any) -> None:
	assert work(correction_of(queued.late)).exitcode == 0
	db.rollback()
	queued.late.reload()
	queued.late.cancel()
	db.commit()
	assert (queued.late.docstatus, queued.late.status) == (1, "Received")
	assert work(correction_of(queued.late)).exitcode == 0
	db.rollback()
	queued.late.reload()
	assert (queued.late.docstatus, queued.late.status) == (2, "Cancelled")
	assert queued.stock(queued.preform) == (50, 50)
	assert_laws(queued)


def test_one_that_fails_says_why_and_to_whom_it_matters(queued: Any, db: Any) -> None:
	"""Its document would leave a later sale short by the time the worker comes to it."""
	taken = queued.sale(items=[queued.line(queued.preform, 60, 1)], date=days_ago(8))
	taken.submit()
	db.commit()
	correction = correction_of(taken)
	assert work(correction).exitcode == 0
	db.rollback()
	correction.reload()
	assert correction.status == "Failed"
	assert "only" in correction.error
	assert frappe.db.get_value("Bottle Sale", taken.name, "docstatus") == 0
	told = frappe.get_all(
		"Notification Log",
		{"document_type": "Bottle Correction", "document_name": str(correction.name)},
		["for_user", "subject"],
	)
	assert {(one.for_user, taken.name in one.subject) for one in told} == {
		("Administrator", True),
		("manager@bottle.test", True),
	}


def test_one_whose_document_was_changed_meanwhile_fails(queued: Any, db: Any) -> None:
	correction = correction_of(queued.late)
	queued.late.reload()
	queued.late.items[0].quantity = 7
	queued.late.save()
	db.commit()
	assert work(correction).exitcode == 0
	db.rollback()
	correction.reload()
	assert (correction.status, queued.late.name in correction.error) == ("Failed", True)
	assert queued.stock(queued.preform) == (50, 50)


def test_only_one_worker_does_it(queued: Any, db: Any) -> None:
	correction = correction_of(queued.late)
	with alone(background._lock_name(correction.name)) as ours:
		assert ours
		assert work(correction).told == 0
	db.rollback()
	assert correction_of(queued.late).status == "Queued"


def test_what_has_no_worker_is_handed_out_again(
	queued: Any, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	handed: list[int] = []
	monkeypatch.setattr(background, "_enqueue", handed.append)
	correction = correction_of(queued.late)
	background.resume()
	assert correction.name in handed
	handed.clear()
	with alone(background._lock_name(correction.name)):
		db.rollback()
		background.resume()
	assert correction.name not in handed


def test_who_asks_again_with_his_key_is_told_of_the_same_worker(
	factory: Any, small_limit: None, db: Any
) -> None:
	factory.purchase(100, 1, date=days_ago(9)).submit()
	for _ in range(4):
		factory.sale(5, 9, date=days_ago(6), items=[factory.line(factory.preform, 1, 9)]).submit()
	db.commit()
	told = []
	for _ in range(2):
		frappe.local.response = frappe._dict(docs=[])
		late = factory.purchase(100, 3, date=days_ago(8), docstatus=1, idempotency_key=f"late {factory.tag}")
		told.append(dict(frappe.local.response) | {"name": late.name, "docstatus": late.docstatus})
		db.commit()
	assert told[0] == told[1]
	assert (told[0]["http_status_code"], told[0]["docstatus"]) == (202, 0)
	correction = correction_of(late)
	assert told[0]["correction"] == correction.name
	work(correction)
	db.rollback()
	frappe.local.response = frappe._dict(docs=[])
	done = factory.purchase(100, 3, date=days_ago(8), docstatus=1, idempotency_key=f"late {factory.tag}")
	assert (done.name, done.docstatus) == (late.name, 1)
	assert "http_status_code" not in frappe.local.response
	assert_laws(factory)
