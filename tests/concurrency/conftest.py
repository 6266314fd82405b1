"""Eight processes, each with its own connection, that submit and cancel documents at the same moment."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from random import Random
from typing import Any

import pytest

from tests.concurrency.mix import Mill, User
from tests.concurrency.other import Other
from tests.processes import FORK, connect

PROCESSES = 8
Task = tuple[str, str, str]
"""(action, doctype, name); the action is a method of the document, or "insert" with the document as JSON; "run" calls the function
that `name` is; "call" calls the one that `doctype` is with the arguments that `name` is the JSON of."""

_barrier: Barrier


def _connect(site: str, barrier: Barrier) -> None:
	global _barrier
	_barrier = barrier
	connect(site)


def _run(tasks: list[Task]) -> list[str]:
	"""Wait until all processes are ready, then do the tasks, each in a transaction of its own."""
	_barrier.wait(timeout=60)
	return [_outcome(*task) for task in tasks]


def _outcome(action: str, doctype: str, name: str) -> str:
	import frappe

	try:
		if action == "run":
			frappe.get_attr(name)()
			return "done"
		if action == "call":
			frappe.get_attr(doctype)(**frappe.parse_json(name))
			frappe.db.commit()
			return "done"
		doc = frappe.get_doc(frappe.parse_json(name)) if action == "insert" else frappe.get_doc(doctype, name)
		getattr(doc, action)()
		frappe.db.commit()
		return "done"
	except Exception as error:
		frappe.db.rollback()
		# What is none of our refusals is told with where it came from.
		return getattr(error, "code", None) or f"{type(error).__name__}: {traceback.format_exc(limit=-4)}"


@pytest.fixture(scope="session")
def pool(site: str) -> Iterator[Pool]:
	with FORK.Pool(PROCESSES, _connect, (site, FORK.Barrier(PROCESSES))) as pool:
		yield pool


@pytest.fixture
def at_once(pool: Pool, db: Any) -> Callable[[list[Task]], list[str]]:
	"""Deal the tasks out to the processes, start them together, and give the outcomes in the tasks' order."""

	def run(tasks: list[Task]) -> list[str]:
		db.commit()
		hands = [tasks[number::PROCESSES] for number in range(PROCESSES)]
		dealt = pool.map(_run, hands, chunksize=1)
		db.rollback()
		outcomes = [""] * len(tasks)
		for number, results in enumerate(dealt):
			outcomes[number::PROCESSES] = results
		return outcomes

	return run


def _work(user: tuple[Mill, int, int]) -> Counter[str]:
	mill, seed, documents = user
	_barrier.wait(timeout=60)
	return User(mill, Random(seed)).work(documents)


@pytest.fixture
def work(pool: Pool, db: Any) -> Callable[[Mill, int], Counter[str]]:
	"""Let one user in each process enter his part of so many documents; gives what all of them heard."""

	def run(mill: Mill, documents: int) -> Counter[str]:
		db.commit()
		users = [(mill, number, documents // PROCESSES) for number in range(PROCESSES)]
		heard = sum(pool.map(_work, users, chunksize=1), Counter())
		db.rollback()
		return heard

	return run


@pytest.fixture
def other(db: Any) -> Iterator[Other]:
	other = Other(db)
	yield other
	db.rollback()
	other.leave()


@pytest.fixture
def stocked(factory: Any, db: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""Ten preforms at 2 each, in a process like that of a request: nothing else is under way in it."""
	import frappe

	monkeypatch.setattr(frappe.flags, "currently_saving", [])
	factory.purchase(10, 2).submit()
	db.commit()
	return factory
