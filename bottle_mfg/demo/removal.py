"""Taking the demo factory away: exactly what was made, or nothing."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.delete_doc import delete_dynamic_links
from frappe.model.rename_doc import get_link_fields
from frappe.utils.file_manager import remove_all
from frappe.utils.global_search import delete_for_document

from bottle_mfg.demo.data import FACTORY
from bottle_mfg.demo.manifest import Manifest
from bottle_mfg.doctypes import DOCUMENTS, LEDGER, MASTERS
from bottle_mfg.errors import ConflictError, throw
from bottle_mfg.posting.purge import purge
from bottle_mfg.posting.returned import RETURNABLE, forget

_NAMED = 10


class DemoInUseError(ConflictError):
	"""Others have built on the demo's records."""

	code = "demo_in_use"
	title = "Demo in use"


def remove(made: Manifest) -> None:
	"""Remove everything that `made` names. The caller commits.

	Raises `DemoInUseError` and `ClosedPeriodError`, before anything is removed.
	"""
	foreign = foreign_documents(made)
	if foreign:
		sentence = _("These were made with the demo's records; delete them first: {0}").format(
			", ".join(f"{_(doctype)} {name}" for doctype, name in foreign[:_NAMED])
		)
		documents = [{"doctype": doctype, "name": name} for doctype, name in foreign]
		throw(DemoInUseError(sentence, documents=documents))
	purge(
		made.names("Bottle Item"),
		[(doctype, name) for doctype in DOCUMENTS for name in made.names(doctype)],
	)
	for doctype in (*DOCUMENTS, *MASTERS):
		_delete(doctype, made.names(doctype))
	forget(name for doctype in RETURNABLE for name in made.names(doctype))
	_restore_counters(made)
	_forget_factory()
	remove_users(made)


def _forget_factory() -> None:
	"""Empty what the settings say of the demo's factory; what others have written there stays."""
	settings = frappe.get_doc("Bottle Mfg Settings")
	if all(settings.get(name) == text for name, text in FACTORY.items()):
		settings.update(dict.fromkeys(FACTORY)).save(ignore_version=True)


def foreign_documents(made: Manifest) -> list[tuple[str, str]]:
	"""The documents, as (doctype, name), that link to records of the demo and do not belong to it."""
	return sorted(
		{
			link
			for doctype in MASTERS
			for link in [*_links_to(doctype, made.names(doctype)), *_payments_with(made.names(doctype))]
			if link[1] not in made.names(link[0])
		}
	)


def _payments_with(parties: list[str]) -> Iterator[tuple[str, str]]:
	"""Payments name a customer or supplier by a link that may lead to either."""
	for name in frappe.get_all("Bottle Payment", filters={"party": ("in", [*parties, ""])}, pluck="name"):
		yield "Bottle Payment", name


def _links_to(doctype: str, names: list[str]) -> Iterator[tuple[str, str]]:
	if not names:
		return
	for field in get_link_fields(doctype):
		parent, fieldname = field["parent"], field["fieldname"]
		if parent in LEDGER:
			continue
		if field["issingle"]:
			if frappe.db.get_single_value(parent, fieldname) in names:
				yield parent, parent
			continue
		meta = frappe.get_meta(parent)
		if meta.is_virtual:
			continue
		owner = ["parenttype", "parent"] if meta.istable else ["name"]
		for row in frappe.get_all(parent, filters={fieldname: ("in", names)}, fields=owner, distinct=True):
			yield (row.parenttype, row.parent) if meta.istable else (parent, row.name)


def _delete(doctype: str, names: list[str]) -> None:
	"""Delete records without asking for each whether it may go: `remove` has made sure of that."""
	if not names:
		return
	for name in names:
		remove_all(doctype, name, from_delete=True, delete_permanently=True)
		delete_dynamic_links(doctype, name)
		delete_for_document(frappe._dict(doctype=doctype, name=name))
		frappe.clear_document_cache(doctype, name)
	for table in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", names)})
	frappe.db.delete(doctype, {"name": ("in", names)})


def _restore_counters(made: Manifest) -> None:
	"""Set each counter back to where it was, unless it has been drawn from since."""
	for series, (before, after) in made.series.items():
		unchanged = {"name": series, "current": after}
		if before is None:
			frappe.db.delete("Series", unchanged)
		else:
			table = frappe.qb.DocType("Series")
			(
				frappe.qb.update(table)
				.set(table.current, before)
				.where((table.name == series) & (table.current == after))
			).run()


def remove_users(made: Manifest) -> None:
	"""Delete the demo's logins with what Frappe made for them. Works also where no other System Manager is left."""
	for user in made.names("User"):
		for contact in frappe.get_all("Contact", filters={"user": user}, pluck="name"):
			frappe.delete_doc(
				"Contact", contact, force=True, ignore_permissions=True, delete_permanently=True
			)
		for doctype, field in (
			("Notification Settings", "name"),
			("DocShare", "user"),
			("User Permission", "user"),
			("DefaultValue", "parent"),
			("ToDo", "allocated_to"),
			("Activity Log", "user"),
			("Access Log", "user"),
		):
			frappe.db.delete(doctype, {field: user})
		frappe.db.delete("__Auth", {"doctype": "User", "name": user})
		frappe.db.delete("Sessions", {"user": user})
		frappe.db.delete("User Social Login", {"parenttype": "User", "parent": user})
		_delete("User", [user])
		frappe.clear_cache(user=user)
	frappe.cache().delete_key("enabled_users")
	frappe.cache().delete_key("users_for_mentions")
