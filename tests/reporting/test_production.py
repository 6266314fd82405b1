"""Production: what the machines made, what was lost and why, and what it cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import frappe
import pytest

from tests.reports import Run, add, as_user, places

COSTS = {"material_cost", "conversion_cost", "total_cost", "unit_cost", "reject_cost"}


@pytest.fixture
def spring(factory: Any) -> Any:
	"""Three runs on two machines over two days, 2.00 a preform."""
	factory.purchase(2000, 2, date="2024-03-30").submit()
	factory.blow(
		1000,
		950,
		date="2024-03-30",
		blow_cost_per_unit=0.5,
		machine="M1",
		shift="Morning",
		rejects=[reject("Burst", 25), reject("Burst", 5, "Preform"), reject("Haze", 10)],
	).submit()
	factory.blow(
		500,
		490,
		date="2024-03-30",
		blow_cost_per_unit=0.4,
		machine="M2",
		shift="Evening",
		rejects=[reject("Burst", 10)],
	).submit()
	factory.last = factory.blow(200, 190, date="2024-04-01", machine="m1 ", operator="Asha").submit()
	return factory


def reject(reason: str, quantity: int, stage: str = "Bottle") -> dict[str, Any]:
	return {"stage": stage, "reason": reason, "quantity": quantity}


def production(factory: Any, **filters: Any) -> Run:
	spring = {"from_date": "2024-03-01", "to_date": "2024-04-30"}
	return Run("Bottle Production", **({"warehouse": factory.warehouse} | spring | filters))


def test_by_day_to_the_digit(spring: Any) -> None:
	first, second, total = production(spring).rows
	assert (first["runs"], first["quantity"], first["good_quantity"]) == (2, 1500, 1440)
	assert (first["reject_quantity"], first["reject_rate"]) == (60, 4)
	assert (first["material_cost"], first["conversion_cost"], first["total_cost"]) == (3000, 700, 3700)
	assert places(first["unit_cost"]) == Decimal("2.5694")
	assert (second["quantity"], second["reject_rate"], second["total_cost"]) == (200, 5, 400)
	assert (total["quantity"], total["total_cost"], total["reject_rate"]) == (1700, 4100, 4.12)
	assert places(total["unit_cost"]) == Decimal("2.5153")


def test_rejects_by_reason_add_up(spring: Any) -> None:
	run = production(spring, group_by="Machine")
	for row in run.rows:
		reasons = sum(row[field] or 0 for field in ("reason_burst", "reason_haze", "without_reason"))
		assert reasons == row["reject_quantity"]
	total = run.rows[-1]
	assert (total["reason_burst"], total["reason_haze"], total["without_reason"]) == (40, 10, 20)


@pytest.mark.parametrize(
	("group", "labels"),
	[
		("Week", ["25 Mar – 31 Mar", "1 Apr – 7 Apr"]),
		("Month", ["Mar 2024", "Apr 2024"]),
		("Machine", ["M1", "M2"]),
		("Shift", ["Not stated", "Evening", "Morning"]),
		("Operator", ["Not stated", "Asha"]),
	],
)
def test_groups_add_up_to_the_total(spring: Any, group: str, labels: list[str]) -> None:
	run = production(spring, group_by=group)
	assert sorted(row["label"] for row in run.rows[:-1]) == sorted(labels)
	fields = ["runs", "quantity", "good_quantity", "reject_quantity", "total_cost"]
	if group in ("Week", "Month"):
		assert "reason_burst" not in run.columns, "a column for each reason, day by day, is for nobody"
	else:
		fields.append("reason_burst")
	for field in fields:
		assert add(run.rows[:-1], field) == places(run.rows[-1][field]), field


def test_bottles_and_preforms_open_their_item(spring: Any) -> None:
	assert production(spring, group_by="Bottle").rows[0]["item"] == spring.bottle
	assert production(spring, group_by="Preform").rows[0]["item"] == spring.preform


@pytest.mark.parametrize(
	("filters", "quantity"),
	[({"machine": "M2"}, 500), ({"shift": "Morning"}, 1000), ({"operator": "Asha"}, 200), ({}, 1700)],
)
def test_filters(spring: Any, filters: dict[str, Any], quantity: int) -> None:
	assert production(spring, **filters).rows[-1]["quantity"] == quantity
	assert production(spring, bottle=spring.bottle, **filters).rows[-1]["quantity"] == quantity


def test_figures_can_be_re_added(spring: Any) -> None:
	"""From the documents, and the costs from the ledger."""
	total = production(spring).rows[-1]
	blows = frappe.get_all(
		"Blow", filters={"warehouse": spring.warehouse, "docstatus": 1}, fields=["quantity", "good_quantity"]
	)
	assert places(total["quantity"]) == add(blows, "quantity")
	assert places(total["good_quantity"]) == add(blows, "good_quantity")
	produced = sum(Decimal(entry.value) for entry in spring.ledger(spring.bottle))
	consumed = -sum(
		Decimal(entry.value) for entry in spring.ledger(spring.preform) if Decimal(entry.quantity) < 0
	)
	assert places(total["total_cost"]) == produced
	assert places(total["material_cost"]) == consumed
	assert places(total["conversion_cost"]) == produced - consumed


def test_cancel_is_never_entered(spring: Any) -> None:
	spring.last.cancel()
	before = production(spring).answer
	spring.blow(100, 90, date="2024-04-01").submit().cancel()
	after = production(spring).answer
	assert before["result"][-1]["quantity"] == 1500
	assert after["result"] == before["result"]
	assert after["report_summary"] == before["report_summary"]


def test_the_chart_is_of_output_or_losses_over_time(spring: Any) -> None:
	output = production(spring, from_date="2024-03-30", to_date="2024-04-01").answer["chart"]["data"]
	assert output["labels"] == ["30/3", "1/4"]
	assert [one["values"] for one in output["datasets"]] == [[1440, 190], [60, 10]]
	rate = production(spring, chart="Reject rate").answer["chart"]["data"]
	assert rate["datasets"][0]["values"] == [4, 5]


def test_rejects_by_reason_are_all_rejects(spring: Any) -> None:
	"""1000 preforms for 2500 in the first run, 500 for 1200 in the second, 200 for 400 in the third."""
	run = production(spring, group_by="Reason")
	names = (
		"label",
		"reject_quantity",
		"percent",
		"cumulative",
		"reject_cost",
		"part_preform",
		"part_bottle",
	)
	assert [tuple(row.get(name) for name in names) for row in run.rows] == [
		("Burst", 40, 57.14, 57.14, 30 * 2.5 + 10 * 2.4, 5, 35),
		("Haze", 10, 14.29, 71.43, 25, None, 10),
		("No Reason Given", 20, 28.57, 100, 10 * 2.5 + 10 * 2, None, None),
		("Total", 70, 100, None, 169, 5, 45),
	]
	assert run.rows[0]["reject_rate"] == 2.35
	assert run.cards["Cost of Rejects"] == 169
	rejected = frappe.get_all(
		"Blow", filters={"warehouse": spring.warehouse, "docstatus": 1}, fields=["reject_quantity"]
	)
	assert places(run.rows[-1]["reject_quantity"]) == add(rejected, "reject_quantity")


def test_rejects_by_stage_are_the_same(spring: Any) -> None:
	run = production(spring, group_by="Stage")
	assert [(row["label"], row["reject_quantity"], row["reject_cost"]) for row in run.rows] == [
		("Bottle", 45, 25 * 2.5 + 10 * 2.4 + 10 * 2.5),
		("Preform", 5, 12.5),
		("No Reason Given", 20, 45),
		("Total", 70, 169),
	]
	assert (run.rows[-1]["part_burst"], run.rows[-1]["part_haze"]) == (40, 10)


@pytest.mark.parametrize("group", ["Day", "Machine", "Bottle", "Reason", "Stage"])
def test_what_rejects_had_cost_adds_up_in_every_grouping(factory: Any, group: str) -> None:
	"""Sevenths of a preform's cost: each run's part is rounded once, so no grouping gains or loses a digit."""
	factory.purchase(1400, 1.0007, date="2024-03-30").submit()
	for number in (1, 2):
		rejects = [reject("Burst", 1, "Preform"), reject("Haze", 1), reject("Leak", 1)]
		factory.blow(
			700,
			697,
			date=f"2024-04-0{number}",
			rejects=rejects,
			blow_cost_per_unit=0.3333,
			machine=f"M{number}",
		).submit()
	rows = production(factory, group_by=group).rows
	assert add(rows[:-1], "reject_cost") == places(rows[-1]["reject_cost"]) > 0


def test_the_largest_reason_comes_first_in_the_chart(spring: Any) -> None:
	chart = production(spring, group_by="Reason").answer["chart"]
	assert chart["data"]["labels"] == ["Burst", "Haze", "No Reason Given"]
	bars, line = chart["data"]["datasets"]
	assert (bars["chartType"], bars["values"]) == ("bar", [57.14, 14.29, 28.57])
	assert (line["chartType"], line["values"]) == ("line", [57.14, 71.43, 100])
	assert production(spring, chart="Reject reasons").answer["chart"]["data"] == chart["data"]


@pytest.mark.parametrize(
	"group", ["Day", "Month", "Machine", "Shift", "Operator", "Bottle", "Reason", "Stage"]
)
def test_each_row_leads_to_its_documents(spring: Any, group: str) -> None:
	"""The list that a row opens adds up to the row."""
	for row in production(spring, group_by=group).rows:
		filters = [listed("Blow", name, wanted) for name, wanted in row["documents"].items()]
		blows = frappe.get_list("Blow", filters=filters, fields=["name", "reject_quantity"], distinct=True)
		if "runs" in row:
			assert len(blows) == row["runs"], row["label"]
			assert add(blows, "reject_quantity") == places(row["reject_quantity"])
		else:
			assert add(blows, "reject_quantity") >= places(row["reject_quantity"])


def listed(doctype: str, name: str, wanted: Any) -> list[Any]:
	"""A filter of a list, as the Desk makes one of what stands in the list's address."""
	doctype, field = name.split(".") if "." in name else (doctype, name)
	return [doctype, field, *(wanted if isinstance(wanted, list) else ["=", wanted])]


@pytest.mark.parametrize("user", ["viewer", "stock", "manager"])
def test_costs_are_for_who_may_see_them(spring: Any, user: str) -> None:
	with as_user(user):
		run = production(spring)
		by_reason = production(spring, group_by="Reason")
	assert ("reject_cost" in {*by_reason.columns, *by_reason.keys(), *by_reason.cards}) == (user != "viewer")
	assert bool(COSTS & {*run.columns, *run.keys()}) == (user != "viewer")
	assert ("Cost per Bottle" in run.cards) == (user != "viewer")
	assert run.rows[-1]["good_quantity"] == 1630


@pytest.mark.parametrize(("group", "field"), [("Operator", "operator"), ("Machine", "machine")])
def test_a_space_behind_a_name_makes_no_other_group(spring: Any, group: str, field: str) -> None:
	"""The database takes the spellings for one and names it by any of them, in each query by another."""
	for name, day, lost in (("Ravi ", "2024-04-02", []), ("Ravi", "2024-04-03", [reject("Burst", 5)])):
		spring.blow(100, 95, date=day, rejects=lost, **{field: name}).submit()
	row = production(spring, group_by=group, from_date="2024-04-02").row(label="Ravi")
	assert (row["runs"], row["quantity"], row["reason_burst"]) == (2, 200, 5)
