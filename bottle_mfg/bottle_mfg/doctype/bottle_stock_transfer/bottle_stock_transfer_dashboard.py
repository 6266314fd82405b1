"""What the form shows as connected with the document."""

from __future__ import annotations

from typing import Any

from frappe import _


def get_data() -> dict[str, Any]:
	"""What it moved, and what corrections made of its cost."""
	return {
		"fieldname": "voucher_no",
		"non_standard_fieldnames": {"Bottle Cost Change": "document"},
		"transactions": [
			{"label": _("Ledger"), "items": ["Bottle Ledger Entry", "Bottle Cost Change"]},
		],
	}
