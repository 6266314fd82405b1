"""Which bills of a kind, and which payments of them, a user may see in a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _

from bottle_mfg.payments.access import may_see_amounts, owner_only
from bottle_mfg.payments.bills import KINDS, Kind
from bottle_mfg.reporting.access import within


@dataclass(frozen=True)
class Seen:
	"""SQL conditions on the bills of a kind, with their values: what the session's user may see of them."""

	kind: Kind
	conditions: tuple[str, ...]
	values: tuple[object, ...]
	own: bool
	"""Whether that is his own bills only."""

	def bills(self) -> tuple[str, list[object]]:
		"""A condition on a query of bills, to follow another one."""
		return "".join(f" and {condition}" for condition in self.conditions), [*self.values]

	def submitted(self, first: date, last: date, where: Mapping[str, Any]) -> tuple[str, list[object]]:
		"""A condition on a query of bills: the submitted ones of some days, both included. Opening balances are none.

		`where` names columns and the values they have to have (None: any).
		"""
		wanted = {column: value for column, value in where.items() if value is not None}
		named = [f"`{column}` = %s" for column in wanted]
		parts = ["docstatus = 1", "is_opening = 0", "`date` between %s and %s", *named, *self.conditions]
		return " and ".join(parts), [first, last, *wanted.values(), *self.values]

	def payments(self) -> tuple[str, list[object]]:
		"""A condition on a query of payments, to follow another one."""
		condition, values = self.named_by("reference_name")
		return f" and reference_type = %s{condition}", [self.kind.doctype, *values]

	def named_by(self, column: str) -> tuple[str, list[object]]:
		"""A condition on a query of what names a bill in a column, to follow another one."""
		if not self.conditions:
			return "", []
		of_bills = " and ".join(self.conditions)
		condition = f" and `{column}` in (select name from `tab{self.kind.doctype}` where {of_bills})"
		return condition, [*self.values]

	def note(self) -> str | None:
		"""What a reader has to know about the figures."""
		return _("Only your own documents and what was paid of them.") if self.own else None


def seen(doctype: str) -> Seen:
	"""What the session's user may see of a kind of bills. Raises `PermissionError` where that is nothing."""
	if not frappe.has_permission(doctype, "read") or not may_see_amounts(doctype):
		raise frappe.PermissionError
	return visible(doctype)


def visible(doctype: str) -> Seen:
	"""The same for code that has asked whether its user may know what it says of the bills."""
	kind, user = KINDS[doctype], frappe.session.user
	conditions, values = within(doctype, {kind.party: kind.party_type, "warehouse": "Bottle Warehouse"})
	own = user != "Administrator" and owner_only(doctype, user)
	if own:
		conditions, values = [*conditions, "owner = %s"], [*values, user]
	return Seen(kind, tuple(conditions), tuple(values), own)
