"""The sample files that the app ships, imported as the docs say: in their order, into a factory without anything."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import frappe
import pytest

from bottle_mfg.ledger import Key
from bottle_mfg.posting.balances import read
from tests.imports import faults, imported
from tests.laws import assert_laws, assert_owed

SAMPLES = Path(__file__).parents[2] / "bottle_mfg" / "public" / "samples"
ORDER = [
	"Bottle Warehouse",
	"Bottle Supplier",
	"Bottle Customer",
	"Bottle Item",
	"Bottle Expense Category",
	"Bottle Stock Count",
	"Bottle Purchase",
	"Blow",
	"Bottle Stock Transfer",
	"Bottle Sale",
	"Bottle Payment",
	"Bottle Expense",
]


@pytest.fixture(scope="module")
def moved_in(site: str) -> Any:
	"""A factory that came into being by importing the samples, under names of its own."""
	frappe.db.rollback()
	frappe.set_user("Administrator")
	tag = frappe.generate_hash(length=8).upper()
	for doctype in ORDER:
		text = (SAMPLES / f"{frappe.scrub(doctype)}.csv").read_text()
		text = text.replace("SAMPLE-", f"{tag}-").replace("Sample ", f"{tag} ").replace("8901234500017", tag)
		submits = int(frappe.get_meta(doctype).is_submittable)
		done = imported(doctype, text, submit_after_import=submits)
		assert (doctype, done.status, faults(done)) == (doctype, "Success", [])
	return SimpleNamespace(tag=tag, customer=f"{tag} Springs", supplier=f"{tag} Preforms Ltd")


def test_there_is_one_for_everything_that_can_be_imported() -> None:
	assert {path.stem for path in SAMPLES.iterdir()} == {frappe.scrub(doctype) for doctype in ORDER}


def test_of_every_doctype_with_an_import(db: Any) -> None:
	importable = frappe.get_all(
		"DocType", {"module": "Bottle Mfg", "allow_import": 1, "istable": 0}, pluck="name"
	)
	assert set(importable) == set(ORDER)


def test_what_is_in_stock(moved_in: Any, db: Any) -> None:
	tag, held = moved_in.tag, {}
	for place in ("Yard", "Shop"):
		for item in ("PRE-18", "BTL-500", "CAP-28", "JAR-20"):
			key = Key(f"{tag}-{item}", f"{tag} {place}")
			if key in (found := read([key])):
				held[place, item] = found[key]
	assert {where: balance.quantity for where, balance in held.items() if balance.quantity} == {
		("Yard", "PRE-18"): 38000,
		("Yard", "BTL-500"): 5860,
		("Yard", "CAP-28"): 18140,
		("Yard", "JAR-20"): 50,
		("Shop", "BTL-500"): 1800,
		("Shop", "JAR-20"): 30,
	}
	# 40,000 were there at 2.10, 10,000 came at 2.15 with 250 of freight.
	assert held["Yard", "PRE-18"].value == (40_000 * D("2.1") + 21_750) * 38 / 50
	for place in ("Yard", "Shop"):
		assert_laws(moved_in, f"{tag} {place}")


def test_who_owes_what(moved_in: Any, db: Any) -> None:
	owed = {}
	for doctype, field in (("Bottle Sale", "customer"), ("Bottle Purchase", "supplier")):
		for party, amount in frappe.db.sql(
			f"""select `{field}`, sum(outstanding_amount) from `tab{doctype}`
			where `{field}` like %s and docstatus = 1 group by `{field}`""",
			(f"{moved_in.tag}%",),
		):
			owed[party.partition(" ")[2]] = amount
	assert owed == {
		"Springs": 38_500,
		"Corner Shop": 1_150,
		"Preforms Ltd": 21_750,
		"Caps & Closures": 13_800,
	}
	assert_owed(moved_in)


def test_what_was_earned(moved_in: Any, db: Any) -> None:
	sums = frappe.db.sql(
		"""select sum(revenue), sum(gained_value), sum(lost_value), sum(opened_value) from `tabBottle Daily Total`
		where warehouse in %s""",
		((f"{moved_in.tag} Yard", f"{moved_in.tag} Shop"),),
	)
	assert sums == ((28_100, 0, 0, 84_000 + 8_750 + 3_660),)
