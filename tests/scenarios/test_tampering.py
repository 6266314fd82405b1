"""Whoever changes the ledger in the database, behind the app's back, is found out, and where he began is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.ledger import Key, Link, written
from bottle_mfg.patches.v1_0 import seal_ledger
from bottle_mfg.posting import chain
from bottle_mfg.posting.balances import row_name
from bottle_mfg.posting.recount import rebuild
from tests.laws import assert_laws
from tests.scenarios.test_verify import bench

ENTRY = "Bottle Ledger Entry"


@pytest.fixture
def traded(factory: Any) -> Any:
	"""Five sales of one bottle, the third cancelled, the fifth entered late and dated back."""
	factory.purchase(items=[factory.line(factory.bottle, 100, 1)], date=add_days(nowdate(), -9)).submit()
	factory.sales = [factory.sale(number, 3, date=add_days(nowdate(), number - 8)) for number in (1, 2, 3, 4)]
	for sale in factory.sales:
		sale.submit()
	factory.sales[2].cancel()
	factory.sales.append(factory.sale(5, 3, date=add_days(nowdate(), -7)).submit())
	factory.places = {
		entry.voucher_no: entry.sequence for entry in factory.ledger(factory.bottle, live=False)
	}
	return factory


def place(factory: Any, number: int) -> int:
	return factory.places[factory.sales[number - 1].name]


def found(factory: Any) -> list[tuple[str, str]]:
	return [(one.name, one.sentence) for one in chain.broken([factory.bottle])]


def change(sequence: int, assignments: str) -> None:
	frappe.db.sql(f"update `tab{ENTRY}` set {assignments} where sequence = %s", (sequence,))


def test_nothing_is_broken_by_what_people_do(traded: Any) -> None:
	assert found(traded) == []
	frappe.rename_doc("Bottle Item", traded.bottle, f"{traded.bottle} renamed")
	traded.bottle += " renamed"
	frappe.rename_doc("Bottle Warehouse", traded.warehouse, f"{traded.warehouse} renamed")
	traded.warehouse += " renamed"
	traded.sale(1, 3).submit().cancel()
	assert found(traded) == []
	assert_laws(traded)


FACTS = (
	"quantity = quantity - 1",
	"declared_value = 1",
	"basis = 'Declared'",
	"posting_datetime = posting_datetime - interval 1 microsecond",
	"creation = creation - interval 1 day",
	"voucher_no = 'SO-1'",
	"voucher_type = 'Blow'",
	"voucher_row = null",
	"origin_row = 'x'",
	"origin_start = 1",
)


@pytest.mark.parametrize("assignment", FACTS)
def test_a_changed_fact_is_named(traded: Any, assignment: str) -> None:
	change(place(traded, 2), assignment)
	[(name, sentence)] = found(traded)
	assert name == str(place(traded, 2))
	assert sentence.startswith("was changed after it was written")


def test_what_a_replay_rewrites_is_no_fact(traded: Any) -> None:
	change(place(traded, 2), "value = value - 1, balance_value = balance_value - 1")
	assert found(traded) == []


def test_the_first_of_several_is_named_first(traded: Any) -> None:
	for number in (4, 1, 2):
		change(place(traded, number), "quantity = quantity - 1")
	assert [name for name, _sentence in found(traded)] == [str(place(traded, number)) for number in (1, 2, 4)]


def test_who_seals_his_change_anew_breaks_the_next(traded: Any) -> None:
	sequence = place(traded, 2)
	change(sequence, "quantity = -1")
	[before] = [one for one in chain.stored() if one.sequence == place(traded, 1)]
	[own] = [one for one in chain.stored() if one.sequence == sequence]
	change(sequence, f"seal = '{written(before.link, own.facts).seal}'")
	[(name, sentence)] = found(traded)
	assert name == str(place(traded, 3))
	assert f"or {sequence} was, and sealed anew" in sentence


def test_a_removed_entry_is_missed(traded: Any) -> None:
	frappe.db.sql(f"delete from `tab{ENTRY}` where sequence = %s", (place(traded, 2),))
	assert found(traded) == [
		(str(place(traded, 1)), "has lost what came after it, entries or cancellations: 1")
	]


def test_the_last_entry_is_missed(traded: Any) -> None:
	frappe.db.sql(f"delete from `tab{ENTRY}` where sequence = %s", (place(traded, 5),))
	assert found(traded) == [
		(str(place(traded, 4)), "has lost what came after it, entries or cancellations: 1")
	]


def test_the_first_entry_is_missed(traded: Any) -> None:
	first = min(traded.places.values())
	frappe.db.sql(f"delete from `tab{ENTRY}` where sequence = %s", (first,))
	name = row_name(Key(traded.bottle, traded.warehouse))
	assert found(traded) == [(name, "has lost its first entries: 1")]


def test_an_added_entry_is_named(traded: Any) -> None:
	columns = [one for one in frappe.db.get_table_columns(ENTRY) if one not in ("name", "sequence")]
	listed = ", ".join(f"`{one}`" for one in columns)
	frappe.db.sql(
		f"""insert into `tab{ENTRY}` (name, sequence, {listed})
		select 900000000000, 900000000000, {listed} from `tab{ENTRY}` where sequence = %s""",
		(place(traded, 2),),
	)
	assert found(traded) == [("900000000000", "was added, or moved to this place")]


def test_a_cancelling_cannot_be_undone(traded: Any) -> None:
	change(place(traded, 3), "is_cancelled = 0")
	assert found(traded) == [(str(place(traded, 3)), "was marked as not cancelled")]
	change(place(traded, 3), "cancel_number = 0, cancel_seal = null")
	assert found(traded) == [
		(str(place(traded, 4)), "has lost what came after it, entries or cancellations: 1")
	]


def test_a_cancelling_cannot_be_made_up(traded: Any) -> None:
	change(place(traded, 2), "is_cancelled = 1")
	assert found(traded) == [(str(place(traded, 2)), "was marked as cancelled")]


def test_a_cancelling_cannot_be_moved_to_another_entry(traded: Any) -> None:
	[third] = [one for one in chain.stored() if one.sequence == place(traded, 3)]
	number, seal = third.cancelling
	change(place(traded, 3), "is_cancelled = 0, cancel_number = 0, cancel_seal = null")
	change(place(traded, 2), f"is_cancelled = 1, cancel_number = {number}, cancel_seal = '{seal}'")
	assert found(traded) == [(str(place(traded, 2)), "was cancelled otherwise than the app did it")]


def test_a_changed_balance_row_is_named(traded: Any) -> None:
	name = row_name(Key(traded.bottle, traded.warehouse))
	frappe.db.set_value("Bottle Stock", name, "seal", "0" * 40)
	assert found(traded) == [(name, "does not name the last of its entries")]
	frappe.db.delete("Bottle Stock", {"name": name})
	assert found(traded) == [(name, "was removed")]
	rebuild()
	traded.sale(1, 3).submit()
	assert found(traded) == [(name, "was made anew: how its chain began is not known")]


def test_an_entry_of_other_goods_does_not_fit(traded: Any) -> None:
	change(place(traded, 2), f"item = '{traded.preform}'")
	assert (str(place(traded, 1)), "has lost what came after it, entries or cancellations: 1") in found(
		traded
	)


def test_the_command_names_it_first(traded: Any, db: Any) -> None:
	db.commit()
	change(place(traded, 2), "quantity = -1")
	db.commit()
	told = bench("bottle-verify")
	change(place(traded, 2), "quantity = -2")
	db.commit()
	assert told.returncode == 1
	line = f"Bottle Ledger Entry {place(traded, 2)} was changed after it was written"
	assert told.stdout.startswith(line)
	assert bench("bottle-verify").stdout == "The books add up.\n"


def sealed_anew(factory: Any) -> None:
	"""What somebody does who knows how seals are made."""
	key = (factory.bottle, factory.warehouse)
	first = frappe.db.get_value("Bottle Stock", row_name(Key(*key)), "chain_start")
	end = Link(0, first)
	for one in [one for one in chain.stored() if one.key == key]:
		end = written(end, one.facts)
		change(one.sequence, f"chain_number = {end.number}, seal = '{end.seal}'")
	frappe.db.set_value("Bottle Stock", row_name(Key(*key)), {"chain_number": end.number, "seal": end.seal})


def test_a_chain_that_was_made_anew_is_told_from_noted_seals(factory: Any) -> None:
	factory.purchase(items=[factory.line(factory.bottle, 100, 1)]).submit()
	sale = factory.sale(10, 3).submit()
	noted = chain.noted()
	factory.sale(1, 3).submit()
	assert not [*chain.broken([factory.bottle], noted)]
	frappe.db.sql(f"update `tab{ENTRY}` set quantity = -9 where voucher_no = %s", (sale.name,))
	sealed_anew(factory)
	assert not [*chain.broken([factory.bottle])]
	[entry] = [one for one in factory.ledger(factory.bottle) if one.voucher_no == sale.name]
	[told] = chain.broken([factory.bottle], noted)
	assert told.name == str(entry.sequence)
	frappe.db.sql(f"delete from `tab{ENTRY}` where voucher_no = %s", (sale.name,))
	frappe.db.sql(f"delete from `tab{ENTRY}` where sequence > %s", (entry.sequence,))
	sealed_anew(factory)
	[told] = chain.broken([factory.bottle], noted)
	assert told.sentence == "does not reach as far as it did when its seal was noted"


def test_the_command_notes_seals(traded: Any, db: Any, tmp_path: Path) -> None:
	file = tmp_path / "seals.json"
	db.commit()
	assert bench("bottle-verify", "--seals", str(file)).returncode == 0
	name = row_name(Key(traded.bottle, traded.warehouse))
	first, number, seal = db.get_value("Bottle Stock", name, ["chain_start", "chain_number", "seal"])
	seals = json.loads(file.read_text())
	assert seals[first] == [number, seal]
	file.write_text(json.dumps(seals | {first: [number, "0" * 40]}))
	told = bench("bottle-verify", "--seals", str(file))
	assert told.returncode == 1
	assert "has another seal than was noted" in told.stdout
	assert json.loads(file.read_text())[first] == [number, "0" * 40]
	file.write_text("[]")
	assert "does not hold the seals" in bench("bottle-verify", "--seals", str(file)).stderr


def test_entries_of_the_version_before_are_sealed(traded: Any) -> None:
	"""As the columns are when a site is brought up to this version: added, and empty."""
	ours = (traded.bottle, traded.warehouse)
	frappe.db.sql(
		f"""update `tab{ENTRY}` set chain_number = 0, seal = null, cancel_number = 0, cancel_seal = null
		where item = %s and warehouse = %s""",
		ours,
	)
	frappe.db.sql(
		"""update `tabBottle Stock` set chain_number = 0, seal = null, chain_start = null
		where item = %s and warehouse = %s""",
		ours,
	)
	others = frappe.get_all("Bottle Stock", {"item": ("!=", traded.bottle)}, ["name", "seal"])
	assert found(traded)
	seal_ledger.execute()
	assert found(traded) == []
	assert frappe.get_all("Bottle Stock", {"item": ("!=", traded.bottle)}, ["name", "seal"]) == others
	traded.sales[1].cancel()
	traded.sale(1, 3).submit()
	assert found(traded) == []
	assert_laws(traded)
	assert chain.last(Key(*ours)) != Link()
