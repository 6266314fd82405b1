"""The life of a document that says what was paid: number, date, check, approval, closed periods."""

from __future__ import annotations

from frappe.utils import nowdate

from bottle_mfg.controllers.approval import NeedsApproval
from bottle_mfg.controllers.client_document import ClientDocument
from bottle_mfg.controllers.duplicates import WarnsOfDuplicates
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.locked_alone import LockedAlone
from bottle_mfg.controllers.numbered import NumberedDocument
from bottle_mfg.controllers.numbers import day
from bottle_mfg.controllers.stock_document import check_money
from bottle_mfg.posting.periods import refuse_closed


class MoneyDocument(WarnsOfDuplicates, NeedsApproval, LockedAlone, NumberedDocument, ClientDocument):
	"""Base of the documents of an `amount` that move no stock. A subclass says in `check` what else is wrong with it."""

	@classmethod
	def filled_in(cls) -> set[str]:
		return {"date"}

	def before_validate(self) -> None:
		self.date = self.date or nowdate()

	def check(self, faults: Faults) -> None:
		self.check_day(faults)
		self.check_amended(faults)
		check_money(faults, "amount")

	def validate(self) -> None:
		super().validate()
		self.note_approval()

	def before_submit(self) -> None:
		self.require_approval()
		refuse_closed(day(self.date))

	def before_cancel(self) -> None:
		refuse_closed(day(self.date))
		self.note_cancelled()
