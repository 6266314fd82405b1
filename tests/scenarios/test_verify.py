"""Counting the books from zero finds every figure that is not right, and puts it right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.errors import ClosedPeriodError
from bottle_mfg.posting.documents import Difference
from bottle_mfg.posting.recount import rebuild, verify
from tests.laws import assert_laws
from tests.scenarios.test_corrections import books, close


@pytest.fixture
def traded(factory: Any) -> Any:
	factory.purchase(1000, "1.2345", date=add_days(nowdate(), -9), other_charges=7).submit()
	factory.blow(500, 470, date=add_days(nowdate(), -7), blow_cost_per_unit="0.1").submit()
	factory.sold = factory.sale(100, 4, date=add_days(nowdate(), -5))
	factory.sold.submit()
	factory.purchase(300, "1.7", date=add_days(nowdate(), -8)).submit()
	factory.sold.reload()
	return factory


def found(factory: Any) -> set[tuple[str, str]]:
	"""(DocType, column) of each difference in what is the factory's own."""
	ours = {str(name) for name in _names(factory)}
	return {(one.doctype, one.column) for one in verify() if str(one.name) in ours}


def _names(factory: Any) -> list[Any]:
	names = []
	for doctype in ("Bottle Ledger Entry", "Bottle Stock", "Bottle Daily Total", "Bottle Sale", "Blow"):
		names += frappe.get_all(doctype, {"warehouse": factory.warehouse}, pluck="name")
	return names + [row.name for row in factory.sold.items]


def corrupt(doctype: str, column: str, where: str, value: object) -> None:
	frappe.db.sql(f"update `tab{doctype}` set `{column}` = `{column}` + 1 where `{where}` = %s", (value,))


def test_books_that_add_up_have_no_difference(traded: Any) -> None:
	assert found(traded) == set()


OUTSIDE_THE_LEDGER = {
	("Bottle Stock", "quantity"),
	("Bottle Stock", "value"),
	("Bottle Stock", "unit_cost"),
	("Bottle Daily Total", "revenue"),
	("Bottle Daily Total", "purchased_value"),
	("Bottle Daily Total", "cost_of_goods"),
	("Bottle Sale", "cost_of_goods"),
	("Bottle Sale", "profit"),
	("Blow", "preform_cost"),
	("Blow", "material_cost"),
	("Blow", "produced_unit_cost"),
}


def test_wrong_figures_are_found_and_put_right(traded: Any) -> None:
	before = books(traded), traded.sold.cost_of_goods
	for doctype, column in OUTSIDE_THE_LEDGER:
		corrupt(doctype, column, "warehouse", traded.warehouse)
	assert found(traded) == OUTSIDE_THE_LEDGER
	assert rebuild() > 0
	assert found(traded) == set()
	traded.sold.reload()
	assert (books(traded), traded.sold.cost_of_goods) == before
	assert_laws(traded)


@pytest.mark.parametrize("column", ["value", "balance_quantity", "balance_value"])
def test_a_wrong_entry_is_found_and_put_right(traded: Any, column: str) -> None:
	before = books(traded)
	corrupt("Bottle Ledger Entry", column, "warehouse", traded.warehouse)
	assert ("Bottle Ledger Entry", column) in found(traded)
	rebuild()
	assert found(traded) == set()
	assert books(traded) == before


def test_a_wrong_line_is_found_and_put_right(traded: Any) -> None:
	line = traded.sold.items[0]
	for column in ("cost", "unit_cost", "profit"):
		corrupt("Bottle Sale Item", column, "name", line.name)
	assert found(traded) == {("Bottle Sale Item", column) for column in ("cost", "unit_cost", "profit")}
	rebuild()
	assert found(traded) == set()


def test_a_missing_row_is_found_and_put_right(traded: Any) -> None:
	key = f"{traded.bottle}::{traded.warehouse}"
	frappe.db.delete("Bottle Daily Total", {"item": traded.bottle, "warehouse": traded.warehouse})
	assert {one.doctype for one in verify() if key in str(one.name)} == {"Bottle Daily Total"}
	rebuild()
	assert found(traded) == set()


def test_what_no_count_makes_right_is_said(traded: Any) -> None:
	[entry] = [entry for entry in traded.ledger(traded.bottle) if entry.voucher_no == traded.sold.name]
	frappe.db.sql(
		"update `tabBottle Ledger Entry` set quantity = -471 where sequence = %s", (entry.sequence,)
	)
	rebuild()
	left = [one for one in verify() if one.name == str(entry.sequence)]
	assert left == [Difference("Bottle Ledger Entry", str(entry.sequence), "quantity", -471, -470)]


def test_a_closed_period_is_not_rebuilt_unasked(traded: Any) -> None:
	corrupt("Bottle Sale", "cost_of_goods", "warehouse", traded.warehouse)
	close(add_days(nowdate(), -4))
	with pytest.raises(ClosedPeriodError):
		rebuild()
	rebuild(closed_too=True)
	assert found(traded) == set()


def bench(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
	argv = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", os.environ["BOTTLE_SITE"]]
	return subprocess.run(
		[*argv, command, *arguments],
		cwd=Path(os.environ["BOTTLE_BENCH"]) / "sites",
		capture_output=True,
		text=True,
		check=False,
	)


def test_the_commands_of_the_bench(traded: Any, db: Any) -> None:
	db.commit()
	assert bench("bottle-verify").stdout == "The books add up.\n"
	assert bench("bottle-rebuild").stdout == "The books add up: nothing to do.\n"
	corrupt("Bottle Sale", "cost_of_goods", "warehouse", traded.warehouse)
	db.commit()
	told, mended = bench("bottle-verify"), bench("bottle-rebuild")
	cost = traded.sold.cost_of_goods
	assert told.returncode == 1
	assert told.stdout.splitlines() == [
		f"Bottle Sale {traded.sold.name}: cost_of_goods is {round(cost + 1, 4)} instead of {cost}",
		"1 difference.",
	]
	assert (mended.returncode, mended.stdout) == (0, "1 record put right.\n")
	assert bench("bottle-verify").returncode == 0
