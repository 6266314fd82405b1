"""The header with which a client says that a request is the same as one before."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from bottle_mfg.api.arguments import refuse
from bottle_mfg.api.routes import Route
from bottle_mfg.controllers.keyed_document import LONGEST_KEY, note_key_of_request, refuse_other_key

HEADER = "Idempotency-Key"


def wanted_key(stated: Any) -> Any:
	"""The key for the document that a method makes: that of the header, or the one stated in the body.

	Raises `InvalidValueError` where both are there and differ.
	"""
	sent = _sent()
	if not sent:
		return stated
	refuse_other_key(stated, sent)
	return sent


def hand_over(route: Route) -> None:
	"""Give the header's key to the document that a route makes."""
	sent = _sent() if route.makes_document else ""
	if sent and route.doctype:
		note_key_of_request(route.doctype, sent)


def _sent() -> str:
	sent = (frappe.get_request_header(HEADER) or "").strip() if getattr(frappe.local, "request", None) else ""
	if len(sent) > LONGEST_KEY:
		refuse(HEADER, _("{0} is too long").format(HEADER), "string_too_long")
	return sent
