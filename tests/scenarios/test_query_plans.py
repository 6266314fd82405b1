"""The benchmarks refuse a report that reads a large table from end to end: here, that they would notice."""

from __future__ import annotations

from typing import Any

import pytest
from frappe.utils import getdate, nowdate

from benchmarks import plans
from benchmarks.plans import full_scans
from benchmarks.site import recorded
from bottle_mfg.api.v1 import item_overview, party_overview
from bottle_mfg.reporting import balances
from bottle_mfg.reporting.daily_totals import totals
from tests.reports import Run


@pytest.fixture
def small_is_large(factory: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""A factory with a little history, where tables of two rows count as large."""
	monkeypatch.setattr(plans, "LARGE", 2)
	factory.purchase().submit()
	factory.blow().submit()
	return factory


@pytest.mark.parametrize(
	"statement",
	[
		"select sum(quantity) from `tabBottle Ledger Entry`",
		"select entry.item, sum(entry.quantity) from `tabBottle Ledger Entry` entry group by entry.item",
		"(select max(value) from `tabBottle Stock`) union all (select 1)",
	],
)
def test_reading_all_of_a_table_is_noticed(small_is_large: Any, statement: str) -> None:
	assert full_scans([statement])


def test_reading_a_stretch_of_an_index_is_none(small_is_large: Any) -> None:
	assert not full_scans(
		[
			"select value from `tabBottle Stock` where name = 'a%::b'",
			f"select value from `tabBottle Ledger Entry` force index (ledger_order) where item = '{small_is_large.preform}'",
			"update `tabBottle Stock` set value = value where name = ''",
		]
	)


def test_an_opening_is_looked_up_in_the_order_of_the_ledger(small_is_large: Any, db: Any) -> None:
	day = getdate(nowdate())
	with recorded() as statements:
		held = balances.at_end_of(day, item=small_is_large.bottle)
	assert {key.warehouse for key in held} == {small_is_large.warehouse}
	plan = db.sql(f"explain {statements[-1]}", as_dict=True)
	assert plan[0].key == "ledger_order"


def test_days_are_read_where_they_lie(small_is_large: Any, db: Any) -> None:
	day = getdate(nowdate())
	with recorded() as statements:
		assert totals(("quantity",), ("item",), first=day, last=day)
	plan = db.sql(f"explain {statements[-1]}", as_dict=True)
	assert "PRIMARY" in plan[0].possible_keys


def test_a_form_reads_no_table_from_end_to_end(small_is_large: Any) -> None:
	small_is_large.sale().submit()
	with recorded() as statements:
		item_overview(small_is_large.preform)
		party_overview("Bottle Customer", small_is_large.customer)
	assert len(statements) < 25, "however much there is"
	assert not full_scans(statements)


def test_the_latest_documents_of_a_party_are_the_end_of_an_index(small_is_large: Any, db: Any) -> None:
	sale = small_is_large.sale().submit()
	small_is_large.pay(sale, 1)
	with recorded() as statements:
		party_overview("Bottle Customer", small_is_large.customer)
		party_overview("Bottle Supplier", small_is_large.supplier)
	latest = [one for one in statements if "order by date desc" in one]
	plans = [db.sql(f"explain {one}", as_dict=True)[0] for one in latest]
	assert [plan.key for plan in plans] == ["latest"] * 4
	assert not any("filesort" in plan.Extra for plan in plans)


@pytest.mark.parametrize(
	("report", "index"),
	[
		("Bottle Sales by Customer", "goods_sold"),
		("Bottle Gross Profit", "goods_sold"),
		("Bottle Purchases by Supplier", "goods_bought"),
		("Bottle Cost Analysis", "production"),
	],
)
def test_a_years_documents_are_one_stretch_of_an_index(
	small_is_large: Any, db: Any, report: str, index: str
) -> None:
	with recorded() as statements:
		Run(report, warehouse=small_is_large.warehouse, group_by="Customer")
	(plan,) = (db.sql(f"explain {one}", as_dict=True)[0] for one in statements if f"index ({index})" in one)
	assert plan.key == index
	assert "Using index" in plan.Extra
