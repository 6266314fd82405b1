from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import nowdate

from bottle_mfg import workflows
from bottle_mfg.controllers.approval import RULES
from bottle_mfg.controllers.client_document import ClientDocument
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import day, stored


class BottleMfgSettings(ClientDocument):
	"""How this factory works: defaults, and the day up to which the books are closed."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		approve_blows_above: DF.Float
		approve_count_losses_above: DF.Currency
		approve_expenses_above: DF.Currency
		approve_payments_above: DF.Currency
		approve_purchases_above: DF.Currency
		approve_sales_above: DF.Currency
		closed_until: DF.Date | None
		confirm_above: DF.Currency
		default_blow_cost_per_unit: DF.Currency
		default_warehouse: DF.Link | None
		duplicate_days: DF.Int
		entries_in_submit: DF.Int
		financial_year_starts: DF.Literal[
			"January",
			"February",
			"March",
			"April",
			"May",
			"June",
			"July",
			"August",
			"September",
			"October",
			"November",
			"December",
		]
		portal_shows_quantities: DF.Check
		requests_per_minute: DF.Int
	# end: auto-generated types

	def check(self, faults: Faults) -> None:
		for name in ("default_blow_cost_per_unit", "confirm_above", *(rule.limit for rule in RULES.values())):
			faults.price(name)
		if self.closed_until and day(self.closed_until) >= day(nowdate()):
			faults.add("closed_until", _("Only days before today can be closed"), "date_past")

	def on_update(self) -> None:
		before = self.get_doc_before_save() or frappe._dict()
		was = {doctype: stored(before.get(rule.limit)) for doctype, rule in RULES.items()}
		limits = {doctype: stored(self.get(rule.limit)) for doctype, rule in RULES.items()}
		changed = [doctype for doctype in RULES if was[doctype] != limits[doctype]]
		for doctype in changed:
			_judge_drafts(doctype, RULES[doctype].amount, limits[doctype])
		workflows.switch([one for one in changed if not was[one]], on=True)
		workflows.switch([one for one in changed if not limits[one]], on=False)
		if changed or before.get("confirm_above") != self.confirm_above:
			frappe.cache().delete_key("bootinfo")  # forms know the limits from there


def _judge_drafts(doctype: str, amount: str, limit: Decimal) -> None:
	"""Say anew which drafts need approval. They are looked for without a lock: of all documents they are few."""
	drafts = frappe.db.sql(
		f"select name, needs_approval, cast(abs(`{amount}`) as char) from `tab{doctype}` where docstatus = 0"
	)
	for name, needs, figure in drafts:
		above = bool(limit) and stored(figure) > limit
		if bool(needs) != above:
			frappe.db.set_value(doctype, name, "needs_approval", int(above), update_modified=False)
