"""What installing brings and uninstalling takes away, as far as a site that goes on living can tell.

Everything happens in a transaction that is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def uninstalled(factory: Any, db: Any) -> Iterator[Any]:
	"""A site on which the app was used, and then told to go; the DocTypes themselves are Frappe's to drop."""
	import frappe

	from bottle_mfg.uninstall import before_uninstall

	factory.purchase().submit()
	factory.make(
		"Property Setter",
		doctype_or_field="DocField",
		doc_type="Blow",
		field_name="notes",
		property="hidden",
		value="1",
		property_type="Check",
	)
	factory.make("ToDo", description="Count", reference_type="Bottle Item", reference_name=factory.preform)
	factory.make("User Permission", user="stock@bottle.test", allow="Bottle Item", for_value=factory.cap)
	factory.make("Custom Role", report="Bottle Production", roles=[{"role": "Bottle Viewer"}])
	try:
		before_uninstall()
		yield db
	finally:
		db.rollback()
		frappe.clear_cache()
		for role in ("stock", "manager", "sales", "viewer"):
			frappe.clear_cache(user=f"{role}@bottle.test")


def test_nothing_of_ours_stays(uninstalled: Any) -> None:
	import frappe

	from bottle_mfg.controllers.approval import PENDING
	from bottle_mfg.install import ROLES
	from bottle_mfg.uninstall import MODULE

	doctypes = frappe.get_all("DocType", filters={"module": MODULE}, pluck="name")
	left = {
		doctype: uninstalled.count(doctype, {field: ("in", doctypes)})
		for doctype, field in (
			("Property Setter", "doc_type"),
			("Custom Field", "dt"),
			("Custom DocPerm", "parent"),
			("User Permission", "allow"),
			("ToDo", "reference_type"),
			("Version", "ref_doctype"),
			("Comment", "reference_doctype"),
		)
	}
	left["Workflow"] = uninstalled.count("Workflow", {"document_type": ("in", doctypes)})
	left["Workflow State"] = uninstalled.count("Workflow State", {"name": ("in", ("Confirmed", PENDING))})
	left["Role"] = uninstalled.count("Role", {"name": ("in", ROLES)})
	left["Has Role"] = uninstalled.count("Has Role", {"role": ("in", ROLES)})
	left["Custom Role"] = uninstalled.count("Custom Role", {"report": ("like", "Bottle %")})
	left["Single"] = len(uninstalled.sql("select 1 from tabSingles where doctype = 'Bottle Mfg Settings'"))
	left["Counter"] = len(
		uninstalled.sql("select 1 from tabSeries where name regexp '^(PO|BL|SO)-[0-9]{6}-$'")
	)
	assert not any(left.values()), left


def test_every_place_that_is_cleaned_exists(db: Any) -> None:
	"""A field of another name would be an error on the day of uninstalling, or clean nothing."""
	import frappe

	from bottle_mfg.uninstall import _MADE_FOR, _NOTED_ABOUT

	for doctype, field in {**_MADE_FOR, **_NOTED_ABOUT}.items():
		table = doctype if doctype.startswith("__") else f"tab{doctype}"
		if frappe.db.sql("show tables like %s", (table,)):
			assert field in {row[0] for row in frappe.db.sql(f"show columns from `{table}`")}, doctype


def test_the_sequences_named_are_all_there_are(db: Any) -> None:
	import frappe

	from bottle_mfg.uninstall import _SEQUENCES, MODULE

	counted = frappe.get_all("DocType", filters={"module": MODULE, "autoname": "autoincrement"}, pluck="name")
	assert {f"{frappe.scrub(doctype)}_id_seq" for doctype in counted} == set(_SEQUENCES)


def test_installing_again_changes_nothing(db: Any) -> None:
	import frappe

	from bottle_mfg.install import after_install

	before = frappe.get_single("Bottle Mfg Settings").as_dict(), frappe.db.count("Bottle Warehouse")
	after_install()
	assert (frappe.get_single("Bottle Mfg Settings").as_dict(), frappe.db.count("Bottle Warehouse")) == before


def test_a_migration_leaves_workflows_as_their_admin_made_them(db: Any) -> None:
	import frappe

	from bottle_mfg.install import after_migrate

	mine = frappe.get_doc("Workflow", "Bottle Sale Approval")
	mine.transitions[-1].allowed = "Bottle Sales User"
	mine.save()
	frappe.delete_doc("Workflow", "Bottle Blow Approval")
	after_migrate()
	assert frappe.get_doc("Workflow", "Bottle Sale Approval").transitions[-1].allowed == "Bottle Sales User"
	assert not frappe.db.get_value("Workflow", "Bottle Blow Approval", "is_active")
	frappe.clear_cache()


def test_hooks_name_what_exists(db: Any) -> None:
	import frappe

	from bottle_mfg import hooks

	named = [
		hooks.after_install,
		hooks.after_migrate,
		hooks.before_uninstall,
		hooks.after_uninstall,
		hooks.extend_bootinfo,
		*hooks.after_request,
		*hooks.override_whitelisted_methods.values(),
		*hooks.permission_query_conditions.values(),
	]
	assert all(callable(frappe.get_attr(name)) for name in named)
