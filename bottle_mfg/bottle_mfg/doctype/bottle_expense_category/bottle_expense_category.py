from bottle_mfg.controllers.masters import Master


class BottleExpenseCategory(Master):
	"""What money is spent on beside goods: rent, salaries, electricity."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		category_name: DF.Data
		covered_by_blow_cost: DF.Check
		disabled: DF.Check
	# end: auto-generated types
