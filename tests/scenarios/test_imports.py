"""Files that are imported as a whole, or not at all."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.importing import start
from bottle_mfg.importing.start import run
from bottle_mfg.posting.alone import alone
from tests.imports import UPDATE, data_import, entered, faults, imported
from tests.laws import assert_laws
from tests.processes import FORK, connect

ITEMS = ["Item Code", "Item Name", "Item Type", "Unit of Measure", "Selling Price"]
PURCHASES = [
	"Supplier",
	"Date",
	"Warehouse",
	"Supplier Bill No",
	"Item (Items)",
	"Quantity (Items)",
	"Unit Price (Items)",
]


@contextmanager
def somebody_else() -> Iterator[None]:
	"""In here the database is spoken to over another connection."""
	mine = frappe.local.db
	frappe.connect(set_admin_as_user=False)
	try:
		yield
	finally:
		frappe.local.db.close()
		frappe.local.db = mine


def _die_at_the_second(site: str, name: str) -> None:
	connect(site)
	start._Told.__call__ = lambda told, done, total: done == 2 and os.kill(os.getpid(), signal.SIGKILL)
	run(name)


def test_a_worker_that_dies_leaves_nothing(factory: Any, site: str) -> None:
	names = [f"Dies {number} {factory.tag}" for number in range(3)]
	doc = data_import("Bottle Warehouse", [["Warehouse Name"], *([name] for name in names)])
	worker = FORK.Process(target=_die_at_the_second, args=(site, doc.name))
	worker.start()
	worker.join()
	assert worker.exitcode == -signal.SIGKILL
	frappe.db.rollback()
	assert not frappe.get_all("Bottle Warehouse", {"name": ("in", names)})
	assert frappe.db.get_value("Data Import", doc.name, "status") == "Pending"
	run(doc.name)
	assert frappe.get_all("Bottle Warehouse", {"name": ("in", names)}, pluck="name", order_by="name") == names


def test_items(factory: Any) -> None:
	codes = [f"IMP-{number}-{factory.tag}" for number in (1, 2)]
	rows = [ITEMS, [codes[0], "One", "Preform", "pcs", ""], [codes[1], "Two", "Bottle", "pcs", "1,234.50"]]
	done = imported("Bottle Item", rows)
	assert (done.status, faults(done), entered(done)) == ("Success", [], codes)
	assert frappe.db.get_value("Bottle Item", codes[1], "selling_price") == 1234.5


def test_every_fault_is_told_by_row_and_nothing_is_entered(factory: Any) -> None:
	codes = [f"BAD-{number}-{factory.tag}" for number in range(5)]
	rows = [
		ITEMS,
		[codes[0], "Good", "Preform", "pcs", ""],
		[codes[1], "Price", "Preform", "pcs", "two"],
		[codes[2], "Type", "Brick", "pcs", "1,5"],
		["", "No code", "Preform", "pcs", "-1"],
		[codes[0], "Again", "Preform", "pcs", ""],
	]
	refused = imported("Bottle Item", rows)
	assert refused.status == "Error"
	told = faults(refused)
	assert [row for row, _message in told] == [3, 4, 4, 5, 5, 6]
	assert not frappe.get_all("Bottle Item", {"name": ("in", codes)})


def purchases(factory: Any, *documents: list[Any]) -> list[list[Any]]:
	"""The rows of a file with purchases of today, unless a row has a day: [bill, item, quantity, price, day]."""
	rows: list[list[Any]] = [PURCHASES]
	for bill, item, quantity, price, *on in documents:
		first = [factory.supplier, (on or [nowdate()])[0], factory.warehouse, bill] if bill else [""] * 4
		rows.append([*first, item, quantity, price])
	return rows


def test_documents_are_submitted_in_the_order_of_their_days(factory: Any) -> None:
	bill = factory.tag
	rows = purchases(
		factory,
		[f"{bill}-1", factory.preform, "1,000", 2],
		["", factory.cap, 500, "0.25"],
		[f"{bill}-2", factory.preform, 1000, 4, add_days(nowdate(), -2)],
	)
	done = imported("Bottle Purchase", rows, submit_after_import=1)
	assert (done.status, faults(done)) == ("Success", [])
	first, second = (frappe.get_doc("Bottle Purchase", name) for name in entered(done))
	assert (first.total_amount, first.docstatus, first.name[:3]) == (2125, 1, "PO-")
	assert (len(first.items), str(second.date)) == (2, add_days(nowdate(), -2))
	assert factory.stock(factory.preform) == (2000, 6000)
	assert [entry.voucher_no for entry in factory.ledger(factory.preform)] == [second.name, first.name]
	assert_laws(factory)


def test_faults_of_documents_name_the_rows_of_their_lines(factory: Any) -> None:
	bill = factory.tag
	factory.purchase(supplier_bill_no=f"{bill}-0").submit()
	rows = purchases(
		factory,
		[f"{bill}-1", factory.preform, 1000, 2],
		["", factory.cap, -5, "0.25"],
		["", "NO-SUCH-ITEM", 5, "x"],
		[f"{bill} - 0", factory.preform, 10, 2],
		[f"{bill}-2", factory.preform, 10, 2, add_days(nowdate(), 3)],
		[f"{bill}-3", factory.preform, 10, 2],
		[f"{bill}-3", factory.preform, 10, 2],
	)
	refused = imported("Bottle Purchase", rows, submit_after_import=1)
	assert [row for row, _message in faults(refused)] == [3, 4, 4, 5, 6, 8]
	said = "\n".join(message for _row, message in faults(refused))
	assert "Quantity must be above zero" in said
	assert "NO-SUCH-ITEM" in said
	assert f"{bill} - 0 of {factory.supplier} stands on PO-" in said
	assert "lies in the future" in said
	assert len(frappe.get_all("Bottle Purchase", {"supplier": factory.supplier})) == 1
	logs = frappe.get_all("Data Import Log", {"data_import": refused.name}, ["success", "row_indexes"])
	assert {log.row_indexes for log in logs} == {"[3]", "[4]", "[5]", "[6]", "[8]"}
	assert not any(log.success for log in logs)

	rows = purchases(factory, [f"{bill}-1", factory.preform, 1000, 2])
	corrected = data_import("Bottle Purchase", rows)
	refused.import_file = corrected.import_file
	refused.save()
	frappe.db.commit()
	run(refused.name)
	refused.reload()
	assert (refused.status, faults(refused), len(entered(refused))) == ("Success", [], 1)


def test_what_is_sold_has_to_be_there(factory: Any) -> None:
	factory.purchase(1000, 2).submit()
	headings = ["Customer", "Warehouse", "Item (Items)", "Quantity (Items)", "Unit Price (Items)"]
	rows = [
		[factory.customer, factory.warehouse, factory.preform, quantity, 3] for quantity in (600, 600, 400)
	]
	refused = imported("Bottle Sale", [headings, *rows], submit_after_import=1)
	((row, message),) = faults(refused)
	assert (row, "400 available, 600 requested" in message) == (3, True)
	assert factory.stock(factory.preform)[0] == 1000


def test_a_file_is_imported_once(factory: Any, db: Any) -> None:
	rows = [["Warehouse Name"], [f"Once {factory.tag}"]]
	doc = data_import("Bottle Warehouse", rows)
	with somebody_else(), alone(start._lock_name(doc.name)) as theirs:
		assert theirs
		with somebody_else():
			run(doc.name)
			assert not frappe.db.exists("Bottle Warehouse", f"Once {factory.tag}")
	run(doc.name)
	run(doc.name)
	doc.reload()
	assert (doc.status, entered(doc)) == ("Success", [f"Once {factory.tag}"])
	assert frappe.db.count("Data Import Log", {"data_import": doc.name}) == 1


def test_what_is_there_is_changed(factory: Any) -> None:
	rows = [["ID", "Selling Price", "Colour"], [factory.bottle, 5, "Blue"], [factory.cap, 1, ""]]
	done = imported("Bottle Item", rows, import_type=UPDATE)
	assert (done.status, faults(done)) == ("Success", [])
	assert frappe.db.get_value("Bottle Item", factory.bottle, ["selling_price", "colour"]) == (5, "Blue")
	rows[2][1] = -1
	rows[1][1] = 9
	refused = imported("Bottle Item", rows, import_type=UPDATE)
	assert faults(refused) == [(3, "Selling Price must not be negative")]
	assert frappe.db.get_value("Bottle Item", factory.bottle, "selling_price") == 5


def test_a_change_leaves_lines_alone_of_which_the_file_says_nothing(factory: Any) -> None:
	"""As Frappe's own import does. Blows may go without materials: nothing else would have told of the loss."""
	caps = [{"item": factory.cap, "quantity": 400}]
	kept, changed = (factory.blow(500, 400, materials=caps) for _ in range(2))
	line = changed.materials[0].name
	headings = ["ID", "Operator", "ID (Materials and By-products)", "Quantity (Materials and By-products)"]
	rows = [headings, [kept.name, "Asha", "", ""], [changed.name, "Ravi", line, 390]]
	done = imported("Blow", rows, import_type=UPDATE)
	assert (done.status, faults(done)) == ("Success", [])
	kept.reload()
	changed.reload()
	assert [(one.operator, one.materials[0].quantity) for one in (kept, changed)] == [
		("Asha", 400),
		("Ravi", 390),
	]


def test_imports_of_others_are_as_frappe_has_them(factory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setitem(frappe.flags, "in_test", True)  # its job runs here
	doc = data_import("Role", [["Role Name"], [f"Good {factory.tag}"], ["Bottle Manager"]])
	start.form_start_import(doc.name)
	assert frappe.db.exists("Role", f"Good {factory.tag}")
	assert frappe.db.get_value("Data Import", doc.name, "status") == "Partial Success"
