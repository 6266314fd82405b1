"""The demo factory: made once however often, taken away without a trace, and true to its documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

WATCHED = (
	"User",
	"Has Role",
	"Series",
	"DefaultValue",
	"Contact",
	"Version",
	"Comment",
	"DocShare",
	"Notification Settings",
)


@pytest.fixture(scope="module")
def traces(site: str) -> Iterator[dict[str, Any]]:
	"""The demo, loaded in a transaction that is rolled back, and how many rows each table had before it."""
	import frappe

	from bottle_mfg import demo

	frappe.set_user("Administrator")
	frappe.db.rollback()
	demo.remove()
	before = counts()
	demo.load()
	yield before
	frappe.db.rollback()
	frappe.clear_cache()


def counts() -> dict[str, Any]:
	"""The rows of every table of the app and of what a demo touches beside it; the counters themselves."""
	import frappe

	ours = frappe.get_all("DocType", filters={"module": "Bottle Mfg", "issingle": 0}, pluck="name")
	return {
		**{
			doctype: frappe.db.sql(f"select count(*) from `tab{doctype}`")[0][0]
			for doctype in (*ours, *WATCHED)
		},
		"counters": dict(frappe.db.sql("select name, current from tabSeries")),
		"passwords": frappe.db.sql("select count(*) from __Auth")[0][0],
		"paper": frappe.db.sql(
			"select field, value from tabSingles where doctype = 'Bottle Mfg Settings' and field = 'legal_name' and value != ''"
		),
		"search": frappe.db.sql("select count(*) from __global_search")[0][0],
	}


def month() -> tuple[Any, Any]:
	from frappe.utils import getdate, nowdate

	today = getdate(nowdate())
	return today.replace(day=1), today


def test_every_kind_of_record_is_there(traces: dict[str, Any]) -> None:
	import frappe

	from bottle_mfg.demo import manifest
	from bottle_mfg.doctypes import DOCUMENTS

	made = manifest.read()
	sizes = {doctype: len(names) for doctype, names in made.records.items()}
	assert (sizes["Bottle Supplier"], sizes["Bottle Customer"], sizes["User"]) == (3, 6, 5)
	types = frappe.get_all(
		"Bottle Item", filters={"name": ("in", made.names("Bottle Item"))}, pluck="item_type"
	)
	assert set(types) == {"Preform", "Bottle", "Sold", "Consumable"}
	_first, today = month()
	for doctype in DOCUMENTS:
		assert (
			frappe.db.count(doctype, {"name": ("in", made.names(doctype)), "docstatus": 1}) == sizes[doctype]
		)
	for doctype in ("Blow", "Bottle Sale"):
		assert frappe.db.exists(doctype, {"name": ("in", made.names(doctype)), "date": today})


def test_every_login_has_its_role_alone(traces: dict[str, Any]) -> None:
	import frappe
	from frappe.utils.password import check_password

	from bottle_mfg.demo.data import CUSTOMER_LOGIN, PASSWORD, USERS

	roles = {user: [role] for user, (_name, role) in USERS.items()} | {CUSTOMER_LOGIN: []}
	for user, expected in roles.items():
		assert frappe.get_all("Has Role", filters={"parent": user}, pluck="role") == expected
		assert check_password(user, PASSWORD) == user
	assert frappe.db.get_value("User", CUSTOMER_LOGIN, "user_type") == "Website User"
	assert frappe.db.exists("Bottle Customer", {"user": CUSTOMER_LOGIN})


def test_staff_entered_what_is_theirs(traces: dict[str, Any]) -> None:
	import frappe

	from bottle_mfg.demo import manifest

	made = manifest.read()

	def owners(doctype: str) -> set[str]:
		return set(frappe.get_all(doctype, filters={"name": ("in", made.names(doctype))}, pluck="owner"))

	assert owners("Bottle Purchase") == owners("Blow") == {"stock@demo.example"}
	assert owners("Bottle Stock Count") == owners("Bottle Stock Transfer") == {"stock@demo.example"}
	assert owners("Bottle Sale") == {"sales@demo.example", "manager@demo.example"}
	assert owners("Bottle Payment") == {"sales@demo.example", "manager@demo.example"}


def test_goods_came_back_and_regrind_came_out(traces: dict[str, Any]) -> None:
	import frappe

	from bottle_mfg.demo import manifest
	from bottle_mfg.demo.data import LABEL, REGRIND

	made = manifest.read()
	for doctype, least in (("Bottle Sale", 3), ("Bottle Purchase", 1)):
		returns = {"name": ("in", made.names(doctype)), "is_return": 1}
		assert frappe.db.count(doctype, returns) >= least
	blows = frappe.get_all("Blow", {"name": ("in", made.names("Blow"))}, ["scrap_credit", "to_item"])
	assert all(blow.scrap_credit for blow in blows)
	used = frappe.get_all("Blow Material", {"parent": ("in", made.names("Blow"))}, ["item", "kind"])
	assert {(row.item, row.kind) for row in used} == {(LABEL, "Used"), (REGRIND, "By-product")}


def test_bills_are_in_every_state_of_payment(traces: dict[str, Any]) -> None:
	import frappe

	from bottle_mfg.demo import manifest

	made = manifest.read()
	sales = {"name": ("in", made.names("Bottle Sale"))}
	states = set(frappe.get_all("Bottle Sale", filters=sales, pluck="payment_status"))
	assert states == {"Pending", "Partial", "Paid", "Overdue"}
	payments = {"name": ("in", made.names("Bottle Payment"))}
	kinds = frappe.get_all("Bottle Payment", payments, ["direction", "reference_type", "result"])
	assert {(one.direction, one.reference_type) for one in kinds} >= {
		("Receive", "Bottle Sale"),
		("Pay", "Bottle Sale"),
		("Pay", "Bottle Purchase"),
	}
	assert {one.result for one in kinds} == {"Completed", "Failed"}


def test_loading_twice_is_loading_once(traces: dict[str, Any]) -> None:
	from bottle_mfg import demo

	before = counts()
	demo.load()
	assert counts() == before


def test_the_books_obey_the_first_law(traces: dict[str, Any]) -> None:
	"""Bottle Stock = the sum of the live entries."""
	import frappe

	from bottle_mfg.demo.data import ITEMS

	stock, ledger = (
		frappe.db.sql(
			f"""select item, cast(sum(quantity) as char), cast(sum(value) as char) from `tab{doctype}`
			where item in %s {live} group by item order by item""",
			(tuple(ITEMS),),
		)
		for doctype, live in (("Bottle Stock", ""), ("Bottle Ledger Entry", "and is_cancelled = 0"))
	)
	assert stock == ledger
	assert len(stock) == len(ITEMS)


def test_the_summary_can_be_re_added(traces: dict[str, Any], capsys: Any) -> None:
	"""From the lines of this month's sales."""
	import frappe

	from bottle_mfg import demo
	from bottle_mfg.demo.data import CUSTOMER_LOGIN, ITEMS, USERS

	demo.print_summary()
	text = capsys.readouterr().out
	for user in (*USERS, CUSTOMER_LOGIN):
		assert user in text
	first, today = month()
	lines = frappe.db.sql(
		"""select line.item, if(sale.is_return, -line.quantity, line.quantity), line.amount, line.cost from `tabBottle Sale Item` line
		join `tabBottle Sale` sale on sale.name = line.parent
		where sale.docstatus = 1 and sale.date between %s and %s and line.item in %s""",
		(first, today, tuple(ITEMS)),
	)
	table = {
		match[1].strip(): match[2].split()
		for match in re.finditer(r"^  (\D.*?)  +(\d[\d,. ]+) %$", text, re.M)
	}
	for code in {line[0] for line in lines}:
		sums = [sum(Decimal(str(line[field])) for line in lines if line[0] == code) for field in (1, 2, 3)]
		expected = [f"{sums[0]:,.0f}", f"{sums[1]:,.2f}", f"{sums[2]:,.2f}", f"{sums[1] - sums[2]:,.2f}"]
		assert table[ITEMS[code]["item_name"]][:4] == expected
	assert_differences(text, first, today)


def assert_differences(text: str, first: Any, today: Any) -> None:
	"""What this month's counts found and missed, and what returned purchases earned: of all items, as in the line."""
	import frappe

	worth = frappe.db.sql(
		"""select line.value_difference from `tabBottle Stock Count Item` line
		join `tabBottle Stock Count` count on count.name = line.parent
		where count.docstatus = 1 and count.date between %s and %s""",
		(first, today),
		pluck=True,
	)
	found = sum(Decimal(str(one)) for one in worth if one > 0)
	missing = -sum(Decimal(str(one)) for one in worth if one < 0)
	given_back = frappe.get_all(
		"Bottle Purchase",
		{"is_return": 1, "docstatus": 1, "date": ("between", (first, today))},
		pluck="return_difference",
	)
	earned = sum(Decimal(str(one)) for one in given_back)
	said = f"Found in counts {found:,.2f}, missing {missing:,.2f}, returned purchases {round(earned, 2) + 0:,.2f}:"
	assert (said in text) == bool(worth or any(given_back))


def test_removing_is_refused_while_others_use_it(traces: dict[str, Any]) -> None:
	import frappe

	from bottle_mfg import demo
	from bottle_mfg.demo.data import BOTTLE_500
	from bottle_mfg.demo.removal import DemoInUseError
	from tests.factory import Factory

	frappe.db.savepoint("before_foreign")
	foreign = Factory().sale(items=[{"item": BOTTLE_500, "quantity": 1, "unit_price": 4}])
	before = counts()
	with pytest.raises(DemoInUseError) as refused:
		demo.remove()
	assert refused.value.keys["documents"] == [{"doctype": "Bottle Sale", "name": foreign.name}]
	assert counts() == before
	frappe.db.rollback(save_point="before_foreign")


def test_a_name_in_use_is_never_taken_over(traces: dict[str, Any]) -> None:
	from bottle_mfg.demo import factory
	from bottle_mfg.demo.data import BOTTLE_500

	before = counts()
	with pytest.raises(factory.DemoExistsError, match=BOTTLE_500):
		factory.make(month()[1])
	assert counts() == before


def test_removing_leaves_no_trace(traces: dict[str, Any]) -> None:
	import frappe

	from bottle_mfg import demo

	frappe.db.savepoint("before_removal")
	demo.remove()
	assert counts() == traces
	demo.remove()
	assert counts() == traces
	frappe.db.rollback(save_point="before_removal")
