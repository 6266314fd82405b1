from frappe import _
from frappe.utils import nowdate

from bottle_mfg.controllers.client_document import ClientDocument
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import day


class BottleMfgSettings(ClientDocument):
	"""How this factory works: defaults, and the day up to which the books are closed."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		closed_until: DF.Date | None
		default_blow_cost_per_unit: DF.Currency
		default_warehouse: DF.Link | None
		entries_in_submit: DF.Int
	# end: auto-generated types

	def check(self, faults: Faults) -> None:
		faults.price("default_blow_cost_per_unit")
		if self.closed_until and day(self.closed_until) >= day(nowdate()):
			faults.add("closed_until", _("Only days before today can be closed"), "date_past")
