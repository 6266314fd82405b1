"""A demo factory to look at and to try things with: 40 days of purchases, blows and sales up to today.

`bench --site … execute bottle_mfg.demo.load` makes it, `….remove` takes it away, `….print_summary` tells the
logins and this month's profit. The demo users' password is in `data.py`: do not load it on a site that
strangers can reach.
"""

from __future__ import annotations

import frappe
from frappe.utils import getdate, nowdate

from bottle_mfg.demo import factory, manifest, removal, summary


def load() -> None:
	"""Make the demo factory, unless it is there. One made in an earlier month is made afresh, so that there is
	something to see this month; unless it was worked with since.

	Raises `DemoExistsError` where other records have the names that it needs.
	"""
	today = getdate(nowdate())
	made = manifest.read()
	if made:
		if made.made_on.replace(day=1) == today.replace(day=1) or removal.foreign_documents(made):
			print("The demo factory is loaded already.")
			return
		remove()
	try:
		records = factory.make(today)
		records.save()
	except Exception:
		frappe.db.rollback()  # half a factory would stand in the way of the next load
		raise
	count = sum(len(names) for names in records.records.values())
	print(f"Loaded the demo factory: {count} records, documents up to {today}.")


def remove() -> None:
	"""Take away what `load` made, and only that.

	Raises `DemoInUseError` with the documents that others made with the demo's items, suppliers or customers, and
	`ClosedPeriodError` where its days lie in a closed period. Nothing is removed then.
	"""
	made = manifest.read()
	if not made:
		print("There is no demo factory.")
		return
	removal.remove(made)
	manifest.forget()
	print("Removed the demo factory.")


def print_summary() -> None:
	"""Print the demo's logins and this month's profit and loss."""
	print(summary.text(getdate(nowdate())))
