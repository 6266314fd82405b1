"""What is found on the shelves against what the books say."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.errors import InvalidValueError
from tests.laws import assert_laws
from tests.scenarios.test_statements import statements


def figures(count: Any) -> list[tuple[float, float, str]]:
	return [(row.difference, row.value_difference, row.reason) for row in count.items]


def daily(factory: Any, item: str) -> dict[str, D]:
	"""What the daily totals say was gained and lost."""
	import frappe

	columns = ("gained_quantity", "gained_value", "lost_quantity", "lost_value")
	summed = ", ".join(f"cast(sum({column}) as char)" for column in columns)
	rows = frappe.db.sql(
		f"select {summed} from `tabBottle Daily Total` where item = %s and warehouse = %s",
		(item, factory.warehouse),
	)
	return {column: D(figure).normalize() for column, figure in zip(columns, rows[0], strict=True)}


def test_less_is_a_loss_and_more_is_a_gain(factory: Any) -> None:
	factory.purchase(1000, 2).submit()
	factory.purchase(items=[factory.line(factory.cap, 300, 0.5)]).submit()
	count = factory.count({factory.preform: 990, factory.cap: 304}).submit()
	assert figures(count) == [(-10, -20, "Miscount"), (4, 2, "Miscount")]
	assert count.value_difference == -18
	assert [row.system_quantity for row in count.items] == [1000, 300]
	assert [row.unit_cost for row in count.items] == [2, 0.5]
	assert factory.stock(factory.preform) == (990, 1980)
	assert factory.stock(factory.cap) == (304, 152)
	assert daily(factory, factory.preform) == {
		"gained_quantity": 0,
		"gained_value": 0,
		"lost_quantity": 10,
		"lost_value": 20,
	}
	assert daily(factory, factory.cap)["gained_value"] == 2
	assert (count.status, count.name[:3]) == ("Counted", "SC-")
	assert_laws(factory)


def test_what_is_as_it_should_be_moves_nothing(factory: Any) -> None:
	factory.purchase(1000, 2).submit()
	count = factory.count({factory.preform: 1000, factory.bottle: 0}).submit()
	assert figures(count) == [(0, 0, ""), (0, 0, "")]
	assert len(factory.ledger(factory.preform)) == 1
	count.cancel()
	assert factory.stock(factory.preform) == (1000, 2000)
	assert_laws(factory)


def test_all_is_gone(factory: Any) -> None:
	factory.purchase(3, 1, other_charges=7).submit()
	count = factory.count({factory.preform: 0}).submit()
	assert figures(count) == [(-3, -10, "Miscount")]
	assert factory.stock(factory.preform) == (0, 0)
	assert_laws(factory)


def test_the_average_goes_on_from_what_was_found(factory: Any) -> None:
	factory.purchase(3, 1, other_charges=7).submit()  # 3.3333… each
	count = factory.count({factory.preform: 4}).submit()
	assert figures(count) == [(1, 3.3333, "Miscount")]
	assert factory.stock(factory.preform) == (4, D("13.3333"))
	assert_laws(factory)


def test_found_where_there_was_nothing_left(factory: Any) -> None:
	"""It is worth what the last of it was, whatever it is elsewhere."""
	factory.purchase(1000, 2).submit()
	factory.purchase(10, 9, warehouse=factory.depot).submit()
	factory.sale(items=[factory.line(factory.preform, 1000, 3)]).submit()
	count = factory.count({factory.preform: 5}).submit()
	assert figures(count) == [(5, 10, "Miscount")]
	assert_laws(factory)


def test_found_where_there_never_was_any(factory: Any) -> None:
	"""It is worth what it is elsewhere; nothing, if there is none anywhere."""
	factory.purchase(items=[factory.line(factory.cap, 10, 0.25)], warehouse=factory.depot).submit()
	count = factory.count({factory.cap: 8, factory.bottle: 5}).submit()
	assert figures(count) == [(8, 2, "Miscount"), (5, 0, "Miscount")]
	assert factory.stock(factory.bottle) == (5, 0)
	assert_laws(factory)


def test_a_reason_stays_as_given(factory: Any) -> None:
	factory.purchase(1000, 2).submit()
	lines = [{"item": factory.preform, "counted_quantity": 990, "reason": "Theft"}]
	count = factory.count({}, items=lines).submit()
	assert figures(count) == [(-10, -20, "Theft")]


def test_a_draft_shows_the_books_but_submitting_looks_again(factory: Any) -> None:
	factory.purchase(1000, 2).submit()
	count = factory.count({factory.preform: 990})
	assert [(row.system_quantity, row.difference) for row in count.items] == [(1000, -10)]
	factory.sale(items=[factory.line(factory.preform, 10, 3)]).submit()
	count.submit()
	assert [(row.system_quantity, row.difference, row.reason or "") for row in count.items] == [(990, 0, "")]
	assert factory.stock(factory.preform) == (990, 1980)


def test_cancelled_is_never_counted(factory: Any) -> None:
	factory.purchase(7, 1, other_charges=3).submit()
	before = factory.stock(factory.preform)
	count = factory.count({factory.preform: 5, factory.cap: 3}).submit()
	count.cancel()
	assert factory.stock(factory.preform) == before
	assert factory.stock(factory.cap) == (0, 0)
	assert set(daily(factory, factory.preform).values()) == {0}
	assert count.status == "Cancelled"
	assert_laws(factory)


def test_by_weight_and_by_piece(factory: Any) -> None:
	resin = factory.item("RESIN", "Consumable", uom="kg")
	factory.purchase(items=[factory.line(resin, 10.5, 100)]).submit()
	count = factory.count({resin: 10.125}).submit()
	assert figures(count) == [(-0.375, -37.5, "Miscount")]
	with pytest.raises(InvalidValueError) as refused:
		factory.count({factory.preform: 1.5})
	assert [fault.type for fault in refused.value.faults] == ["whole_number"]


def test_what_is_not_used_any_more_can_be_written_off(factory: Any, db: Any) -> None:
	factory.purchase(1000, 2).submit()
	db.set_value("Bottle Item", factory.preform, "disabled", 1)
	factory.count({factory.preform: 0}).submit()
	assert factory.stock(factory.preform) == (0, 0)


def test_a_count_of_last_week_leaves_what_came_since(factory: Any) -> None:
	"""Counted 990 of 1000 then; the 500 that came yesterday are none of its business."""
	week_ago, yesterday = add_days(nowdate(), -7), add_days(nowdate(), -1)
	factory.purchase(1000, 2, date=add_days(nowdate(), -9)).submit()
	factory.purchase(500, 5, date=yesterday).submit()
	count = factory.count({factory.preform: 990}, date=week_ago)
	assert [row.system_quantity for row in count.items] == [1000]
	count.submit()
	assert figures(count) == [(-10, -20, "Miscount")]
	assert factory.stock(factory.preform) == (1490, 4480)
	assert_laws(factory)


def test_what_moved_after_the_counting_is_not_compared(factory: Any) -> None:
	"""Counted at ten, entered in the evening; 100 had gone at eleven."""
	yesterday = {"date": add_days(nowdate(), -1)}
	factory.purchase(1000, 2, posting_time="09:00", **yesterday).submit()
	factory.sale(items=[factory.line(factory.preform, 100, 5)], posting_time="11:00", **yesterday).submit()
	count = factory.count({factory.preform: 990}, posting_time="10:00", **yesterday)
	assert [row.system_quantity for row in count.items] == [1000]
	at_noon = factory.count({factory.preform: 990}, posting_time="12:00", **yesterday)
	assert [row.system_quantity for row in at_noon.items] == [900]
	count.submit()
	assert figures(count) == [(-10, -20, "Miscount")]
	assert factory.stock(factory.preform) == (890, 1780)
	assert_laws(factory)


def test_a_bill_that_comes_late_gives_the_loss_its_true_cost(factory: Any) -> None:
	"""Half of the stock was lost at 2.00 each; the bill for goods at 4.00 that were there already comes after."""
	factory.purchase(1000, 2, date=add_days(nowdate(), -9)).submit()
	count = factory.count({factory.preform: 500}, date=add_days(nowdate(), -5)).submit()
	assert count.value_difference == -1000
	factory.purchase(1000, 4, date=add_days(nowdate(), -8)).submit()
	count.reload()
	assert (count.items[0].difference, count.items[0].unit_cost) == (-500, 3)
	assert (count.items[0].value_difference, count.value_difference) == (-1500, -1500)
	assert factory.stock(factory.preform) == (1500, 4500)
	assert daily(factory, factory.preform)["lost_value"] == 1500
	assert_laws(factory)


def test_no_line_adds_a_statement(factory: Any, db: Any) -> None:
	"""Whatever is found: less, more, or something where nothing ever was."""
	items = [factory.item(f"C{number:02}", "Sold") for number in range(72)]
	held = [item for item in items if item not in items[2::3]]
	factory.purchase(items=[factory.line(item, 10, 1) for item in held]).submit()
	taken = []
	for some in (items[:6], items[6:12], items[12:]):  # the first fills the caches
		count = factory.count(dict.fromkeys(some, 0))
		for place, row in enumerate(count.items):
			row.counted_quantity = (5, 15, 25)[place % 3]
		db.value_cache.clear()
		taken.append((statements(db, count.save), statements(db, count.submit)))
		assert {row.difference for row in count.items} == {-5, 5, 25}
	assert taken[1] == taken[2]
	assert_laws(factory)
