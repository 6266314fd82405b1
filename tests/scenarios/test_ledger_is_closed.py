"""The rows of the ledger, against the server's own code: no flag and no force lets it write them past posting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
import pytest

LEDGER = ("Bottle Stock", "Bottle Ledger Entry", "Bottle Daily Total")


def copied(doc: Any) -> Any:
	return frappe.copy_doc(doc, ignore_no_copy=False)


WAYS: dict[str, Callable[[Any], Any]] = {
	"save": lambda doc: doc.save(ignore_permissions=True),
	"save without checks": lambda doc: doc.update({"flags": {"ignore_validate": True}}).save(
		ignore_permissions=True
	),
	"set": lambda doc: doc.db_set("quantity", 7),
	"update": lambda doc: doc.db_update(),
	"insert": lambda doc: copied(doc).insert(ignore_permissions=True, ignore_links=True),
	"insert a row": lambda doc: copied(doc).db_insert(),
	"delete": lambda doc: doc.delete(ignore_permissions=True, force=True),
	"delete by name": lambda doc: frappe.delete_doc(doc.doctype, doc.name, force=True),
	"rename": lambda doc: frappe.rename_doc(doc.doctype, doc.name, "other", force=True, show_alert=False),
	"merge": lambda doc: frappe.rename_doc(doc.doctype, doc.name, doc.name, force=True, merge=True),
	"submit": lambda doc: doc.submit(),
	"cancel": lambda doc: doc.cancel(),
	"discard": lambda doc: doc.discard() if hasattr(doc, "discard") else doc.db_set("docstatus", 2),
	"comment": lambda doc: doc.add_comment("Comment", "x"),
	"tag": lambda doc: doc.add_tag("x"),
}


@pytest.mark.parametrize("doctype", LEDGER)
def test_no_way_in(doctype: str, factory: Any, db: Any) -> None:
	factory.purchase().submit()
	name = db.get_value(doctype, {"warehouse": factory.warehouse})

	def rows() -> Any:
		return db.sql(f"select * from `tab{doctype}` where warehouse = %s", (factory.warehouse,))

	before = rows()
	for way, write in WAYS.items():
		db.savepoint("untouched")
		doc = frappe.get_doc(doctype, name)
		doc.set("quantity", 7)
		with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
			write(doc)
		db.rollback(save_point="untouched")  # what Frappe does with a request that fails
		assert rows() == before, way


def test_data_import(factory: Any, db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	from frappe.core.doctype.data_import.importer import Importer

	factory.purchase().submit()
	db.commit()
	row = (f"{factory.preform}::{factory.warehouse}", factory.preform, factory.warehouse, "7")
	table = "\n".join(",".join(line) for line in (("ID", "Item", "Warehouse", "Quantity"), row))
	file = factory.make("File", file_name=f"{factory.tag}.csv", content=table, is_private=1)
	kind = "Update Existing Records"
	job = factory.make("Data Import", reference_doctype="Bottle Stock", import_type=kind)
	monkeypatch.setitem(frappe.flags, "in_import", False)  # which an import leaves set
	Importer("Bottle Stock", data_import=job, file_path=file.file_url).import_data()
	assert frappe.get_all("Data Import Log", {"data_import": job.name}, pluck="success") == [0]
	assert factory.stock(factory.preform)[0] == 1000
