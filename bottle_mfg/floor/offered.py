"""What the screen at the machines has buttons for: the lists of the settings or, where they are empty, what was used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import frappe
from frappe.utils import add_to_date, getdate, nowdate

from bottle_mfg.controllers.stock_document import default_warehouse
from bottle_mfg.reporting.access import within

SETTINGS = "Bottle Mfg Settings"
SHIFTS = {"Morning": "morning_from", "Evening": "evening_from", "Night": "night_from"}
"""The shifts of a Blow, and the settings that say when each begins."""

_USUAL_STARTS = {"Morning": "06:00", "Evening": "14:00", "Night": "22:00"}
_USED_WITHIN_DAYS = 30
_MOST = 500
_MOST_BUTTONS = 24


def lines(text: str | None) -> list[str]:
	"""The words of a text that has one on each line, each once, in its order."""
	return list(dict.fromkeys(filter(None, (one.strip() for one in (text or "").splitlines()))))


def listed_machines() -> list[str]:
	"""The machines of the settings; the screen falls back on those that were used."""
	return lines(frappe.get_cached_doc(SETTINGS).machines)


def reasons() -> list[str]:
	"""Why pieces are lost: the reasons of the settings; without any, all that a Blow may state."""
	return lines(frappe.get_cached_doc(SETTINGS).reject_reasons) or lines(
		frappe.get_meta("Blow Reject").get_options("reason")
	)


def shifts() -> list[dict[str, str]]:
	"""The factory's shifts, and the time (HH:MM, the site's) from which each lasts until the next one begins."""
	settings = frappe.get_cached_doc(SETTINGS)
	stated = {shift: settings.get(field) for shift, field in SHIFTS.items()}
	starts = {shift: _clock(start) for shift, start in stated.items() if start is not None}
	return [{"shift": shift, "from": start} for shift, start in (starts or _USUAL_STARTS).items()]


def offered() -> dict[str, Any]:
	"""All that the screen offers to its user, by what it is."""
	used = _used()
	items = frappe.get_list(
		"Bottle Item",
		filters={"item_type": ("in", ("Preform", "Bottle")), "disabled": 0},
		fields=["name", "item_name", "item_type", "size_ml", "weight_g", "uom"],
		order_by="modified desc",
		limit_page_length=_MOST,
	)
	items = sorted(items, key=lambda one: (one.size_ml or 0, one.weight_g or 0, one.name))
	return {
		"machines": listed_machines() or _most_used((row.machine, row.runs) for row in used),
		"reasons": reasons(),
		"shifts": shifts(),
		"operators": _most_used((row.operator, row.runs) for row in used),
		"warehouses": _warehouses(),
		"bottles": [_item(one) for one in items if one.item_type == "Bottle"],
		"preforms": [_item(one) for one in items if one.item_type == "Preform"],
		"pairs": list(dict.fromkeys((row.machine or "", row.to_item, row.from_item) for row in used)),
	}


def _used() -> list[Any]:
	"""What was blown from what, by whom and on which machine in the last month, the latest first."""
	conditions, values = within("Blow", {"blow.warehouse": "Bottle Warehouse", "blow.to_item": "Bottle Item"})
	since = add_to_date(getdate(nowdate()), days=-_USED_WITHIN_DAYS)
	return frappe.db.sql(
		f"""select blow.machine, blow.operator, blow.to_item, blow.from_item, count(*) runs
		from `tabBlow` blow use index (production)
		where {" and ".join(["blow.docstatus = 1", "blow.date >= %s", *conditions])}
		group by blow.machine, blow.operator, blow.to_item, blow.from_item
		order by max(blow.date) desc, runs desc limit {_MOST}""",
		[since, *values],
		as_dict=True,
	)


def _most_used(words: Iterable[tuple[str | None, int]]) -> list[str]:
	"""The words that were used most, in their own order; capitals and spaces at the ends tell none apart."""
	counted: Counter[str] = Counter()
	spelled: dict[str, str] = {}
	for word, times in words:
		plain = (word or "").strip()
		if plain:
			counted[plain.casefold()] += times
			spelled.setdefault(plain.casefold(), plain)
	return sorted(spelled[folded] for folded, _times in counted.most_common(_MOST_BUTTONS))


def _warehouses() -> list[str]:
	"""Where the user may work; the default one first."""
	names = frappe.get_list(
		"Bottle Warehouse",
		filters={"disabled": 0},
		pluck="name",
		order_by="creation desc",
		limit_page_length=_MOST,
	)
	usual = default_warehouse()
	return sorted(names, key=lambda name: (name != usual, name))


def _item(item: Any) -> dict[str, Any]:
	return {
		"code": item.name,
		"name": item.item_name or item.name,
		"size_ml": item.size_ml,
		"weight_g": item.weight_g,
		"whole": item.uom == "pcs",
	}


def _clock(start: Any) -> str:
	"""HH:MM of what the driver or a form gives as a time."""
	if isinstance(start, timedelta):
		minutes = int(start.total_seconds()) // 60
		return f"{minutes // 60:02}:{minutes % 60:02}"
	hour, minute = str(start).split(":")[:2]
	return f"{int(hour):02}:{int(minute):02}"
