"""A script that somebody wrote into a name or a note is text, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.desk import Desk

HACK = '<img src="data:," onerror="window.hacked=1"><svg onload="window.hacked=1">{{ 7*7 }}'
SCRIPT = "'\"><script>window.hacked=1</script>"


@pytest.fixture
def laid(goods: Any, db: Any) -> Any:
	"""Payloads as a client sends them: in masters, in a draft that is submitted, in what is submitted at once."""
	import frappe

	goods.purchase().submit()
	goods.blow().submit()
	for doctype, name, values in (
		("Bottle Item", goods.bottle, {"item_name": HACK, "colour": SCRIPT}),
		("Bottle Customer", goods.customer, {"notes": HACK + SCRIPT, "address": SCRIPT, "tax_id": HACK}),
	):
		frappe.get_doc(doctype, name).update(values).save()
	draft = goods.sale(1)
	draft.notes = HACK + SCRIPT
	draft.submit()
	sale = goods.sale(10, notes=HACK + SCRIPT, docstatus=1)
	frappe.db.commit()
	goods.sold, goods.other = sale.name, draft.name
	return goods


def test_nothing_is_run(desk_of: Callable[[str], Desk], laid: Any) -> None:
	desk = desk_of("manager")
	page = desk.page
	for path in (
		f"bottle-sale/{laid.sold}",
		f"bottle-item?name={laid.bottle}",
		f"bottle-customer/{laid.customer}",
		f"query-report/Bottle Stock Balance?warehouse={laid.warehouse}",
	):
		desk.open(path)
		assert page.evaluate("window.hacked") is None, path
	for doctype, name in (("Sale", laid.sold), ("Sale", laid.other), ("Customer", laid.customer)):
		page.goto(f"{desk.url}/printview?doctype=Bottle {doctype}&name={name}")
		page.wait_for_load_state()
		assert page.evaluate("window.hacked") is None, name
	# Frappe's print page asks for a picture that is not there.
	desk.problems[:] = [problem for problem in desk.problems if "404" not in problem]
