"""What the form shows as connected with the payment."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	"""The attempts that were made after it failed."""
	return {
		"fieldname": "retry_of",
		"transactions": [{"label": _("Tried Again"), "items": ["Bottle Payment"]}],
	}
