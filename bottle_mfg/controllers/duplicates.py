"""Documents that were perhaps entered twice: the same party, amount and items, a few days apart.

That may be right, as two equal orders in a week are. So it is said, not refused.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, escape_html, formatdate, get_link_to_form

from bottle_mfg.controllers.numbers import day, stored

USUAL_DAYS = 3
"""How many days apart, where the settings say nothing."""

_NAMED = 3


@dataclass(frozen=True)
class Alike:
	"""The fields that make two documents of a DocType alike; `items` is the table of their lines."""

	party: str
	amount: str
	more: tuple[str, ...] = ()
	items: str | None = None

	@property
	def index(self) -> list[str]:
		"""The columns of the index that finds them."""
		return [self.party, self.amount, "date"]


ALIKE = {
	"Bottle Purchase": Alike("supplier", "total_amount", items="Bottle Purchase Item"),
	"Bottle Sale": Alike("customer", "total_price", items="Bottle Sale Item"),
	"Bottle Payment": Alike("party", "amount", ("reference_name", "result")),
	"Bottle Expense": Alike("category", "amount", ("payee",)),
}


def duplicate_days() -> int:
	"""How many days apart two documents are looked at as one entered twice; 0: they are not looked for."""
	days = frappe.get_cached_doc("Bottle Mfg Settings").duplicate_days
	return USUAL_DAYS if days is None else cint(days)


class WarnsOfDuplicates(Document):
	"""Says on insert which documents are like it. It costs a statement, and only where somebody is there to be told."""

	def after_insert(self) -> None:
		if getattr(frappe.local, "request", None) and duplicate_days():
			found = self.similar()
			if found:
				self._warn(found)

	def similar(self) -> list[Any]:
		"""The documents that are like this one, with name and date, as far as the user may read them."""
		alike, on = ALIKE[self.doctype], day(self.date)
		apart = timedelta(days=duplicate_days())
		same = [alike.party, *alike.more]
		names = frappe.db.sql(
			f"""select name from `tab{self.doctype}`
			where {" and ".join(f"`{field}` <=> %s" for field in same)} and `{alike.amount}` = %s
				and `date` between %s and %s and docstatus < 2 and name != %s""",
			[
				*(self.get(field) for field in same),
				stored(self.get(alike.amount)),
				on - apart,
				on + apart,
				self.name,
			],
			pluck=True,
		)
		if names and alike.items:
			lines = items_of(alike.items, [*names, self.name])
			names = [name for name in names if lines.get(name) == lines.get(self.name)]
		if not names:
			return []
		return frappe.get_list(self.doctype, filters={"name": ("in", names)}, fields=["name", "date"])

	def _warn(self, found: list[Any]) -> None:
		sentence = _("{0} has the same party, amount and items: was this entered twice?")
		if not ALIKE[self.doctype].items:
			sentence = _("{0} has the same amount for the same: was this entered twice?")
		warnings = [
			{
				"code": "possible_duplicate",
				"doctype": self.doctype,
				"name": one.name,
				"date": str(one.date),
				"detail": sentence.format(one.name),
			}
			for one in found
		]
		frappe.local.response.setdefault("warnings", []).extend(warnings)
		links = [
			f"{get_link_to_form(self.doctype, one.name)} ({escape_html(formatdate(one.date))})"
			for one in found[:_NAMED]
		]
		frappe.msgprint(sentence.format(", ".join(links)), title=_("Entered twice?"), indicator="orange")


def items_of(table: str, parents: Collection[str]) -> dict[str, list[str]]:
	"""The items on the lines of documents, sorted, by the documents' names."""
	found: dict[str, list[str]] = {}
	for parent, item in frappe.db.sql(
		f"select parent, item from `tab{table}` where parent in %s order by parent, item", (tuple(parents),)
	):
		found.setdefault(parent, []).append(item)
	return found


def add_index(doctype: str) -> None:
	"""Make the index by which documents that are alike are found."""
	frappe.db.add_index(doctype, ALIKE[doctype].index, "alike")
