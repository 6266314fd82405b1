"""Documents with a bill number, which is drawn as late as can be: its counter stays locked until commit."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import set_new_name as name_row
from frappe.utils import formatdate, now_datetime, nowdate

from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.naming import count_in, document_number
from bottle_mfg.controllers.numbers import day

CANCELLED = 2


class NumberedDocument(Document):
	"""A document of a `date` whose number begins with `prefix`. `numbered` draws it, at the latest when Frappe needs it."""

	prefix: ClassVar[str]

	def autoname(self) -> None:
		self.name = document_number(self.prefix, day(self.date) or day(nowdate()))
		self.flags.counted = True

	def set_new_name(
		self, force: bool = False, set_name: str | None = None, set_child_names: bool = True
	) -> None:
		if force or set_name or self.flags.name_set or self.get("__newname"):
			super().set_new_name(force, set_name, set_child_names)
			return
		if not frappe.flags.in_import:
			self.name = None
		if set_child_names:
			for row in self.get_all_children():
				name_row(row)

	def numbered(self) -> str:
		"""The name; a new document takes its number now, if it has none yet, and the counter minds a stated one."""
		if self.is_new():
			if not self.flags.name_set:
				super().set_new_name(set_child_names=False)
				self.set_parent_in_children()
			if not self.flags.counted:
				count_in(self.prefix, self.name)
				self.flags.counted = True
		return self.name

	def _validate(self) -> None:
		# The last moment: from here on Frappe keeps things under the name.
		self.numbered()
		super()._validate()

	def check_day(self, faults: Faults) -> date | None:
		"""The day of the document, with a fault noted where it is yet to come."""
		on = day(self.date)
		if on and on > now_datetime().date():
			faults.add("date", _("{0} lies in the future").format(formatdate(on)), "date_past")
		return on

	def check_amended(self, faults: Faults) -> None:
		"""Only a cancelled document can be amended; any other would count twice."""
		original: Any = self.is_new() and self.amended_from
		if original and frappe.db.get_value(self.doctype, original, "docstatus") != CANCELLED:
			faults.add("amended_from", _("{0} is not cancelled").format(original), "amended_from")
