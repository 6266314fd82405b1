"""A customer's account on paper: what was billed and paid in some days, and how old what he owes is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from bottle_mfg.ledger import ZERO
from bottle_mfg.payments.bills import KINDS
from bottle_mfg.printing.paper import Paper
from bottle_mfg.printing.parties import Bank, Party, bank, partner
from bottle_mfg.printing.sheets import LINE, PADDING, SMALL, Sheet, in_sheets, one_sheet
from bottle_mfg.reporting import ageing_table
from bottle_mfg.reporting.access import allowed
from bottle_mfg.reporting.ageing import Open, outstanding
from bottle_mfg.reporting.bills import Seen, seen
from bottle_mfg.reporting.statements import BILL, PAYMENT, REFUND, RETURN, Line, Statement, statement

FORMAT = "Bottle Customer Account"
USUAL = timedelta(days=90)
"""The days of a statement of which nobody said what days it is of."""


_HEIGHT_OF_FOOT = 320
"""Pixels."""


@dataclass(frozen=True)
class Asked:
	"""The days that a statement is of. `whole` is the customer's own: with every bill, whoever wrote it."""

	first: date
	last: date
	whole: bool = False


class StatementPaper(Paper):
	"""A customer's account. Raises `PermissionError` where the user may see no sales of the customer."""

	def __init__(self, doc: Any) -> None:
		super().__init__(doc)
		today = getdate(nowdate())
		asked: Asked = frappe.flags.bottle_statement or Asked(today - USUAL, today)
		self.first, self.last = asked.first, asked.last
		self._seen = Seen(KINDS["Bottle Sale"], (), (), own=False) if asked.whole else _seen(doc.name)

	@property
	def title(self) -> str:
		return _("Statement of Account")

	@property
	def note(self) -> str | None:
		"""What a reader has to know about the figures."""
		return self._seen.note()

	@cached_property
	def partner(self) -> Party:
		return partner("Bottle Customer", self.doc.name)

	@property
	def bank(self) -> Bank:
		return bank()

	@cached_property
	def account(self) -> Statement:
		return statement(self._seen, self.doc.name, self.first, self.last)

	def sheets(self, letter_head: str | None = None) -> list[Sheet[Line]]:
		"""The lines as they stand on pages; on a single one where the engine breaks it itself."""
		lines = self.account.lines
		if self.breaks_pages:
			return one_sheet(lines)
		heights = [PADDING + LINE + (SMALL if line.of else 0) for line in lines]
		above = self.height_of_head(self.partner, letter_head) + PADDING + LINE
		return in_sheets(lines, heights, above, _HEIGHT_OF_FOOT)

	def what(self, line: Line) -> str:
		"""What a line is called."""
		names = {BILL: _("Invoice"), RETURN: _("Credit Note"), PAYMENT: _("Payment"), REFUND: _("Refund")}
		return names[line.what]

	@cached_property
	def open_bills(self) -> list[Open]:
		"""What was outstanding at the end of the last day."""
		return outstanding(self._seen, self.last, self.doc.name)

	@cached_property
	def ages(self) -> list[tuple[str, Decimal]]:
		"""What was outstanding, by how late it was; the names of the parts as they are headed."""
		sums = dict.fromkeys(ageing_table.PARTS, ZERO)
		for one in self.open_bills:
			sums[ageing_table.age(one, self.last)] += one.outstanding
		return [(label, sums[part]) for part, label in ageing_table.labels().items()]

	@property
	def overdue(self) -> Decimal:
		return sum((one.outstanding for one in self.open_bills if one.days_late(self.last)), ZERO)


def _seen(customer: str) -> Seen:
	found = seen("Bottle Sale")
	customers = allowed("Bottle Customer", "Bottle Sale")
	if customers is not None and customer not in customers:
		raise frappe.PermissionError
	return found
