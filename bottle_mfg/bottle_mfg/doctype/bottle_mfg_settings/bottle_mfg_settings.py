from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, nowdate

from bottle_mfg import workflows
from bottle_mfg.alerts import afterwards, known, low_stock
from bottle_mfg.alerts.kinds import LIMITS, STATES, SWITCHES
from bottle_mfg.controllers.approval import RULES
from bottle_mfg.controllers.client_document import ClientDocument
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.fields import LONGEST_NAME
from bottle_mfg.controllers.numbers import day, stored, time_of_day
from bottle_mfg.controllers.tax_ids import tidied
from bottle_mfg.floor import reasons
from bottle_mfg.floor.offered import SHIFTS, lines


class BottleMfgSettings(ClientDocument):
	"""How this factory works: defaults, and the day up to which the books are closed."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		alert_corrections: DF.Check
		alert_count_losses: DF.Check
		alert_low_stock: DF.Check
		alert_overdue: DF.Check
		alert_rejects: DF.Check
		alerts_by_email: DF.Check
		approve_blows_above: DF.Float
		approve_count_losses_above: DF.Currency
		approve_expenses_above: DF.Currency
		approve_payments_above: DF.Currency
		approve_purchases_above: DF.Currency
		approve_sales_above: DF.Currency
		bank_account: DF.Data | None
		bank_code: DF.Data | None
		bank_name: DF.Data | None
		closed_until: DF.Date | None
		confirm_above: DF.Currency
		count_loss_above: DF.Currency
		default_blow_cost_per_unit: DF.Currency
		default_warehouse: DF.Link | None
		duplicate_days: DF.Int
		entries_in_submit: DF.Int
		evening_from: DF.Time | None
		factory_address: DF.SmallText | None
		factory_email: DF.Data | None
		factory_phone: DF.Data | None
		factory_state: DF.Data | None
		factory_tax_id: DF.Data | None
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
		invoice_terms: DF.SmallText | None
		invoice_title: DF.Literal["Invoice", "Bill of Supply"]
		legal_name: DF.Data | None
		machines: DF.SmallText | None
		morning_from: DF.Time | None
		night_from: DF.Time | None
		portal_shows_quantities: DF.Check
		reject_reasons: DF.SmallText | None
		reject_rate_above: DF.Float
		requests_per_minute: DF.Int
		upi_id: DF.Data | None
	# end: auto-generated types

	def before_validate(self) -> None:
		self.factory_tax_id = tidied(self.factory_tax_id)

	def check(self, faults: Faults) -> None:
		limits = (*(rule.limit for rule in RULES.values()), *LIMITS.values())
		for name in ("default_blow_cost_per_unit", "confirm_above", *limits):
			faults.price(name)
		if self.closed_until and day(self.closed_until) >= day(nowdate()):
			faults.add("closed_until", _("Only days before today can be closed"), "date_past")
		self._check_floor(faults)

	def _check_floor(self, faults: Faults) -> None:
		for name in ("machines", "reject_reasons"):
			if any(len(one) > LONGEST_NAME for one in lines(self.get(name))):
				label = _(self.meta.get_label(name))
				faults.add(name, _("{0}: a line is too long").format(label), "string_too_long")
		starts = [time_of_day(self.get(field)) for field in SHIFTS.values() if self.get(field) is not None]
		if len(set(starts)) < len(starts):
			faults.add("morning_from", _("Two shifts begin at the same time"), "duplicate")

	def on_update(self) -> None:
		before = self.get_doc_before_save() or frappe._dict()
		was = {doctype: stored(before.get(rule.limit)) for doctype, rule in RULES.items()}
		limits = {doctype: stored(self.get(rule.limit)) for doctype, rule in RULES.items()}
		changed = [doctype for doctype in RULES if was[doctype] != limits[doctype]]
		for doctype in changed:
			_judge_drafts(doctype, RULES[doctype].amount, limits[doctype])
		workflows.switch([one for one in changed if not was[one]], on=True)
		workflows.switch([one for one in changed if not limits[one]], on=False)
		if before.get("reject_reasons") != self.reject_reasons:
			reasons.offer(self.reject_reasons)
		for kind in STATES:
			if cint(before.get(SWITCHES[kind])) != cint(self.get(SWITCHES[kind])):
				_begin_anew(kind)
		if changed or any(before.get(name) != self.get(name) for name in ("confirm_above", "machines")):
			frappe.cache().delete_key("bootinfo")  # forms know the limits from there


def _begin_anew(kind: str) -> None:
	"""A kind of alerts was switched off or on: nobody looks what is over meanwhile, so that all of it is news."""
	known.forget_all(kind)
	afterwards.after_commit(low_stock.forget_levels)


def _judge_drafts(doctype: str, amount: str, limit: Decimal) -> None:
	"""Say anew which drafts need approval. They are looked for without a lock: of all documents they are few."""
	drafts = frappe.db.sql(
		f"select name, needs_approval, cast(abs(`{amount}`) as char) from `tab{doctype}` where docstatus = 0"
	)
	for name, needs, figure in drafts:
		above = bool(limit) and stored(figure) > limit
		if bool(needs) != above:
			frappe.db.set_value(doctype, name, "needs_approval", int(above), update_modified=False)
