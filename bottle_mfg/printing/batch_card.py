"""A blow on paper, as it hangs at the machine: counts, losses, materials. No costs, whoever prints it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import frappe
from frappe import _

from bottle_mfg.controllers.numbers import stored
from bottle_mfg.ledger import ZERO
from bottle_mfg.printing.paper import Paper
from bottle_mfg.printing.writing import begun


@dataclass(frozen=True)
class Good:
	"""An item as a card names it."""

	code: str
	name: str
	uom: str
	details: str


@dataclass(frozen=True)
class Loss:
	"""What was rejected for one reason, and its share of the preforms that went in."""

	stage: str
	reason: str
	quantity: Decimal
	share: Decimal


class BatchCard(Paper):
	"""A blow."""

	@property
	def title(self) -> str:
		return _("Batch Card")

	@cached_property
	def _items(self) -> dict[str, Good]:
		codes = {self.doc.from_item, self.doc.to_item, *(row.item for row in self.doc.materials)}
		fields = ["name", "item_name", "uom", "weight_g", "neck_finish", "colour", "size_ml", "grade"]
		return {
			item.name: Good(
				item.name, begun(item.item_name or item.name), _(item.uom or ""), self._details(item)
			)
			for item in frappe.get_all("Bottle Item", filters={"name": ("in", sorted(codes))}, fields=fields)
		}

	def _details(self, item: frappe._dict) -> str:
		parts = [
			_("{0} ml").format(item.size_ml) if item.size_ml else "",
			_("{0} g").format(self.quantity(item.weight_g)) if item.weight_g else "",
			item.neck_finish,
			item.colour,
			_("Grade {0}").format(item.grade) if item.grade else "",
		]
		return " · ".join(filter(None, parts))

	def item(self, code: str) -> Good:
		return self._items.get(code) or Good(code, code, "", "")

	@cached_property
	def put_in(self) -> Decimal:
		return stored(self.doc.quantity)

	@cached_property
	def good(self) -> Decimal:
		return stored(self.doc.good_quantity)

	@cached_property
	def rejected(self) -> Decimal:
		return self.put_in - self.good

	@property
	def reject_rate(self) -> str:
		return self.percent(self._share(self.rejected))

	@cached_property
	def losses(self) -> list[Loss]:
		"""By reason, the largest first, with what nobody gave a reason for at the end."""
		known = [
			Loss(
				_(row.stage or ""),
				_(row.reason or ""),
				stored(row.quantity),
				self._share(stored(row.quantity)),
			)
			for row in self.doc.rejects
		]
		known.sort(key=lambda loss: -loss.quantity)
		rest = self.rejected - sum((loss.quantity for loss in known), ZERO)
		if known and rest > ZERO:
			known.append(Loss("", _("No reason given"), rest, self._share(rest)))
		return known

	def _share(self, quantity: Decimal) -> Decimal:
		return quantity / self.put_in if self.put_in else ZERO
