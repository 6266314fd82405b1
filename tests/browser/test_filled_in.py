"""What a new form is filled in with: what was used last where that fits, and nothing in the copy of another document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from tests.browser.desk import Desk, slug

OpenDesk = Callable[[str], Desk]
WHO = {"machine": "Blower 1", "shift": "Night", "operator": "Asha"}
COPIED = {"Amend": "() => cur_frm.amend_doc()", "Duplicate": "() => cur_frm.copy_doc()"}


def yesterday() -> str:
	return str(add_days(nowdate(), -1))


@pytest.fixture
def desk(desk_of: OpenDesk, goods: Any, blow_cost: float) -> Desk:
	"""A manager who has just blown 10 of the factory's bottles on a machine; blowing costs 0.50 by default."""
	import frappe

	goods.purchase(warehouse=None, date=yesterday()).submit()
	draft = goods.blow(10, 10, warehouse=None, **WHO)
	frappe.db.commit()
	manager = desk_of("manager")
	manager.open(f"blow/{draft.name}")
	manager.submit(f"Blow 10 {goods.preform} into 10 {goods.bottle}?")
	return manager


def show(desk: Desk, doc: Any, way: str) -> None:
	"""Open the form of a submitted document, ready for this way of copying it."""
	import frappe

	if way == "Amend":
		doc.cancel()
	frappe.db.commit()
	desk.open(f"{slug(doc.doctype)}/{doc.name}")


def copy(desk: Desk, way: str) -> dict[str, Any]:
	"""The new form's document, made of the one that is open."""
	desk.do(COPIED[way])
	desk.page.wait_for_function("() => cur_frm.is_new()")
	desk.settle()
	return desk.document()


@pytest.mark.parametrize("way", COPIED)
@pytest.mark.parametrize("rate", [0, 0.75])
def test_a_copy_of_a_blow_keeps_its_rate_and_what_was_left_empty(
	desk: Desk, goods: Any, way: str, rate: float
) -> None:
	import frappe

	blown = goods.blow(20, 19, warehouse=None, blow_cost_per_unit=rate).submit()
	show(desk, blown, way)
	copied = copy(desk, way)
	assert copied["blow_cost_per_unit"] == rate
	assert not any(copied.get(fieldname) for fieldname in WHO)
	name = desk.submit(f"Blow 20 {goods.preform} into 19 {goods.bottle}?")
	frappe.db.rollback()
	stored = frappe.get_doc("Blow", name)
	assert (stored.conversion_cost, stored.machine, stored.operator) == (20 * rate, None, None)


@pytest.mark.parametrize("way", COPIED)
def test_a_copy_keeps_its_day(desk_of: OpenDesk, goods: Any, way: str) -> None:
	"""Even if that is today where its reader sits, and yesterday in the factory."""
	bought = goods.purchase(warehouse=None, date=yesterday()).submit()
	manager = desk_of("manager")
	show(manager, bought, way)
	manager.page.evaluate("(day) => { frappe.datetime.get_today = () => day }", yesterday())
	assert copy(manager, way)["date"] == yesterday()
	manager.do("() => frappe.new_doc('Bottle Purchase')")
	expect(manager.field("supplier")).to_be_focused()
	assert manager.document()["date"] == nowdate()


def test_a_new_blow_is_like_the_last_one(desk: Desk, goods: Any, blow_cost: float) -> None:
	desk.new("Blow")
	expect(desk.field("quantity")).to_be_focused()
	begun = desk.document()
	assert begun["blow_cost_per_unit"] == blow_cost
	assert begun.items() >= {"from_item": goods.preform, "to_item": goods.bottle, **WHO}.items()


@pytest.mark.parametrize(
	("item_type", "fieldname", "other", "focused"),
	[("Preform", "from_item", "to_item", "quantity"), ("Bottle", "to_item", "from_item", "from_item")],
)
def test_another_item_is_not_paired_with_what_was_blown_last(
	desk: Desk, goods: Any, item_type: str, fieldname: str, other: str, focused: str
) -> None:
	import frappe

	item = goods.item("OTHER", item_type)
	frappe.db.commit()
	desk.open(f"bottle-item/{item}")
	desk.button("Blow").click()
	expect(desk.field(focused)).to_be_focused()
	begun = desk.document()
	assert begun.items() >= {fieldname: item, **WHO}.items()
	assert not begun.get(other)


@pytest.mark.parametrize("kind", ["preform", "bottle"])
def test_the_item_that_was_blown_last_has_its_partner(desk: Desk, goods: Any, kind: str) -> None:
	desk.open(f"bottle-item/{getattr(goods, kind)}")
	desk.button("Blow").click()
	expect(desk.field("quantity")).to_be_focused()
	assert desk.document().items() >= {"from_item": goods.preform, "to_item": goods.bottle, **WHO}.items()
