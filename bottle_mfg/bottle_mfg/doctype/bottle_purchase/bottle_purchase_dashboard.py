"""What the form shows as connected with the document."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	"""Its payments, failed attempts included, what came back of it, and what it moved."""
	return {
		"fieldname": "reference_name",
		"dynamic_links": {"reference_name": ["Bottle Purchase", "reference_type"]},
		"non_standard_fieldnames": {
			"Bottle Purchase": "return_against",
			"Bottle Ledger Entry": "voucher_no",
			"Bottle Cost Change": "document",
		},
		"transactions": [
			{"label": _("Money"), "items": ["Bottle Payment"]},
			{"label": _("Returns"), "items": ["Bottle Purchase"]},
			{"label": _("Ledger"), "items": ["Bottle Ledger Entry", "Bottle Cost Change"]},
		],
	}
