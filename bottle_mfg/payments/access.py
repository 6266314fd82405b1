"""Who sees a payment: whoever may read the bill that it pays, and what that comes to."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.permissions import get_role_permissions

from bottle_mfg.controllers.costs import may_see_costs
from bottle_mfg.controllers.lists import plain
from bottle_mfg.payments.bills import KINDS, Kind
from bottle_mfg.reporting.access import allowed

_NOTHING = "false"


def may_see_amounts(doctype: str, user: str | None = None) -> bool:
	"""Whether the user may read what bills of a DocType come to: of purchases these are costs."""
	field = frappe.get_meta(doctype).get_field(KINDS[doctype].total)
	return not field.permlevel or may_see_costs(doctype, user)


def may_see_bill(doctype: str, name: str, user: str | None = None) -> bool:
	"""Whether the user may read a bill that exists, with its amounts."""
	return may_see_amounts(doctype, user) and bool(
		frappe.has_permission(doctype, "read", doc=name, user=user)
	)


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
	"""Whether a payment is of a bill that the user may see (hook). That of a new one is checked with the rest of it.

	What is stored counts: what a client says about the bill must not open somebody else's payment.
	"""
	if doc.is_new() or not isinstance(doc.name, str):
		return True
	stored = frappe.db.get_value("Bottle Payment", doc.name, ["reference_type", "reference_name"])
	return not stored or may_see_bill(*stored, user)


def condition(user: str | None = None) -> str:
	"""What of all payments a list has (hook `permission_query_conditions`)."""
	plain(user)
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	return f"({' or '.join(filter(None, (_seen(kind, user) for kind in KINDS.values()))) or _NOTHING})"


def owner_only(doctype: str, user: str) -> bool:
	"""Whether the user may read no other documents of a DocType than his own."""
	return "read" in get_role_permissions(doctype, user=user)["if_owner"]


def _seen(kind: Kind, user: str) -> str:
	if not (frappe.has_permission(kind.doctype, "read", user=user) and may_see_amounts(kind.doctype, user)):
		return ""
	parts = [f"`tabBottle Payment`.reference_type = {_text(kind.doctype)}"]
	if owner_only(kind.doctype, user):
		parts.append(
			f"`tabBottle Payment`.reference_name in (select name from `tab{kind.doctype}` where owner = {_text(user)})"
		)
	parties = allowed(kind.party_type, kind.doctype, user)
	if parties:
		parts.append(f"`tabBottle Payment`.party in ({', '.join(map(_text, parties))})")
	return f"({' and '.join(parts)})"


def _text(value: str) -> str:
	return frappe.db.escape(value, percent=False)
