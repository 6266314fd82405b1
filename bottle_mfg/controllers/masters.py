"""What the master records share; and what items and warehouses do: names that balances are kept under."""

from __future__ import annotations

from frappe import _

from bottle_mfg import posting
from bottle_mfg.controllers.client_document import ClientDocument
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.tax_ids import tidied
from bottle_mfg.errors import ConflictError, Fault, InvalidValueError, throw
from bottle_mfg.posting.balances import SEPARATOR


class Master(ClientDocument):
	"""Base of the records that documents name. Each is named by one of its own fields."""

	def before_validate(self) -> None:
		"""Fill in what follows from other fields."""

	def before_insert(self) -> None:
		# The name is taken from a field next: say everything that is wrong before Frappe says that one is missing.
		self.before_validate()
		self.validate()


class Partner(Master):
	"""Base of Bottle Customer and Bottle Supplier."""

	def before_validate(self) -> None:
		self.tax_id = tidied(self.tax_id)


class StockMaster(Master):
	"""Base of Bottle Item and Bottle Warehouse. `ledger_field` is what the ledger calls it."""

	ledger_field: str
	name_field: str

	def check(self, faults: Faults) -> None:
		# Such a name could not be told apart inside a balance's name.
		if SEPARATOR in (self.get(self.name_field) or ""):
			label = _(self.meta.get_label(self.name_field))
			faults.add(self.name_field, _("{0} must not contain {1}").format(label, SEPARATOR), "name")

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
