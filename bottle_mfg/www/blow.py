"""The screen for the people at the machines, at /blow."""

from __future__ import annotations

from typing import Any

import frappe

from bottle_mfg.direction import direction
from bottle_mfg.floor.page import beginning

no_cache = 1
sitemap = 0
FORBIDDEN = 403


def get_context(context: Any) -> None:
	"""Raises `Redirect` to the login for guests. Who may not blow gets a page that says so, with status 403."""
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = "/login?redirect-to=/blow"
		raise frappe.Redirect
	context.lang = frappe.local.lang
	context.direction = direction()
	context.allowed = frappe.has_permission("Blow", "create")
	if not context.allowed:
		context.http_status_code = FORBIDDEN
		return
	context.beginning = beginning()
	frappe.db.commit()  # a token made just now belongs to the session, which is kept before the page is sent
