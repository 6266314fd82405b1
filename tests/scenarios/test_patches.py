"""What a migration makes of data that the version before left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bottle_mfg.patches.v1_0 import drop_index_of_reasons, fill_count_losses


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
