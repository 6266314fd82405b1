"""What happens to a request on its way in, as soon as it is known whose it is (hook `auth_hooks`)."""

from __future__ import annotations

import frappe
from frappe import _

from bottle_mfg.api import keys, limits
from bottle_mfg.api.routes import Route, route_of
from bottle_mfg.controllers.ours import is_ours
from bottle_mfg.errors import WrongVerbError, throw

_LIST_VERBS = ("GET", "HEAD", "POST")
_RECORD_VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def enter() -> None:
	"""Count a request to one of our methods or DocTypes, and take over the key that came with it.

	Raises `TooManyRequestsError`, `InvalidValueError` for a key that is too long, and `WrongVerbError`.
	"""
	request = frappe.local.request
	route = route_of(request, str(frappe.local.form_dict.get("cmd") or ""))
	if request.method == "OPTIONS" or not (route.is_our_method or is_ours(route.doctype)):
		return
	if not _is_of_desk():
		limits.count(route)
	if route.doctype:
		_check_verb(route)
		keys.hand_over(route)


def _is_of_desk() -> bool:
	"""Whether a form or list of the Desk asks: only its pages are given the token."""
	token = frappe.session.data.get("csrf_token")
	return bool(token) and frappe.get_request_header("X-Frappe-CSRF-Token") == token


def _check_verb(route: Route) -> None:
	"""Frappe would answer with a page."""
	verbs = _LIST_VERBS if route.is_list else _RECORD_VERBS
	if route.verb not in verbs:
		throw(WrongVerbError(_("{0} is not possible here.").format(route.verb), allow=", ".join(verbs)))
