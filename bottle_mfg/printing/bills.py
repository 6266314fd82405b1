"""A sale or a purchase on paper, or a return of either: lines, totals, and what is paid of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

import frappe
from frappe import _

from bottle_mfg.controllers.numbers import day, stored
from bottle_mfg.ledger import ZERO
from bottle_mfg.payments import bills
from bottle_mfg.payments.access import may_see_amounts
from bottle_mfg.payments.bills import KINDS, OVERDUE, PAID, PARTIAL
from bottle_mfg.printing.paper import Paper
from bottle_mfg.printing.parties import SETTINGS, Bank, Party, bank, partner
from bottle_mfg.printing.sheets import LINE, PADDING, SMALL, Sheet, in_sheets, lines_of, one_sheet
from bottle_mfg.printing.writing import begun

_NAME_ROOM = 30
"""Characters of an item's name that fit on a line."""

_RUPEES = "INR"


@dataclass(frozen=True)
class Line:
	"""A line of a bill. `price` is for one, with what blowing it costs; the amount of a return is above zero."""

	idx: int
	item: str
	item_name: str
	hsn: str
	quantity: Decimal
	uom: str
	price: Decimal
	blow_price: Decimal
	amount: Decimal


@dataclass(frozen=True)
class Group:
	"""What the lines of one HSN come to."""

	hsn: str
	quantities: tuple[tuple[str, Decimal], ...]
	amount: Decimal


class Bill(Paper):
	"""Base of the invoice and the purchase bill."""

	def __init__(self, doc: Any) -> None:
		super().__init__(doc)
		self.kind = KINDS[doc.doctype]
		self.is_return = bool(doc.is_return)
		self.shows_amounts = may_see_amounts(doc.doctype)
		self._sign = -1 if self.is_return else 1

	@cached_property
	def partner(self) -> Party:
		return partner(self.kind.party_type, self.doc.get(self.kind.party))

	@cached_property
	def original_date(self) -> str:
		"""Of a return: the day of what it takes back."""
		return self.date(frappe.db.get_value(self.doc.doctype, self.doc.return_against, "date"))

	@cached_property
	def lines(self) -> list[Line]:
		items = {
			item.name: item
			for item in frappe.get_all(
				"Bottle Item",
				filters={"name": ("in", sorted({row.item for row in self.doc.items}))},
				fields=["name", "item_name", "hsn_code", "uom"],
			)
		}
		return [self._line(row, items.get(row.item) or frappe._dict()) for row in self.doc.items]

	def _line(self, row: Any, item: Any) -> Line:
		blow_price = stored(row.get("blow_price"))
		return Line(
			row.idx,
			row.item,
			begun(item.item_name or row.item),
			item.hsn_code or "",
			stored(row.quantity),
			_(item.uom) if item.uom else "",
			stored(row.unit_price) + blow_price,
			blow_price,
			stored(row.amount) * self._sign,
		)

	def sheets(self, letter_head: str | None = None) -> list[Sheet[Line]]:
		"""The lines as they stand on pages; on a single one where the engine breaks it itself."""
		if self.breaks_pages:
			return one_sheet(self.lines)
		above = self.height_of_head(self.partner, letter_head)
		return in_sheets(self.lines, [_height(line) for line in self.lines], above, self._height_of_foot())

	def _height_of_foot(self) -> int:
		return 300

	@cached_property
	def total(self) -> Decimal:
		return stored(self.doc.get(self.kind.total)) * self._sign

	@cached_property
	def quantities(self) -> tuple[tuple[str, Decimal], ...]:
		"""What the lines come to, by unit."""
		return _quantities(self.lines)

	@cached_property
	def by_hsn(self) -> list[Group]:
		"""What the lines come to by HSN; empty where no item has one."""
		groups: dict[str, list[Line]] = defaultdict(list)
		for line in self.lines:
			groups[line.hsn].append(line)
		if not any(groups):
			return []
		return [
			Group(hsn, _quantities(lines), sum((line.amount for line in lines), ZERO))
			for hsn, lines in sorted(groups.items(), key=lambda one: (not one[0], one[0]))
		]

	@cached_property
	def paid(self) -> Decimal:
		"""What was paid of it, or refunded of a return."""
		return stored(self.doc.paid_amount) * self._sign

	@cached_property
	def credited(self) -> Decimal:
		"""What returns took off it; of a return, what it took off its original."""
		return stored(self.doc.credited_amount) * self._sign

	@cached_property
	def outstanding(self) -> Decimal:
		"""What is still to be paid, or to be refunded of a return."""
		return stored(self.doc.outstanding_amount) * self._sign

	@cached_property
	def payment_status(self) -> str:
		"""Pending, Partial, Paid or Overdue as of today, not as of the last payment."""
		outstanding = stored(self.doc.outstanding_amount)
		return bills.status(stored(self.doc.get(self.kind.total)), outstanding, day(self.doc.due_date))

	@property
	def payment_word(self) -> str:
		words = {PAID: _("Paid"), PARTIAL: _("Partly paid"), OVERDUE: _("Overdue")}
		return words.get(self.payment_status, _("Not paid yet"))


class Invoice(Bill):
	"""A sale. What the goods cost and what was earned is no part of it, whoever prints it."""

	@property
	def title(self) -> str:
		if self.is_return:
			return _("Credit Note")
		return _(frappe.get_cached_doc(SETTINGS).invoice_title or "Invoice")

	@property
	def place_of_supply(self) -> str:
		"""Where the goods are handed over: what is stated, or where the customer is or, if that isn't known, the factory."""
		return self.partner.place_of_supply or self.partner.state or self.seller.state

	@property
	def bank(self) -> Bank:
		return bank()

	@property
	def terms(self) -> list[str]:
		return str(frappe.get_cached_doc(SETTINGS).invoice_terms or "").splitlines()

	def _height_of_foot(self) -> int:
		return 270 + SMALL * (len(self.by_hsn) + len(self.terms))

	@property
	def upi(self) -> str:
		"""What a customer's phone opens to pay what is outstanding; empty where that can't be done."""
		valid = self.doc.docstatus == 1 and not self.is_return and self.outstanding > 0
		if not (valid and self.bank.upi_id and frappe.db.get_default("currency") == _RUPEES):
			return ""
		asked = {
			"pa": self.bank.upi_id,
			"pn": frappe.get_cached_doc(SETTINGS).legal_name or "",
			"am": f"{self.outstanding:.2f}",
			"cu": _RUPEES,
			"tn": self.number,
		}
		return f"upi://pay?{urlencode(asked, quote_via=quote, safe='@')}"


class PurchaseBill(Bill):
	"""A purchase as the factory entered it. Prices only for who may see what was paid."""

	@property
	def title(self) -> str:
		if self.is_return:
			return _("Debit Note")
		return _("Purchase Bill") if self.shows_amounts else _("Goods Received")

	@property
	def other_charges(self) -> Decimal:
		"""Freight and the like; of a return, what of it comes back."""
		return stored(self.doc.other_charges)


def _height(line: Line) -> int:
	"""What a line takes in pixels."""
	code = line.item if line.item not in line.item_name else ""
	name = LINE * lines_of(line.item_name, _NAME_ROOM) + (SMALL * lines_of(code, _NAME_ROOM) if code else 0)
	return PADDING + max(name, LINE + SMALL if line.blow_price else LINE)


def _quantities(lines: list[Line]) -> tuple[tuple[str, Decimal], ...]:
	sums: dict[str, Decimal] = defaultdict(Decimal)
	for line in lines:
		sums[line.uom] += line.quantity
	return tuple(sorted(sums.items()))
