"""What the form shows as connected with the document."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	"""Its payments, failed attempts included."""
	return {
		"fieldname": "reference_name",
		"dynamic_links": {"reference_name": ["Bottle Purchase", "reference_type"]},
		"transactions": [{"label": _("Money"), "items": ["Bottle Payment"]}],
	}
