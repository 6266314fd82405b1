from frappe import _
from frappe.utils import nowdate

from bottle_mfg.controllers.client_document import ClientDocument
from bottle_mfg.controllers.faults import Faults
from bottle_mfg.controllers.numbers import day


class BottleMfgSettings(ClientDocument):
	"""How this factory works: defaults, and the day up to which the books are closed."""

	def check(self, faults: Faults) -> None:
		faults.price("default_blow_cost_per_unit")
		if self.closed_until and day(self.closed_until) >= day(nowdate()):
			faults.add("closed_until", _("Only days before today can be closed"), "date_past")
