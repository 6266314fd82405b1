"""Who stands on paper, and where: what a GSTIN says of a place, however somebody wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
import pytest

from bottle_mfg.printing.bills import Invoice
from bottle_mfg.printing.parties import SETTINGS, partner, seller, state_of

BUYER, FACTORY = "24AAGCH0102M1Z6", "27AAKFS5550P1Z3"
GUJARAT, MAHARASHTRA = "Gujarat (24)", "Maharashtra (27)"
WRITTEN = ["24aagch0102m1z6", " 24 AAGCH 0102 M 1Z6 ", "24-AAGCH-0102-M1Z6", "24AAGCH0102M1Z6\u00a0"]


@pytest.fixture
def settings(db: Any) -> Iterator[Any]:
	"""The factory in Maharashtra."""
	doc = frappe.get_doc(SETTINGS)
	was = (doc.factory_tax_id, doc.factory_state)
	doc.update({"factory_tax_id": f"{FACTORY[:2]} {FACTORY[2:].lower()}", "factory_state": None}).save()
	yield doc
	frappe.get_doc(SETTINGS).update({"factory_tax_id": was[0], "factory_state": was[1]}).save()


def on_paper(factory: Any) -> tuple[str, str]:
	"""The buyer's state and the place of supply as an invoice has them."""
	invoice = Invoice(frappe._dict(doctype="Bottle Sale", name="", customer=factory.customer))
	return invoice.partner.state, invoice.place_of_supply


@pytest.mark.parametrize("written", WRITTEN)
def test_a_gstin_is_kept_as_it_is_written(factory: Any, settings: Any, written: str) -> None:
	for doctype, name in (("Bottle Customer", factory.customer), ("Bottle Supplier", factory.supplier)):
		frappe.get_doc(doctype, name).update({"tax_id": written}).save()
		assert frappe.db.get_value(doctype, name, "tax_id") == BUYER
	assert settings.factory_tax_id == FACTORY
	assert on_paper(factory) == (GUJARAT, GUJARAT)


def test_a_customer_is_made_with_it(factory: Any) -> None:
	made = factory.make("Bottle Customer", customer_name=f"New {factory.tag}", tax_id=WRITTEN[0])
	assert made.tax_id == BUYER


@pytest.mark.parametrize("tax_id", ["", "de 811-569 869", "24AAGCH0102M1Z", "24 aagch 0102 m1x6"])
def test_any_other_tax_id_stays_as_it_is(factory: Any, tax_id: str) -> None:
	frappe.get_doc("Bottle Customer", factory.customer).update({"tax_id": tax_id}).save()
	assert (frappe.db.get_value("Bottle Customer", factory.customer, "tax_id") or "") == tax_id


@pytest.mark.parametrize("written", WRITTEN)
def test_what_an_older_version_stored_is_understood(factory: Any, settings: Any, written: str) -> None:
	frappe.db.set_value("Bottle Customer", factory.customer, "tax_id", written)
	assert partner("Bottle Customer", factory.customer).tax_id == BUYER
	assert on_paper(factory) == (GUJARAT, GUJARAT)


def test_goods_may_go_elsewhere_than_the_buyer_is(factory: Any, settings: Any) -> None:
	values = {"tax_id": FACTORY, "place_of_supply": GUJARAT}
	frappe.get_doc("Bottle Customer", factory.customer).update(values).save()
	assert on_paper(factory) == (MAHARASHTRA, GUJARAT)


def test_without_a_gstin_the_stated_place_tells_the_state(factory: Any, settings: Any) -> None:
	assert on_paper(factory) == ("", MAHARASHTRA)
	frappe.get_doc("Bottle Customer", factory.customer).update({"place_of_supply": GUJARAT}).save()
	assert on_paper(factory) == (GUJARAT, GUJARAT)
	assert (seller().tax_id, seller().state) == (FACTORY, MAHARASHTRA)


@pytest.mark.parametrize(("language", "state"), [("hi", "लद्दाख (38)"), ("ur", "لداخ (38)")])
def test_states_are_told_in_the_readers_language(
	site: str, monkeypatch: pytest.MonkeyPatch, language: str, state: str
) -> None:
	monkeypatch.setattr(frappe.local, "lang", language)
	assert state_of(f"38{FACTORY[2:]}") == state
