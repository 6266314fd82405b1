"""What the form shows as connected with the category."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	"""What was spent on it."""
	return {
		"fieldname": "category",
		"transactions": [{"label": _("Money"), "items": ["Bottle Expense"]}],
	}
