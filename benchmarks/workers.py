"""Processes with connections of their own that do the same thing at the same moment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from time import monotonic
from typing import Any

import frappe

from benchmarks import site

PATIENCE = 120
"""Seconds that a process waits for the others to be ready."""

Task = tuple[str, Any]
"""("draft" or "whole", a document's values), or ("submit", (doctype, name))."""

_barrier: Barrier


@dataclass(frozen=True)
class Done:
	"""What processes did together: documents, seconds from the first start to the last end, refusals."""

	documents: int
	seconds: float
	refused: tuple[str, ...]

	@property
	def rate(self) -> float:
		"""Documents a second."""
		return self.documents / self.seconds


@contextmanager
def together(processes: int) -> Iterator[Callable[[Sequence[Sequence[Task]]], Done]]:
	"""A function that has each process do its own list of tasks, all starting at once."""
	context = multiprocessing.get_context("spawn")
	with context.Pool(processes, _connect, (context.Barrier(processes),)) as pool:
		yield lambda hands: _run(pool, hands)


def _run(pool: Pool, hands: Sequence[Sequence[Task]]) -> Done:
	frappe.db.commit()
	answers = pool.map(_work, hands, chunksize=1)
	frappe.db.rollback()
	return Done(
		documents=sum(len(hand) for hand in hands),
		seconds=max(ended for _started, ended, _refused in answers)
		- min(started for started, _ended, _refused in answers),
		refused=tuple(reason for _started, _ended, refused in answers for reason in refused),
	)


def _connect(barrier: Barrier) -> None:
	global _barrier
	_barrier = barrier
	site.connect()


def _work(tasks: Sequence[Task]) -> tuple[float, float, list[str]]:
	refused = []
	_barrier.wait(PATIENCE)
	started = monotonic()
	for task in tasks:
		try:
			_do(*task)
			site.commit()
		except Exception as error:
			frappe.db.rollback()
			refused.append(f"{type(error).__name__}: {error}")
	return started, monotonic(), refused


def _do(action: str, subject: Any) -> None:
	if action == "submit":
		frappe.get_doc(*subject).submit()
		return
	doc = frappe.get_doc(deepcopy(subject))
	doc.insert()
	if action == "whole":
		doc.submit()
