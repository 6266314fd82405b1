"""Taking items out of the books for good, with all that was ever posted of them: for data that was never real."""

from __future__ import annotations

from collections.abc import Collection

import frappe

from bottle_mfg.doctypes import LEDGER
from bottle_mfg.posting.balances import hold
from bottle_mfg.posting.periods import refuse_closed


def purge(items: Collection[str], vouchers: Collection[tuple[str, str]]) -> None:
	"""Delete the ledger entries, balances and daily totals of `items`, live and cancelled, and what was corrected.

	`vouchers` are the (doctype, name) that may have moved them. Raises `ValueError` where another did, and
	`ClosedPeriodError` where anything was posted in a closed period.
	"""
	if not items:
		return
	for item in sorted(items):
		hold("item", item)
	posted = frappe.db.sql(
		"""select voucher_type, voucher_no, date(min(posting_datetime)) from `tabBottle Ledger Entry`
		where item in %(items)s group by voucher_type, voucher_no lock in share mode""",
		{"items": sorted(items)},
	)
	others = {(doctype, name) for doctype, name, _day in posted} - set(vouchers)
	if others:
		raise ValueError(f"also moved by {sorted(others)}")
	if posted:
		refuse_closed(min(day for _doctype, _name, day in posted))
	for doctype in LEDGER:
		frappe.db.delete(doctype, {"item": ("in", sorted(items))})
	for kind in {kind for kind, _name in vouchers}:
		names = sorted(name for one, name in vouchers if one == kind)
		for doctype in ("Bottle Cost Change", "Bottle Correction"):
			frappe.db.delete(doctype, {"document_type": kind, "document": ("in", names)})
		_forget_alerts(kind, names)
	_forget_alerts("Bottle Item", items)


def _forget_alerts(doctype: str, names: Collection[str]) -> None:
	frappe.db.delete("Bottle Alert", {"document_type": doctype, "document_name": ("in", sorted(names))})
