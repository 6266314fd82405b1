"""Whose an alert is. Frappe keeps the notifications of others out of lists only; one asked for by name it gives to all."""

from __future__ import annotations

from typing import Any

import frappe

from bottle_mfg.controllers.ours import is_ours


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
	"""Whether a user may see a notification (hook): of what is ours, the one that it is for. It may tell costs."""
	return doc.for_user == (user or frappe.session.user) or not is_ours(doc.document_type)
