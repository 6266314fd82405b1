"""How a document of the ledger is locked: in nobody's way."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document


class LockedAlone(Document):
	"""Is locked by its own row, without the places of other documents' lines."""

	def load_from_db(self) -> Any:
		if self.flags.for_update and self._locked_as_seen():
			return self
		return super().load_from_db()

	def _locked_as_seen(self) -> bool:
		"""Lock the document by its own row alone, and load it; False where this transaction sees an older state.

		Frappe locks the lines too, by their parent's name: with them the gaps into which others write the lines of
		new documents. Everybody who writes lines holds the document's row.
		"""
		table = frappe.qb.DocType(self.doctype)
		locked = (
			frappe.qb.from_(table).select(table.modified).where(table.name == self.name).for_update().run()
		)
		self.flags.for_update = False
		try:
			super().load_from_db()
		except frappe.DoesNotExistError:
			frappe.clear_last_message()
			return False
		finally:
			self.flags.for_update = True
		return bool(locked) and self.modified == locked[0][0]
