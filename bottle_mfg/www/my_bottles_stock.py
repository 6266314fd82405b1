"""What a customer can buy today."""

from __future__ import annotations

from typing import Any

from frappe import _

from bottle_mfg.portal.access import open_page
from bottle_mfg.portal.stock import IN_STOCK, LOW, availability

no_cache = 1


def get_context(context: Any) -> None:
	"""Raises `Redirect` for guests and `PermissionError` for who is no customer."""
	open_page(context, _("Availability"))
	context.items = availability()
	context.colours = {IN_STOCK: "green", LOW: "orange"}
