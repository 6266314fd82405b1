"""What every print has in common: the factory, marks, and figures as the site writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, fmt_money, formatdate, money_in_words, nowdate

from bottle_mfg.controllers.numbers import day, stored
from bottle_mfg.direction import direction
from bottle_mfg.printing.engine import breaks_pages
from bottle_mfg.printing.parties import Party, seller
from bottle_mfg.printing.qr import qr
from bottle_mfg.printing.sheets import SMALL

_MARK, _LETTER_HEAD = 50, 160
"""Pixels: what a mark takes, and what is left for a letter head."""

RATE_PLACES = 4
QUANTITY_PLACES = 3


class Paper:
	"""The view of one document. Templates read its attributes and call its methods; all they are given is text
	that they have to escape.
	"""

	title: str

	def __init__(self, doc: Any) -> None:
		self.doc = doc
		self.number = str(doc.name)

	@property
	def seller(self) -> Party:
		return seller()

	@property
	def mark(self) -> str:
		"""What says that this paper is worth nothing yet, or no more; empty where it is valid."""
		if not self.doc.meta.is_submittable or self.doc.docstatus == 1:
			return ""
		if self.doc.docstatus == 2:
			return _("Cancelled")
		return _("Draft: waits for approval") if self.doc.get("needs_approval") else _("Draft")

	@property
	def currency(self) -> str:
		"""The site's currency as its amounts are headed: its symbol, or its code."""
		code = frappe.db.get_default("currency") or ""
		symbol = frappe.db.get_value("Currency", code, "symbol", cache=True) if code else None
		return _(symbol) if symbol else code

	@property
	def direction(self) -> str:
		return direction()

	@cached_property
	def breaks_pages(self) -> bool:
		"""Whether what makes the PDF repeats the heads of tables and pages; otherwise the view breaks the table."""
		return breaks_pages()

	def money(self, amount: Any) -> str:
		"""An amount with the currency."""
		return frappe.format_value(stored(amount), {"fieldtype": "Currency"})

	def amount(self, amount: Any) -> str:
		"""An amount for a column that is headed by the currency."""
		return fmt_money(stored(amount), precision=_money_places())

	def rate(self, price: Any) -> str:
		"""A price of one, with as many decimals as it has."""
		price = round(stored(price), RATE_PLACES)
		return fmt_money(price, precision=max(_money_places(), _places(price)))

	def quantity(self, quantity: Any) -> str:
		"""A quantity, with as many decimals as it has."""
		quantity = round(stored(quantity), QUANTITY_PLACES)
		return fmt_money(quantity, precision=_places(quantity))

	def percent(self, share: Decimal) -> str:
		"""A share of one, as a percentage."""
		return f"{(share * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)} %"

	def words(self, amount: Any) -> str:
		"""An amount in words, without its sign."""
		return money_in_words(float(abs(stored(amount))))

	def date(self, value: Any) -> str:
		found = day(value)
		return formatdate(found) if found else ""

	def today(self) -> str:
		return formatdate(nowdate())

	def qr(self, text: str) -> str:
		return qr(text)

	def height_of_head(self, partner: Party, letter_head: str | None) -> int:
		"""What stands above the table of the first sheet takes about so much, in pixels."""
		places = sum(36 + SMALL * (len(party.address) + 3) for party in (self.seller, partner))
		return places + 40 + (_MARK if self.mark else 0) + (_LETTER_HEAD if letter_head else 0)


def _money_places() -> int:
	return cint(frappe.get_precision("Bottle Sale", "total_price"))


def _places(number: Decimal) -> int:
	return max(-cint(number.normalize().as_tuple().exponent), 0)
