"""Corrections in the background that failed, or that no worker is at: told to managers, and failures to who began them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from bottle_mfg.alerts import known
from bottle_mfg.alerts.kinds import CORRECTION, is_on
from bottle_mfg.alerts.telling import MANAGER, Message, bold, people, tell

_CORRECTION = "Bottle Correction"
FAILED, WAITS = "failed", "waits"


def failed(row: Any, reason: str) -> None:
	"""Tell that a correction failed, who began it even if he may not read it. Commits; what goes wrong is logged."""
	try:
		_tell(row, FAILED, lambda: _failed(row, reason), owner_too=True)
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=f"Alert of Bottle Correction {row.name}")
	frappe.db.commit()


def waiting(rows: Iterable[Any]) -> None:
	"""Tell of corrections that should long have been begun, or that lost their worker. Commits."""
	for row in rows:
		_tell(row, WAITS, lambda row=row: _waits(row))
		frappe.db.commit()


def _tell(row: Any, occasion: str, say: Any, *, owner_too: bool = False) -> None:
	if not is_on(CORRECTION) or not known.claim(CORRECTION, _CORRECTION, [str(row.name)], occasion):
		return
	owner = {row.owner} if owner_too and frappe.db.get_value("User", row.owner, "enabled") else set()
	for user in sorted(owner | set(people(MANAGER))):
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
