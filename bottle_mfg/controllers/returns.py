"""What a return of goods has beyond a sale or purchase: a document that it is against, of which it takes back parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, NoReturn, cast

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, nowdate

from bottle_mfg.controllers.billed import BilledDocument
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import day, stored, time_of_day
from bottle_mfg.controllers.opening import check_opening_bill
from bottle_mfg.controllers.stock_document import (
	CANCELLED,
	SUBMITTED,
	check_item,
	items_by_code,
	money,
	money_places,
	refuse_disabled,
)
from bottle_mfg.errors import (
	Fault,
	HasReturnsError,
	InvalidValueError,
	OverReturnError,
	TooMany,
	plain,
	throw,
)
from bottle_mfg.ledger import ZERO
from bottle_mfg.ledger.parts import Part, share_of, take
from bottle_mfg.posting import returned
from bottle_mfg.posting.returned import Returned


@dataclass(frozen=True)
class Claim:
	"""A part of a line of the original."""

	line: Document
	part: Part

	def share(self, amount: Decimal, places: int) -> Decimal:
		"""What of an amount of the whole line belongs to the part."""
		return share_of(amount, self.part, stored(self.line.quantity), places)


@dataclass
class _Left:
	"""A line of the original and which of its units have come back."""

	line: Document
	taken: list[Part] = field(default_factory=list)

	@property
	def returned(self) -> Decimal:
		return sum((part.quantity for part in self.taken), ZERO)

	def take(self, wanted: Decimal) -> list[Claim]:
		whole = stored(self.line.quantity)
		quantity = min(wanted, whole - self.returned)
		if not quantity:
			return []
		parts = take(self.taken, whole, quantity)
		self.taken += parts
		return [Claim(self.line, part) for part in parts]


class ReturnableDocument(BilledDocument):
	"""Base of Bottle Sale and Bottle Purchase: with `is_return` its goods go the way back.

	A return has quantities above zero and amounts below it. Which units of the original it takes back is settled
	under a lock when it is submitted; a draft shows what it would come to now. A subclass names the `prices` of a
	line, and says whether a return may state `lower_prices`.
	"""

	prices: ClassVar[tuple[str, ...]]
	lower_prices: ClassVar[bool]

	@classmethod
	def filled_in(cls) -> set[str]:
		return {cls.partner, *super().filled_in()}

	@property
	def original(self) -> Any:
		"""The document whose goods come back; None where none such is named."""
		name = self.return_against if self.is_return else None
		if not name or not isinstance(name, str):
			return None
		known = self.flags.original
		if not known or known.name != name:
			known = frappe.get_doc(self.doctype, name) if frappe.db.exists(self.doctype, name) else None
			self.flags.original = known
		return known

	def onload(self) -> None:
		super().onload()
		if self.docstatus == SUBMITTED and not self.is_return:
			self.set_onload("came_back", _came_back(self))

	def before_validate(self) -> None:
		super().before_validate()
		self.flags.claims = None
		original = self.original
		if original:
			self.set(self.partner, self.get(self.partner) or original.get(self.partner))
			self.due_date = self.due_date or self.date
		for row in self.items:
			row.returned_start = 0
			if not self.is_return:
				row.against_row = None
			elif original:
				self._complete(row)

	def _complete(self, row: Document) -> None:
		"""Fill in what a line of a return leaves to the original."""
		for line in self._lines(row)[:1]:
			row.item = row.item or line.item
			for price in self.prices:
				if row.get(price) is None:
					row.set(price, line.get(price))

	def check(self, faults: Faults) -> None:
		items = items_by_code(row.item for row in self.items)
		if self.is_return:  # of goods and by people that may be out of use by now
			items = {code: frappe._dict(item, disabled=0) for code, item in items.items()}
		else:
			refuse_disabled(faults, self.meta.get_field(self.partner).options, self.partner)
		for row in self.items:
			item = check_item(faults, items, "item", row)
			faults.quantity("quantity", row, whole=item.uom == "pcs")
			for price in self.prices:
				faults.price(price, row)
		check_opening_bill(faults)
		if self.is_return:
			self._check_return(faults)
		elif self.return_against:
			faults.add("return_against", _("Only a return is against a document"), "is_return")

	def _check_return(self, faults: Faults) -> None:
		if not self.return_against:
			faults.add("return_against", _("Say what the goods were sold or bought with"), "missing")
		original = self.original
		if original is None:
			return
		if not self.flags.ignore_permissions:
			original.check_permission("read")
		if original.docstatus != SUBMITTED:
			faults.add("return_against", _("{0} is not submitted").format(original.name), "not_submitted")
		if original.is_return:
			faults.add("return_against", _("{0} is a return itself").format(original.name), "is_return")
		if self.get(self.partner) and self.get(self.partner) != original.get(self.partner):
			sentence = _("{0} was with {1}").format(original.name, original.get(self.partner))
			faults.add(self.partner, sentence, "partner")
		self._check_not_before(faults, original)
		for row in self.items:
			self._check_line(faults, row)

	def _check_not_before(self, faults: Faults, original: Any) -> None:
		on, at = day(self.date), time_of_day(self.posting_time)
		since, sold_at = day(original.date), time_of_day(original.posting_time)
		if on and since and on < since:
			sentence = _("{0} is of {1}: nothing came back before").format(original.name, formatdate(since))
			faults.add("date", sentence, "return_date")
		elif on == since and at and sold_at and at < sold_at:
			sentence = _("{0} is of {1}: nothing came back before").format(original.name, sold_at)
			faults.add("posting_time", sentence, "return_date")

	def _check_line(self, faults: Faults, row: Document) -> None:
		lines = self._lines(row)
		if row.item and not any(line.item == row.item for line in lines):
			name = "against_row" if row.against_row else "item"
			sentence = _("{0} has no such line of {1}").format(self.original.name, row.item)
			faults.add(name, sentence, "not_in_original", row)
			return
		for price in self.prices:
			usual = [stored(line.get(price)) for line in lines] or [ZERO]
			stated, label = stored(row.get(price)), _(row.meta.get_label(price))
			if stated > max(usual):
				sentence = _("{0} is above the {1} of {2}").format(
					label, plain(max(usual)), self.original.name
				)
				faults.add(price, sentence, "less_than_equal", row)
			elif not self.lower_prices and stated not in usual:
				sentence = _("{0} has to be the {1} of {2}").format(
					label, plain(usual[0]), self.original.name
				)
				faults.add(price, sentence, "price_of_original", row)

	def amounts(self) -> list[Decimal]:
		"""What each line comes to on the bill: below zero in a return."""
		if self.is_return:
			return [
				-sum((self._credit(row, claim) for claim in claims), ZERO)
				for row, claims in zip(self.items, self.claims(), strict=True)
			]
		return [
			money(row, "amount", stored(row.quantity) * sum(stored(row.get(price)) for price in self.prices))
			for row in self.items
		]

	def _credit(self, row: Document, claim: Claim) -> Decimal:
		"""The part's share of what was billed, so that returns of all units come to all of it; less where stated."""
		prices = [self._price(row, claim, price) for price in self.prices]
		if prices == [stored(claim.line.get(price)) for price in self.prices]:
			return claim.share(stored(claim.line.amount), money_places(row, "amount"))
		return money(row, "amount", claim.part.quantity * sum(prices, ZERO))

	def _price(self, row: Document, claim: Claim, price: str) -> Decimal:
		"""The price of a part: that of its line, unless a lower one is stated that is the price of no line."""
		usual, stated = stored(claim.line.get(price)), stored(row.get(price))
		if stated in [stored(line.get(price)) for line in self._lines(row)]:
			return usual
		return min(usual, stated)

	def claims(self) -> list[list[Claim]]:
		"""The parts that each line of a return takes back; of a draft, those that it would take back now.

		Raises `OverReturnError` where not so many are left.
		"""
		settled = cast("list[list[Claim]] | None", self.flags.claims)
		return settled or self._claim(returned.read(self.original.name))

	def settled(self) -> list[Claim]:
		"""The part that each line of a submitted return has taken back; of a draft, the likely line of each."""
		return [
			Claim(self._lines(row)[0], Part(stored(row.returned_start), stored(row.quantity)))
			for row in self.items
		]

	def hold(self, needs: Any) -> None:
		if needs:  # a cancel: what the client says of the document is not restored yet
			original = frappe.db.get_value(self.doctype, self.name, "return_against")
			returned.hold(self.doctype, original or self.name)
		super().hold(needs)

	def post(self) -> None:
		if not self.is_return:
			super().post()
			return
		held = returned.hold(self.doctype, self.original.name)
		self._take_back(held)
		self.set_totals()
		super().post()
		if self.docstatus == SUBMITTED:  # else it is left to a worker, who will take back what is left then
			returned.save(held)
			self.credit_original(self.original.name)

	def rehearse(self) -> None:
		if self.is_return:
			self._take_back(returned.read(self.original.name))
			self.set_totals()

	def unpost(self) -> None:
		held = returned.hold(self.doctype, self.return_against if self.is_return else self.name)
		if self.is_return:
			held.give_up(row.name for row in self.items)
		elif held.rows():
			_refuse_cancel(self, held.rows())
		else:
			held.is_cancelled = True
		super().unpost()
		if self.docstatus == CANCELLED:
			returned.save(held)
			if self.is_return:
				self.take_credit_back(self.return_against)

	def _lines(self, row: Document) -> list[Any]:
		"""The lines of the original that a line may take back from: the one it names, else those of its item."""
		if row.against_row:
			return [line for line in self.original.items if line.name == row.against_row]
		return [line for line in self.original.items if line.item == row.item]

	def _claim(self, held: Returned) -> list[list[Claim]]:
		left = {line.name: _Left(line, [*held.of_line(line.name)]) for line in self.original.items}
		found: dict[int, list[Claim]] = {}
		too_many = []
		for row in sorted(self.items, key=lambda row: not row.against_row):
			wanted = stored(row.quantity)
			lines = [left[line.name] for line in self._lines(row)]
			whole = sum((stored(one.line.quantity) for one in lines), ZERO)
			gone = sum((one.returned for one in lines), ZERO)
			if wanted > whole - gone:
				too_many.append(TooMany(row.idx - 1, row.item, whole, gone, wanted))
			found[row.idx] = _from_several(lines, wanted)
		if too_many:
			throw(OverReturnError(too_many))
		return [found[row.idx] for row in self.items]

	def _take_back(self, held: Returned) -> None:
		"""Settle which parts come back; a line that needs several becomes as many lines."""
		if held.is_cancelled:
			sentence = _("{0} was cancelled meanwhile").format(self.original.name)
			throw(InvalidValueError([Fault(("return_against",), sentence, "not_submitted")]))
		rows = []
		for row, claims in zip([*self.items], self._claim(held), strict=True):
			for number, claim in enumerate(claims):
				one = self._copy(row) if number else row
				prices = {price: float(self._price(row, claim, price)) for price in self.prices}
				one.quantity, one.returned_start = float(claim.part.quantity), float(claim.part.start)
				one.against_row = claim.line.name
				one.update(prices)
				held.parts[claim.line.name][one.name] = claim.part
				rows.append(one)
		self.items = rows
		for number, row in enumerate(rows, 1):
			row.idx = number
		self.flags.claims = [[claim] for claim in self.settled()]

	def _copy(self, row: Document) -> Any:
		copy = self.append("items", {one.fieldname: row.get(one.fieldname) for one in row.meta.fields})
		for name in ("owner", "creation", "modified", "modified_by", "docstatus"):
			copy.set(name, row.get(name), as_value=True)
		copy.name = frappe.generate_hash(length=10)
		return copy


def draft_return(original: Any) -> Any:
	"""A return, not yet saved, of all that has not come back of a submitted document.

	Raises `InvalidValueError` for a document of which nothing can come back.
	"""
	held = returned.read(original.name)
	lines = [(line, _Left(line, [*held.of_line(line.name)])) for line in original.items]
	left = [(line, stored(line.quantity) - one.returned) for line, one in lines]
	sentence = None
	if original.docstatus != SUBMITTED or original.is_return:
		sentence = _("Goods come back of a submitted sale or purchase only")
	elif not any(quantity for _line, quantity in left):
		sentence = _("All of {0} has come back").format(original.name)
	if sentence:
		throw(InvalidValueError([Fault(("name",), sentence, "nothing_left")]))
	draft = frappe.new_doc(original.doctype)
	draft.update({"is_return": 1, "return_against": original.name, "date": nowdate(), "posting_time": None})
	for name in (original.partner, "warehouse"):
		draft.set(name, original.get(name))
	draft.items = []
	for line, quantity in left:
		if quantity:
			values = {name: line.get(name) for name in ("item", *original.prices)}
			draft.append("items", values | {"quantity": float(quantity), "against_row": line.name})
	draft.set_totals()
	return draft


def _from_several(lines: Sequence[_Left], wanted: Decimal) -> list[Claim]:
	claims: list[Claim] = []
	for line in lines:
		more = line.take(wanted)
		wanted -= sum((claim.part.quantity for claim in more), ZERO)
		claims += more
	return claims


def _refuse_cancel(doc: Document, rows: Collection[str]) -> NoReturn:
	documents = _parents(doc, rows)
	sentence = _("Goods of {0} came back: {1}. Cancel that first.").format(doc.name, ", ".join(documents))
	throw(HasReturnsError(sentence, returns=documents))


def _came_back(doc: Document) -> dict[str, Any]:
	"""What the form shows of it: quantities by line, and the returns that the user may see."""
	held = returned.read(doc.name)
	quantities = {
		line.name: float(sum((part.quantity for part in held.of_line(line.name)), ZERO)) for line in doc.items
	}
	names = _parents(doc, held.rows())
	seen = frappe.get_list(doc.doctype, filters={"name": ("in", names)}, pluck="name") if names else []
	return {"quantities": quantities, "returns": sorted(seen)}


def _parents(doc: Document, rows: Collection[str]) -> list[str]:
	table = doc.meta.get_field("items").options
	names = frappe.get_all(table, filters={"name": ("in", [*rows])}, pluck="parent") if rows else []
	return sorted(set(names))
