"""Who may do what: the whole matrix of DESIGN §7, as the server sees it for users who have one role and no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
import pytest

RIGHTS = ("read", "write", "create", "submit", "cancel", "amend", "delete", "report", "export", "print")

LOOK = "read report export print"
KEEP = f"{LOOK} write create"
ENTER = f"{KEEP} submit cancel amend"

MANAGER = {
	"Bottle Item": f"{KEEP} delete",
	"Bottle Warehouse": f"{KEEP} delete",
	"Bottle Supplier": f"{KEEP} delete",
	"Bottle Customer": f"{KEEP} delete",
	"Bottle Mfg Settings": "read write print",
	"Bottle Purchase": f"{ENTER} delete",
	"Blow": f"{ENTER} delete",
	"Bottle Sale": f"{ENTER} delete",
	"Bottle Payment": f"{ENTER} delete",
	"Bottle Expense": f"{ENTER} delete",
	"Bottle Expense Category": f"{KEEP} delete",
	"Bottle Stock Count": f"{ENTER} delete",
	"Bottle Stock Transfer": f"{ENTER} delete",
	"Bottle Stock": LOOK,
	"Bottle Ledger Entry": LOOK,
	"Bottle Daily Total": LOOK,
	"Bottle Cost Change": LOOK,
	"Bottle Correction": LOOK,
	"Bottle Alert": LOOK,
	"Bottle Returned Goods": "read report",
}
STOCK = {
	"Bottle Item": KEEP,
	"Bottle Warehouse": LOOK,
	"Bottle Supplier": KEEP,
	"Bottle Mfg Settings": "read",
	"Bottle Purchase": ENTER,
	"Blow": ENTER,
	"Bottle Payment": KEEP,
	"Bottle Stock Count": ENTER,
	"Bottle Stock Transfer": ENTER,
	"Bottle Stock": LOOK,
	"Bottle Ledger Entry": LOOK,
	"Bottle Daily Total": LOOK,
	"Bottle Cost Change": LOOK,
	"Bottle Correction": LOOK,
}
SALES = {
	"Bottle Item": LOOK,
	"Bottle Warehouse": LOOK,
	"Bottle Customer": KEEP,
	"Bottle Sale": ENTER,  # of his own
	"Bottle Payment": f"{KEEP} submit",  # of sales of his own
	"Bottle Stock": "read report",
}
VIEWER = {
	"Bottle Item": LOOK,
	"Bottle Warehouse": LOOK,
	"Bottle Supplier": LOOK,
	"Bottle Customer": LOOK,
	"Bottle Purchase": LOOK,
	"Blow": LOOK,
	"Bottle Sale": LOOK,
	"Bottle Payment": LOOK,
	"Bottle Stock Count": LOOK,
	"Bottle Stock Transfer": LOOK,
	"Bottle Stock": LOOK,
	"Bottle Ledger Entry": LOOK,
	"Bottle Daily Total": LOOK,
	"Bottle Cost Change": LOOK,
	"Bottle Correction": LOOK,
}
MATRIX = {"manager": MANAGER, "stock": STOCK, "sales": SALES, "viewer": VIEWER}
OWN_ONLY = {("sales", "Bottle Sale")}
"""Whose rights are those to documents that he made himself."""

LEVEL_1 = {
	"manager": {
		"Bottle Customer": "read write",
		"Bottle Mfg Settings": "read write",
		"Bottle Purchase": "read write",
		"Blow": "read write",
		"Bottle Sale": "read write",
		"Bottle Stock Count": "read write",
		"Bottle Stock Transfer": "read write",
		"Bottle Stock": "read",
		"Bottle Ledger Entry": "read",
		"Bottle Daily Total": "read",
		"Bottle Cost Change": "read",
	},
	"stock": {
		"Bottle Purchase": "read write",
		"Blow": "read write",
		"Bottle Stock Count": "read write",
		"Bottle Stock Transfer": "read write",
		"Bottle Stock": "read",
		"Bottle Ledger Entry": "read",
		"Bottle Cost Change": "read",
	},
	"sales": {},
	"viewer": {},
}
"""Costs and profit, the seals of the ledger, whose login sees a customer's bills: the fields of permission level 1."""

FIELDS_OF_LEVEL_1 = {
	"Bottle Customer": "user",
	"Bottle Mfg Settings": "default_blow_cost_per_unit",
	"Bottle Purchase": "other_charges total_amount return_difference paid_amount credited_amount opening_amount outstanding_amount"
	" approved_amount payment_list",
	"Bottle Purchase Item": "unit_price amount",
	"Blow": "blow_cost_per_unit preform_cost material_cost conversion_cost scrap_credit total_cost produced_unit_cost"
	" cost_picture",
	"Blow Material": "rate",
	"Bottle Sale": "cost_of_goods profit",
	"Bottle Sale Item": "unit_cost cost profit",
	"Bottle Stock Count": "value_difference lost_value approved_amount",
	"Bottle Stock Count Item": "unit_cost value_difference opening_cost",
	"Bottle Stock Transfer": "total_value",
	"Bottle Stock Transfer Item": "unit_cost value",
	"Bottle Stock": "value unit_cost chain_number seal chain_start",
	"Bottle Ledger Entry": "value declared_value balance_value chain_number seal cancel_number cancel_seal",
	"Bottle Daily Total": "value purchased_value return_difference consumed_value produced_value conversion_cost"
	" credited_value revenue cost_of_goods gained_value lost_value opened_value moved_in_value moved_out_value",
	"Bottle Cost Change": "old_cost new_cost",
}


def ours(**filters: Any) -> set[str]:
	return set(frappe.get_all("DocType", {"module": "Bottle Mfg", **filters}, pluck="name"))


@pytest.fixture
def as_user(db: Any) -> Iterator[Any]:
	def change(person: str) -> str:
		frappe.set_user(f"{person}@bottle.test")
		return frappe.session.user

	yield change
	frappe.set_user("Administrator")


def test_the_matrix_knows_every_doctype(db: Any) -> None:
	"""A new one is listed here before it is shipped."""
	assert set().union(*MATRIX.values()) == ours(istable=0)
	assert {doctype for doctype in ours() if frappe.get_meta(doctype).permissions} == ours(istable=0)


@pytest.mark.parametrize("person", MATRIX)
def test_every_right(person: str, as_user: Any) -> None:
	doctypes = ours(istable=0)
	as_user(person)
	whole = {doctype for doctype in doctypes if (person, doctype) not in OWN_ONLY}
	has = {(doctype, right) for doctype in whole for right in RIGHTS if frappe.has_permission(doctype, right)}
	may = {(doctype, right) for doctype in whole for right in MATRIX[person].get(doctype, "").split()}
	assert has == may


def test_everybody_else_has_none(as_user: Any, db: Any) -> None:
	doctypes = ours(istable=0)
	frappe.set_user("Guest")
	assert not [(one, right) for one in doctypes for right in RIGHTS if frappe.has_permission(one, right)]


@pytest.mark.parametrize(("person", "doctype"), OWN_ONLY)
def test_the_rights_to_what_is_ones_own(person: str, doctype: str, factory: Any, as_user: Any) -> None:
	sale = factory.sale()
	for owner, rights in ((f"{person}@bottle.test", MATRIX[person][doctype].split()), ("Administrator", [])):
		frappe.db.set_value(doctype, sale.name, "owner", owner)
		as_user(person)
		doc = frappe.get_doc(doctype, sale.name)
		has = {right for right in RIGHTS if right != "create" and frappe.has_permission(doctype, right, doc)}
		assert has == set(rights) - {"create"}
		assert frappe.has_permission(doctype, "create")
		frappe.set_user("Administrator")


@pytest.mark.parametrize("person", MATRIX)
def test_field_levels(person: str, as_user: Any) -> None:
	doctypes = ours(istable=0)
	user = as_user(person)
	has = {}
	for doctype in doctypes:
		meta = frappe.get_meta(doctype)
		rights = [one for one in ("read", "write") if 1 in meta.get_permlevel_access(one, user=user)]
		if rights:
			has[doctype] = " ".join(rights)
	assert has == LEVEL_1[person]


def test_the_fields_of_each_level(db: Any) -> None:
	"""What costs say stands at level 1, and there is no other."""
	has = {}
	for doctype in ours():
		levels = {field.fieldname: field.permlevel for field in frappe.get_meta(doctype).fields}
		assert set(levels.values()) <= {0, 1}, doctype
		assert levels.pop("content_digest", 1) == 1  # of every document that carries an idempotency key
		has[doctype] = {name for name, level in levels.items() if level}
	expected = {doctype: set(FIELDS_OF_LEVEL_1.get(doctype, "").split()) for doctype in ours()}
	assert has == expected
