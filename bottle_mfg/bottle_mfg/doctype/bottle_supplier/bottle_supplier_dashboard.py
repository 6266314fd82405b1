"""What the form shows as connected with the supplier."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	"""Its bills and their payments."""
	return {
		"fieldname": "supplier",
		"non_standard_fieldnames": {"Bottle Payment": "party"},
		"transactions": [
			{"label": _("Bills"), "items": ["Bottle Purchase"]},
			{"label": _("Money"), "items": ["Bottle Payment"]},
		],
	}
