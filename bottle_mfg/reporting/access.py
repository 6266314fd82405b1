"""What of the factory a user may see in a report, beyond Frappe's check of the report's roles."""

from __future__ import annotations

import frappe
from frappe.permissions import get_user_permissions


def allowed(doctype: str, source: str, user: str | None = None) -> list[str] | None:
	"""The records of `doctype` that User Permissions confine a user to where `source` is read; None: all.

	Frappe applies them to lists, not to a report's own SQL.
	"""
	rules = [
		rule.doc
		for rule in get_user_permissions(user or frappe.session.user).get(doctype, [])
		if rule.applicable_for in (None, "", source)
	]
	return sorted(rules) or None


def within(source: str, columns: dict[str, str]) -> tuple[list[str], list[object]]:
	"""SQL conditions and their values that keep a query of `source` to what the user is confined to.

	`columns` has the DocType that each column links to.
	"""
	conditions: list[str] = []
	values: list[object] = []
	for column, doctype in columns.items():
		names = allowed(doctype, source)
		if names is not None:
			conditions.append(f"{column} in %s")
			values.append(tuple(names))
	return conditions, values
