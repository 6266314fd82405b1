"""Rejects by reason or by stage, the largest first, as a report's columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from frappe import _, scrub

from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.drill_down import Filters, documents
from bottle_mfg.reporting.production import STAGES, Loss, Made, Wanted
from bottle_mfg.reporting.rejects import REASON, STAGE, Share, percent, shares

GROUPS = (REASON, STAGE)


def table(
	group: str, lost: Sequence[Loss], total: Made, wanted: Wanted, costs: bool
) -> tuple[list[Any], list[Any]]:
	"""Columns and rows, with a total: all rejects of `total`, those without a reason too.

	A reason's row says how much of it was lost at which stage, a stage's row for which reason.
	"""
	found = shares(lost, total, group)
	parts = STAGES if group == REASON else [share.name for share in shares(lost, total, REASON) if share.name]
	rows = [_row(share, total, parts, wanted, group, costs) for share in found]
	if rows:
		rows.append(_total(found, total, parts, wanted, costs))
	return _columns(group, parts, costs), rows


def _columns(group: str, parts: Sequence[str], costs: bool) -> list[column.Column]:
	columns = [
		column.text("label", _(group), 160),
		column.quantity("reject_quantity", _("Rejects"), 110),
		column.percent("percent", _("Of All Rejects"), 125),
		column.percent("cumulative", _("Added Up"), 110),
		column.percent("reject_rate", _("Reject Rate"), 115),
	]
	if costs:
		columns.append(column.money("reject_cost", _("Cost of Rejects"), 145))
	named = [(part, _("As {0}").format(_(part)) if group == REASON else _(part)) for part in parts]
	return columns + [column.quantity(_field(part), label, 130) for part, label in named]


def _row(
	share: Share, total: Made, parts: Sequence[str], wanted: Wanted, group: str, costs: bool
) -> dict[str, Any]:
	return column.cells(
		{
			"label": _(share.name) if share.name else _("No Reason Given"),
			"documents": _documents(wanted, share.name, group),
			"reject_quantity": share.quantity,
			"percent": share.percent,
			"cumulative": share.cumulative,
			"reject_rate": percent(share.quantity, total.quantity),
			**({"reject_cost": share.cost} if costs else {}),
			**{_field(part): share.parts.get(part) for part in parts},
		}
	)


def _total(
	found: Sequence[Share], total: Made, parts: Sequence[str], wanted: Wanted, costs: bool
) -> dict[str, Any]:
	sums = {_field(part): sum(share.parts.get(part, Decimal(0)) for share in found) for part in parts}
	return column.cells(
		{
			"label": _("Total"),
			"bold": True,
			"documents": _documents(wanted, "", ""),
			"reject_quantity": total.reject_quantity,
			"percent": percent(total.reject_quantity, total.reject_quantity),
			"reject_rate": total.reject_rate,
			**({"reject_cost": total.reject_cost} if costs else {}),
			**sums,
		}
	)


def _documents(wanted: Wanted, name: str, group: str) -> Filters:
	"""The runs that lost something for a reason (or at a stage); without one, all that lost something."""
	which = {f"Blow Reject.{group.lower()}": name} if name else {"reject_quantity": [">", 0]}
	return documents(wanted.first, wanted.last, wanted.where | which)


def _field(part: str) -> str:
	return f"part_{scrub(part)}"
