"""Purchases from before bill numbers had to be unique: the first of each bill holds its number, later ones are left."""

from __future__ import annotations

import frappe

from bottle_mfg.controllers.supplier_bills import key

_AT_ONCE = 1000


def execute() -> None:
	"""Fill `bill_key` of the purchases that stand. What is entered twice already, Bottle Possible Duplicates shows.

	May run more than once.
	"""
	taken = set(
		frappe.db.sql("select supplier, bill_key from `tabBottle Purchase` where bill_key is not null")
	)
	found = frappe.db.sql(
		"""select name, supplier, supplier_bill_no from `tabBottle Purchase`
		where docstatus < 2 and is_return = 0 and supplier_bill_no != '' and bill_key is null
		order by creation, name"""
	)
	new = []
	for name, supplier, number in found:
		bill = (supplier, key(number))
		if bill[1] and bill not in taken:
			taken.add(bill)
			new.append((name, bill[1]))
	for start in range(0, len(new), _AT_ONCE):
		_write(new[start : start + _AT_ONCE])


def _write(rows: list[tuple[str, str | None]]) -> None:
	# Numbers that the database takes for the same although they are spelled differently (é and e) are left, too.
	cases = " ".join(["when %s then %s"] * len(rows))
	frappe.db.sql(
		f"update ignore `tabBottle Purchase` set bill_key = case name {cases} end where name in %s",
		[*(cell for row in rows for cell in row), tuple(name for name, _key in rows)],
	)
