"""A form that is saved twice makes one document: double clicks, and requests that the network sends again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe

from tests.browser.desk import Desk

SAVED_TWICE = """async () => {
	const send = () => frappe.xcall("frappe.desk.form.save.savedocs", {
		doc: JSON.stringify(cur_frm.doc),
		action: "Save",
	});
	await Promise.all([send(), send()]);
}"""


def test_two_saves_at_once_and_an_amendment(desk_of: Callable[[str], Desk], goods: Any, db: Any) -> None:
	desk = desk_of("manager")
	desk.new("Bottle Purchase")
	desk.choose(desk.field("supplier"), goods.supplier)
	desk.choose(desk.cell("item"), goods.preform)
	desk.page.keyboard.press("Tab")
	desk.type(desk.cell("quantity"), "1000")
	desk.finish_line(desk.cell("unit_price"), "2")
	desk.page.evaluate("() => { cur_frm.doc.items = cur_frm.doc.items.filter((row) => row.item); }")
	key = desk.document()["idempotency_key"]
	desk.do(SAVED_TWICE)
	desk.settle()
	desk.page.wait_for_function("() => !cur_frm.is_new()")

	name = desk.submit(f"Buy 1,000 {goods.preform} from {goods.supplier} for ₹ 2,000.00?")
	db.rollback()
	assert frappe.get_all("Bottle Purchase", {"supplier": goods.supplier}, pluck="name") == [name]
	assert frappe.db.get_value("Bottle Purchase", name, "idempotency_key") == key
	assert goods.stock(goods.preform, desk.document()["warehouse"])[0] == 1000

	desk.do("() => frappe.xcall('frappe.client.cancel', {doctype: cur_frm.doctype, name: cur_frm.docname})")
	desk.do("() => cur_frm.reload_doc()")
	desk.settle()
	desk.do("() => cur_frm.amend_doc()")
	desk.page.wait_for_function("() => cur_frm.is_new() && cur_frm.doc.amended_from")
	assert desk.document()["idempotency_key"] not in (None, key)
