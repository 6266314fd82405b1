"""The factory's own words for why pieces are lost, as options of the field that takes them.

A Property Setter is what Frappe's Customize Form makes: the form, the import, REST and the lists' filters all keep to
it. The usual reasons and those that documents have already stay possible, so that nothing stored becomes wrong.
"""

from __future__ import annotations

import frappe
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from bottle_mfg.floor.offered import lines

_FIELD = {"doc_type": "Blow Reject", "field_name": "reason", "property": "options"}


def offer(text: str | None) -> None:
	"""Let documents state the reasons of a text that has one on each line, first of all others."""
	own = lines(text)
	setter = frappe.db.get_value("Property Setter", _FIELD, "name")
	if not own:
		if setter:
			frappe.delete_doc("Property Setter", setter, force=True, ignore_permissions=True)  # as below
			frappe.clear_cache(doctype=_FIELD["doc_type"])
		return
	usual = lines(
		frappe.db.get_value("DocField", {"parent": "Blow Reject", "fieldname": "reason"}, "options")
	)
	used = frappe.db.sql("select distinct reason from `tabBlow Reject`", pluck=True)
	options = "\n".join(["", *dict.fromkeys([*own, *usual, *sorted(filter(None, used))])])
	# Who may write the settings decides this with them, though customising forms is a System Manager's otherwise.
	make_property_setter(*_FIELD.values(), options, "Text", validate_fields_for_doctype=False)
