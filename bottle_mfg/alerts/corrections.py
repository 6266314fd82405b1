"""Corrections in the background that failed, or that no worker has come to: told to managers, and to who began them."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import add_to_date, escape_html, now_datetime

from bottle_mfg.alerts import known
from bottle_mfg.alerts.kinds import CORRECTION, is_on
from bottle_mfg.alerts.telling import MANAGER, Message, bold, people, tell

WAITING_MINUTES = 30
"""After so long a correction should have been begun."""

_CORRECTION = "Bottle Correction"
FAILED, WAITS = "failed", "waits"


def failed(row: Any, reason: str) -> None:
	"""Tell that a correction failed: who began it in any case. Commits; what goes wrong is logged."""
	try:
		_tell(row, FAILED, lambda: _failed(row, reason), owner_too=True)
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=f"Alert of Bottle Correction {row.name}")
	frappe.db.commit()


def look_at_waiting() -> None:
	"""Tell of corrections that nobody has begun for long: the hourly job. Commits."""
	if not is_on(CORRECTION):
		return
	rows: list[Any] = frappe.db.sql(
		"""select name, owner, document_type, document, creation from `tabBottle Correction`
		where status = 'Queued' and creation < %s order by name""",
		add_to_date(now_datetime(), minutes=-WAITING_MINUTES),
		as_dict=True,
	)
	for row in rows:
		_tell(row, WAITS, lambda row=row: _waits(row))
		frappe.db.commit()


def _tell(row: Any, occasion: str, say: Any, *, owner_too: bool = False) -> None:
	if not known.claim(CORRECTION, _CORRECTION, [str(row.name)], occasion):
		return
	owner = {row.owner} if owner_too and frappe.db.get_value("User", row.owner, "enabled") else set()
	managers = set(people(MANAGER)) if is_on(CORRECTION) else set()
	for user in sorted(owner | managers):
		if user in owner or frappe.has_permission(row.document_type, "read", doc=row.document, user=user):
			tell(user, say)


def _failed(row: Any, reason: str) -> Message:
	text = _("{0} could not be done: {1}").format(bold(row.document), escape_html(reason))
	return Message(text, _CORRECTION, str(row.name))


def _waits(row: Any) -> Message:
	text = _("{0} waits for a background worker. Until one does it, costs stay as they are").format(
		bold(row.document)
	)
	return Message(text, _CORRECTION, str(row.name))
