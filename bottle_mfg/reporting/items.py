"""What reports say about items beside their figures."""

from __future__ import annotations

from collections.abc import Iterable

import frappe


def item_names(codes: Iterable[str]) -> dict[str, str]:
	"""The names of items by their codes."""
	rows = frappe.get_all(
		"Bottle Item", filters={"name": ("in", sorted(codes))}, fields=["name", "item_name"]
	)
	return {row.name: row.item_name for row in rows}
