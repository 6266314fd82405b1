"""Eight processes that correct the past of the same goods at the same moment."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.posting.recount import verify
from tests.concurrency.conftest import Task
from tests.laws import assert_laws


def days_ago(days: int) -> str:
	return add_days(nowdate(), -days)


def late_documents(factory: Any, other: str, rounds: int) -> list[Any]:
	"""So many drafts of each kind, of any day: preforms become bottles, and go to another store and to customers."""

	def when() -> dict[str, str]:
		return {"date": days_ago(chance.randrange(2, 20)), "posting_time": f"{chance.randrange(24):02}:00:00"}

	chance, made = random.Random(28), []
	for _ in range(rounds):
		made += [
			factory.purchase(chance.randrange(1, 50), chance.randrange(1, 9), **when()),
			factory.blow(chance.randrange(2, 40), 1, blow_cost_per_unit="0.07", **when()),
			factory.sale(chance.randrange(1, 4), 9, **when()),
			factory.sale(items=[factory.line(factory.preform, chance.randrange(1, 60), 9)], **when()),
			factory.make(
				"Bottle Stock Transfer",
				from_warehouse=factory.warehouse,
				to_warehouse=other,
				items=[{"item": factory.preform, "quantity": chance.randrange(1, 9)}],
				**when(),
			),
		]
	return made


@pytest.mark.parametrize("rounds", [12, pytest.param(40, marks=pytest.mark.slow)])
def test_the_past_is_corrected_by_all_at_once(
	factory: Any, at_once: Callable[[list[Task]], list[str]], db: Any, rounds: int
) -> None:
	other = factory.make("Bottle Warehouse", warehouse_name=f"Depot {factory.tag}").name
	factory.purchase(900, 2, date=days_ago(25)).submit()
	factory.blow(300, 280, date=days_ago(24)).submit()
	documents = late_documents(factory, other, rounds)
	outcomes = at_once([("submit", doc.doctype, doc.name) for doc in documents])
	assert set(outcomes) <= {"done", "insufficient_stock"}
	assert outcomes.count("done") > len(documents) / 2
	assert_books(factory, documents)
	done = [doc for doc, outcome in zip(documents, outcomes, strict=True) if outcome == "done"]
	undone = at_once([("cancel", doc.doctype, doc.name) for doc in done[::2]])
	assert set(undone) <= {"done", "insufficient_stock"}
	assert undone.count("done") > len(done) / 4
	assert_books(factory, documents)


def assert_books(factory: Any, documents: list[Any]) -> None:
	"""A count from zero finds nothing wrong with what is the factory's."""
	frappe.db.rollback()
	names = {doc.name for doc in documents}
	assert not [one for one in verify() if factory.tag in str(one.name) or one.name in names]
	assert_laws(factory)
