"""What items and warehouses share: names that balances are kept under."""

from __future__ import annotations

from frappe import _
from frappe.model.document import Document

from bottle_mfg import posting
from bottle_mfg.errors import ConflictError, Fault, InvalidValueError, throw
from bottle_mfg.posting.balances import SEPARATOR


class StockMaster(Document):
	"""Base of Bottle Item and Bottle Warehouse. `ledger_field` is what the ledger calls it."""

	ledger_field: str

	def check_name(self, fieldname: str) -> None:
		"""Raise `InvalidValueError` where the name could not be told apart inside a balance's name."""
		if SEPARATOR in (self.get(fieldname) or ""):
			label = _(self.meta.get_label(fieldname))
			throw(
				InvalidValueError(
					[Fault((fieldname,), _("{0} must not contain {1}").format(label, SEPARATOR), "name")]
				)
			)

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		if merge:
			throw(
				ConflictError(_("{0} and {1} have stock of their own and cannot be merged.").format(old, new))
			)
		if SEPARATOR in new:
			throw(
				InvalidValueError(
					[Fault(("name",), _("A name must not contain {0}").format(SEPARATOR), "name")]
				)
			)
		posting.hold(self.ledger_field, old)

	def after_rename(self, old: str, new: str, merge: bool = False) -> None:
		posting.rename(self.ledger_field, new)
