"""What a migration makes of data that the version before left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bottle_mfg.patches.v1_0 import drop_index_of_reasons, fill_count_losses, fill_sums_for_reports


def test_counts_learn_what_they_wrote_off(factory: Any, db: Any) -> None:
	factory.purchase().submit()
	count = factory.count({factory.preform: 990, factory.cap: 5}).submit()
	later = factory.count({factory.preform: 985}).submit()
	later.cancel()
	counts = (count.name, later.name)
	db.sql("update `tabBottle Stock Count` set lost_value = 0 where name in %s", (counts,))
	fill_count_losses.execute()
	lost = db.sql("select lost_value from `tabBottle Stock Count` where name in %s order by name", (counts,))
	assert [Decimal(str(one[0])) for one in lost] == [20, 10]


def test_rejects_have_one_index_for_the_report(db: Any) -> None:
	table = "tabBlow Reject"
	db.add_index("Blow Reject", ["parent", "parenttype", "reason", "quantity"], "reasons")
	drop_index_of_reasons.execute()
	drop_index_of_reasons.execute()
	assert (bool(db.has_index(table, "reasons")), bool(db.has_index(table, "losses"))) == (False, True)


def test_sales_and_blows_learn_what_the_reports_read(factory: Any, db: Any) -> None:
	factory.purchase().submit()
	factory.purchase(items=[factory.line(factory.cap, 900, "0.25")]).submit()
	caps = [{"item": factory.cap, "quantity": 400}]
	blows = [factory.blow(500, 400, materials=caps).submit() for _ in range(2)]
	sale = factory.sale(
		items=[factory.line(factory.bottle, 30, 4), factory.line(factory.bottle, "12.000", 5)]
	).submit()
	blows[1].cancel()
	db.sql("update `tabBlow` set preform_cost = 0 where from_item = %s", factory.preform)
	db.sql("update `tabBottle Sale` set total_quantity = 0 where name = %s", sale.name)
	fill_sums_for_reports.execute()
	assert [db.get_value("Blow", blow.name, "preform_cost") for blow in blows] == [1000, 1000]
	assert db.get_value("Bottle Sale", sale.name, "total_quantity") == 42
