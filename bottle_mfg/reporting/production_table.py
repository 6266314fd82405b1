"""Production by day, machine, shift or whatever runs are told apart by, as a report's columns and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from frappe import _

from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.drill_down import Filters, documents
from bottle_mfg.reporting.items import item_names
from bottle_mfg.reporting.periods import DAILY, MONTHLY, WEEKLY, by_period
from bottle_mfg.reporting.production import Made, Wanted

PERIODS = {"Day": DAILY, "Week": WEEKLY, "Month": MONTHLY}
_FIELDS = {
	"Bottle": "to_item",
	"Preform": "from_item",
	"Machine": "machine",
	"Shift": "shift",
	"Operator": "operator",
}
GROUPS = (*PERIODS, *_FIELDS)
_LINKED = ("Bottle", "Preform")


@dataclass(frozen=True)
class Group:
	"""What runs that belong together made, and the filters that list them. `item` is the code they are of."""

	label: str
	item: str | None
	made: Made
	documents: Filters


def table(group: str, found: Mapping[Any, Made], wanted: Wanted, costs: bool) -> tuple[list[Any], list[Any]]:
	"""Columns and rows, with a total. `found` is what was made by the values of `group`; for a period, by day.

	For what runs lost something stands where they are told apart by who or what, not when.
	"""
	periodicity = PERIODS.get(group)
	groups = _periods(found, wanted, periodicity) if periodicity else _labelled(found, wanted, group)
	total = Made()
	for one in groups:
		total.add(one.made)
	reasons = sorted(total.reasons, key=lambda reason: (-total.reasons[reason], reason))
	told = None if periodicity else reasons
	rows = [_row(one, told, costs) for one in groups]
	if rows:
		whole = Group(_("Total"), None, total, documents(wanted.first, wanted.last, wanted.where))
		rows.append(_row(whole, told, costs) | {"bold": True})
	return _columns(group, told, total, costs), rows


def _periods(days: Mapping[date, Made], wanted: Wanted, periodicity: str) -> list[Group]:
	return [
		Group(period.label, None, one, documents(period.first, period.last, wanted.where))
		for period, one in together(days, wanted, periodicity)
	]


def together(days: Mapping[date, Made], wanted: Wanted, periodicity: str) -> list[tuple[Any, Made]]:
	"""(period, what was made in it): days put together; periods without a run are left out."""
	found = []
	for period, members in by_period(days, wanted.first, wanted.last, periodicity):
		total = Made()
		for day in members:
			total.add(days[day])
		found.append((period, total))
	return found


def _labelled(groups: Mapping[str, Made], wanted: Wanted, group: str) -> list[Group]:
	"""Spellings that differ in case or by spaces at the ends are one."""

	def listed(value: str) -> Filters:
		return documents(wanted.first, wanted.last, wanted.where | {_FIELDS[group]: value})

	if group in _LINKED:
		names = item_names(groups)
		return [Group(names.get(code, code), code, one, listed(code)) for code, one in groups.items()]
	found: dict[str, Group] = {}
	for key, one in groups.items():
		value = key.strip()
		fresh = Group(value or _("Not stated"), None, Made(), listed(value))
		found.setdefault(value.casefold(), fresh).made.add(one)
	return list(found.values())


def _columns(group: str, reasons: list[str] | None, total: Made, costs: bool) -> list[column.Column]:
	columns = [
		column.text("label", _(group), 95),
		column.count("runs", _("Runs"), 66),
		column.quantity("quantity", _("Preforms In"), 98),
		column.quantity("good_quantity", _("Good Bottles"), 110),
		column.quantity("reject_quantity", _("Rejects"), 75),
		column.percent("reject_rate", _("Reject Rate"), 92),
	]
	if costs:
		columns += [
			column.money("material_cost", _("Material Cost"), 112),
			column.money("conversion_cost", _("Blowing Cost"), 106),
			*([column.money("scrap_credit", _("By-products"), 102)] if total.scrap_credit else []),
			column.money("total_cost", _("Total Cost"), 107),
			column.unit_cost("unit_cost", _("Cost per Bottle"), 117),
			column.money("reject_cost", _("Cost of Rejects"), 117),
		]
	columns += [column.quantity(_field(reason), _(reason), 120) for reason in reasons or []]
	if reasons is not None and total.without_reason:
		columns.append(column.quantity("without_reason", _("No Reason Given"), 140))
	return columns


def _row(group: Group, reasons: list[str] | None, costs: bool) -> dict[str, Any]:
	one = group.made
	row = {
		"label": group.label,
		"item": group.item,
		"documents": group.documents,
		"runs": one.runs,
		"quantity": one.quantity,
		"good_quantity": one.good_quantity,
		"reject_quantity": one.reject_quantity,
		"reject_rate": one.reject_rate,
	}
	if reasons is not None:
		row |= {_field(reason): one.reasons.get(reason) for reason in reasons}
		row["without_reason"] = one.without_reason
	if costs:
		row |= {
			"material_cost": one.material_cost,
			"conversion_cost": one.conversion_cost,
			"scrap_credit": -one.scrap_credit,
			"total_cost": one.total_cost,
			"unit_cost": one.unit_cost,
			"reject_cost": one.reject_cost,
		}
	return column.cells(row)


def _field(reason: str) -> str:
	return "reason_" + "".join(letter if letter.isalnum() else "_" for letter in reason.lower())
