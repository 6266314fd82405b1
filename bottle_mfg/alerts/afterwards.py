"""What is done once a transaction is committed, and can neither hold up nor fail what was committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe


def after_commit(act: Callable[[], object]) -> None:
	"""Do something after the commit; never, if the transaction is rolled back. What goes wrong is logged."""

	def guarded() -> None:
		try:
			act()
		except Exception:
			# The Error Log is a table: nobody commits any more what would be written there.
			frappe.logger("bottle_mfg").exception("What follows a commit was not done")

	frappe.db.after_commit.add(guarded)


@contextmanager
def looking() -> Iterator[None]:
	"""Read after a commit, and leave no transaction open: whoever goes on reads what is true by then."""
	try:
		yield
	finally:
		frappe.db.sql("commit")  # `frappe.db.commit` would run the callbacks that are running
		frappe.db.begin()


def leave_to_worker(method: str, **arguments: Any) -> None:
	"""Have a function of the app called by a background worker, now."""
	frappe.enqueue(f"bottle_mfg.alerts.{method}", queue="short", **arguments)
