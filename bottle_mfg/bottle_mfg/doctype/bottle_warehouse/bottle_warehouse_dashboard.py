"""What the form shows as connected with the warehouse."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	"""What came into it, went out of it and is in it."""
	return {
		"fieldname": "warehouse",
		"non_standard_fieldnames": {"Bottle Stock Transfer": "from_warehouse"},
		"transactions": [
			{"label": _("In and Out"), "items": ["Bottle Purchase", "Blow", "Bottle Sale"]},
			{"label": _("Counted and Moved"), "items": ["Bottle Stock Count", "Bottle Stock Transfer"]},
			{"label": _("Ledger"), "items": ["Bottle Stock", "Bottle Ledger Entry"]},
		],
	}
