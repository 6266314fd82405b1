"""The page that shows the description of the API, and tries it out with the session of who looks at it."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.sessions import get_csrf_token

from bottle_mfg.boot import may_open

no_cache = 1


def get_context(context: Any) -> None:
	"""Raises `Redirect` to the login for guests, and `PermissionError` for who has no part in the factory."""
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = "/login?redirect-to=/bottle-api"
		raise frappe.Redirect
	if not may_open():
		frappe.throw(_("You may not read the description of the API."), frappe.PermissionError)
	context.csrf_token = get_csrf_token()
	frappe.db.commit()  # a token made just now belongs to the session, which is kept before the page is sent
	context.theme = frappe.db.get_value("User", frappe.session.user, "desk_theme") or "Automatic"
