"""The life of a document that moves stock: number, defaults, check, totals, post, cancel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now_datetime, nowdate

from bottle_mfg import posting
from bottle_mfg.alerts import low_stock
from bottle_mfg.controllers.approval import NeedsApproval
from bottle_mfg.controllers.client_document import ClientDocument
from bottle_mfg.controllers.costs import HidesCosts
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.locked_alone import LockedAlone
from bottle_mfg.controllers.numbered import CANCELLED, NumberedDocument
from bottle_mfg.controllers.numbers import MOST_VALUE, day, time_of_day, too_fine
from bottle_mfg.controllers.records import records, value
from bottle_mfg.errors import plain
from bottle_mfg.ledger import VALUE_PLACES, Entry, Movement
from bottle_mfg.posting import background, preview
from bottle_mfg.posting.preview import Effect

DRAFT, SUBMITTED = 0, 1
ACCEPTED = 202


class StockDocument(NeedsApproval, LockedAlone, NumberedDocument, ClientDocument, HidesCosts):
	"""Base of the documents that move stock.

	A subclass names the `warehouse_fields` that say where (the first has a default), and says
	in `check` what is wrong with it, in `set_totals` what follows from its lines, in `movements` what it moves,
	and in `set_costs` what the ledger found it cost.
	"""

	warehouse_fields: ClassVar[tuple[str, ...]] = ("warehouse",)

	left_open = ("posting_time",)
	"""Empty, it means the moment of submit, which for a draft is later: with the draft's own time the document would
	lie before what others moved meanwhile."""

	@classmethod
	def filled_in(cls) -> set[str]:
		return {"date", cls.warehouse_fields[0]}

	def check(self, faults: Faults) -> None:
		raise NotImplementedError

	def set_totals(self) -> None:
		raise NotImplementedError

	def movements(self) -> list[Movement]:
		raise NotImplementedError

	def set_costs(self, entries: Sequence[Entry]) -> None:
		raise NotImplementedError

	def before_validate(self) -> None:
		self.date = self.date or nowdate()
		usual = self.warehouse_fields[0]
		self.set(usual, self.get(usual) or default_warehouse())

	def validate(self) -> None:
		faults = Faults(self)
		self._check_when(faults)
		for fieldname in self.warehouse_fields:
			refuse_disabled(faults, "Bottle Warehouse", fieldname)
		self.check_amended(faults)
		self.check(faults)
		faults.missing()
		faults.throw()
		self.set_totals()
		self._check_size(faults)
		faults.throw()
		self.note_approval()

	def needs(self) -> Any:
		# A replay holds balances when it rewrites documents. A cancel has to lock in this order, too.
		cancels = self.docstatus == CANCELLED and not self.is_new() and isinstance(self.name, str)
		return posting.keys_to_cancel(self.doctype, self.name) if cancels else None

	def hold(self, needs: Any) -> None:
		if needs:
			posting.hold_keys(needs)

	def refresh_amount(self) -> None:
		self.set_totals()

	def before_submit(self) -> None:
		self.require_approval()
		large = self._too_large()
		if large:
			self.docstatus = DRAFT
			self._action = "save"
			self.set_totals()
			self.note_left_to_worker()
			self._queue("Submit", large)
		else:
			self.post()
			self.require_approved_amount()

	def before_cancel(self) -> None:
		large = self._too_large(posted=True)
		if large:
			self.docstatus = SUBMITTED
			self._action = "update_after_submit"
			self._queue("Cancel", large)
			return
		self.unpost()
		if self.meta.has_field("status"):
			self.status = "Cancelled"
		self.note_cancelled()

	def post(self) -> None:
		"""Enter the document into the ledger and take over what that found."""
		posted = posting.post(self.voucher(), self.flags.correction_progress)
		self.posting_time = posted.posting_datetime.time()
		self.set_costs(posted.entries)
		low_stock.note(posted.changes)

	def unpost(self) -> None:
		"""Take the document out of the ledger."""
		low_stock.note(posting.cancel(self.voucher(), self.flags.correction_progress))

	def rehearse(self) -> None:
		"""Settle for a preview what a submit settles under its locks."""

	def effect_of_submit(self) -> Effect:
		"""What submitting this draft would change of the past. Raises what a submit raises for its content."""
		fresh = self.is_new() or not self.name
		if fresh:
			self.owner = frappe.session.user
		self.check_permission("create" if fresh else "write")
		self.check_permission("submit")
		self.docstatus = SUBMITTED
		self._action = "submit"
		self.before_validate()
		self._validate_links()
		for number, row in enumerate(self.get_all_children(), 1):
			row.name = row.name or f"line-{number}"  # what is moved for different lines is told apart by it
		self.validate()
		self.rehearse()
		return preview.of_post(self.voucher())

	def effect_of_cancel(self) -> Effect:
		"""What cancelling this document would change of the past. Raises what a cancel raises for that."""
		self.check_permission("cancel")
		return preview.of_cancel(self.voucher())

	def _too_large(self, *, posted: bool = False) -> posting.LargeCorrection | None:
		"""What of the past this changes, if it is more than a user should wait for and no worker does it."""
		if self.flags.correction_progress or not (posted or self._is_past()):
			return None
		return posting.measure(self.voucher(), posted=posted)

	def _is_past(self) -> bool:
		return bool(self.posting_time) or str(self.date) != nowdate()

	def _queue(self, action: str, large: posting.LargeCorrection) -> None:
		"""Leave to a worker what would take longer than a user should wait, and say so: 202 Accepted."""
		self.numbered()
		accepted = background.queue(action, self, large)
		frappe.local.response.update(accepted, http_status_code=ACCEPTED)
		sentence = _(
			"This corrects up to {0} entries of the ledger. It runs in the background; {1} shows how far it is."
		)
		many = plain(Decimal(large.entries))
		frappe.msgprint(sentence.format(many, _("Bottle Correction")), indicator="blue", alert=True)

	def onload(self) -> None:
		"""Tell the form which corrections under way may change what it shows, or why the document's own failed."""
		super().onload()
		under_way = background.reaching(self.doctype, self.name, self._posted())
		if under_way:
			self.set_onload("corrections", under_way)
		failed = background.why_failed(self)
		if failed:
			self.set_onload("correction_failed", failed)

	def _posted(self) -> datetime | None:
		on, at = day(self.date), time_of_day(self.posting_time)
		return datetime.combine(on, at) if self.docstatus == SUBMITTED and on and at else None

	def voucher(self) -> posting.Voucher:
		"""What this document asks of the ledger."""
		return posting.Voucher(
			self.doctype, self.numbered, day(self.date), time_of_day(self.posting_time), self.movements()
		)

	def _check_when(self, faults: Faults) -> None:
		now = now_datetime()
		on = self.check_day(faults)
		at = time_of_day(self.posting_time)
		if at and on == now.date() and at > now.time():
			faults.add("posting_time", _("The time lies in the future"), "time_past")

	def _check_size(self, faults: Faults) -> None:
		for field in self.meta.fields:
			if field.fieldtype == "Currency" and abs(self.get(field.fieldname) or 0) > MOST_VALUE:
				faults.add(field.fieldname, _("{0} is too large").format(_(field.label)), "less_than_equal")


def default_warehouse() -> str | None:
	"""The warehouse that documents use unless they say otherwise."""
	return frappe.db.get_single_value("Bottle Mfg Settings", "default_warehouse")


def default_blow_cost() -> float:
	"""What blowing one preform costs unless the document says otherwise, in currency."""
	return frappe.db.get_single_value("Bottle Mfg Settings", "default_blow_cost_per_unit") or 0


def refuse_disabled(faults: Faults, doctype: str, fieldname: str, row: Document | None = None) -> None:
	"""Note a fault where the linked record is disabled."""
	name = (row or faults.doc).get(fieldname)
	if name and value(doctype, name, "disabled"):
		faults.add(fieldname, _("{0} {1} is disabled").format(_(doctype), name), "disabled", row)


def items_by_code(codes: Iterable[str]) -> dict[str, Any]:
	"""The properties of items that documents check."""
	return records("Bottle Item", codes, ("item_type", "uom", "disabled", "selling_price"))


def check_item(faults: Faults, items: dict[str, Any], fieldname: str, row: Document | None = None) -> Any:
	"""The item of a field, with a fault noted where it is disabled; an empty one where there is none."""
	item = items.get((row or faults.doc).get(fieldname)) or frappe._dict()
	if item.disabled:
		faults.add(fieldname, _("Item {0} is disabled").format(item.name), "disabled", row)
	return item


def money(doc: Document, fieldname: str, amount: Decimal) -> Decimal:
	"""An amount as it stands on a bill: rounded half even to what the field's currency has, 4 places at most."""
	return amount.quantize(Decimal(1).scaleb(-money_places(doc, fieldname)))


def money_places(doc: Document, fieldname: str) -> int:
	"""To how many places amounts of a field are rounded."""
	return min(cint(doc.precision(fieldname)), VALUE_PLACES)


def check_money(faults: Faults, fieldname: str) -> None:
	"""Note faults where a field holds no amount that somebody can pay."""
	doc = faults.doc
	amount, places = faults.quantity(fieldname), money_places(doc, fieldname)
	if too_fine(amount, places):
		sentence = _("{0} has more than {1} decimals").format(_(doc.meta.get_label(fieldname)), places)
		faults.add(fieldname, sentence, "decimal_places")
