"""What the tests' users find in their bell, and the work that alerts leave to workers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
import pytest

from bottle_mfg.alerts import afterwards

SETTINGS = "Bottle Mfg Settings"


class Bell:
	"""Notifications that came since the test began, and the jobs that would make more of them."""

	def __init__(self) -> None:
		self.jobs: list[tuple[str, dict[str, Any]]] = []
		self.listen()

	def listen(self) -> None:
		"""Hear from now on only what comes next."""
		frappe.db.commit()
		self._heard = set(frappe.get_all("Notification Log", pluck="name"))

	def work(self) -> int:
		"""Commit, and do what that left to workers; gives how many jobs there were."""
		frappe.db.commit()
		jobs, self.jobs[:] = list(self.jobs), []
		for method, arguments in jobs:
			frappe.get_attr(f"bottle_mfg.alerts.{method}")(**arguments)
		return len(jobs)

	def logs(self, person: str) -> list[Any]:
		"""What a user was told, the newest last."""
		return [
			log
			for log in frappe.get_all(
				"Notification Log", {"for_user": f"{person}@bottle.test"}, ["*"], order_by="creation"
			)
			if log.name not in self._heard
		]

	def told(self, person: str) -> list[str]:
		"""The same as text."""
		return [frappe.utils.strip_html(log.subject) for log in self.logs(person)]


@pytest.fixture
def bell(db: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bell]:
	"""A bell, and no worker but the test itself."""
	one = Bell()
	monkeypatch.setattr(
		afterwards, "leave_to_worker", lambda method, **arguments: one.jobs.append((method, arguments))
	)
	before = {field: frappe.db.get_single_value(SETTINGS, field) for field in ("count_loss_above",)}
	yield one
	db.rollback()
	for field, value in {**before, "alert_low_stock": 1, "alert_overdue": 1, "alert_rejects": 1}.items():
		frappe.db.set_single_value(SETTINGS, field, value)
	frappe.db.set_single_value(
		SETTINGS, {"alert_count_losses": 1, "alert_corrections": 1, "alerts_by_email": 1}
	)
	db.commit()
	frappe.clear_document_cache(SETTINGS, SETTINGS)
