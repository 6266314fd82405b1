"""What the form shows as connected with the item."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	"""Where it was bought, blown and sold, where it is, and every movement. Of a preform the blows that took it."""
	return {
		"fieldname": "item",
		"non_standard_fieldnames": {"Blow": "to_item"},
		"transactions": [
			{"label": _("Bought and Made"), "items": ["Bottle Purchase", "Blow"]},
			{"label": _("Sold"), "items": ["Bottle Sale"]},
			{"label": _("Counted and Moved"), "items": ["Bottle Stock Count", "Bottle Stock Transfer"]},
			{"label": _("Ledger"), "items": ["Bottle Stock", "Bottle Ledger Entry"]},
		],
	}
