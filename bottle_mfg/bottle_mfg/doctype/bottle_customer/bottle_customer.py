from __future__ import annotations

import frappe
from frappe import _

from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.masters import Partner


class BottleCustomer(Partner):
	"""Who buys from the factory."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.SmallText | None
		credit_days: DF.Int
		customer_name: DF.Data
		disabled: DF.Check
		email: DF.Data | None
		notes: DF.SmallText | None
		phone: DF.Data | None
		place_of_supply: DF.Data | None
		tax_id: DF.Data | None
		user: DF.Link | None
	# end: auto-generated types

	def check(self, faults: Faults) -> None:
		taken = {"user": self.user, "name": ("!=", self.name or "")}
		other = self.user and frappe.db.get_value("Bottle Customer", taken)
		if other:
			faults.add("user", _("{0} is the login of {1} already").format(self.user, other), "unique")
