"""A day of many users in a factory: what one of them does, drawn by dice."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.utils import add_days, nowdate

HONEST = {"done", "insufficient_stock"}
"""What users may hear, however many they are."""

JUST_ENTERED = 5
"""So many documents back, a user still cancels one."""


@dataclass(frozen=True)
class Mill:
	"""The records that everybody works with."""

	warehouse: str
	supplier: str
	customer: str
	preforms: tuple[str, ...]
	bottles: tuple[str, ...]
	goods: tuple[str, ...]
	late: float
	"""The part of documents that are entered a day or two late."""


@dataclass
class User:
	"""Buys, blows, sells, and cancels what he entered himself."""

	mill: Mill
	dice: random.Random
	entered: list[tuple[str, str]] = field(default_factory=list)
	heard: Counter[str] = field(default_factory=Counter)

	def work(self, documents: int) -> Counter[str]:
		"""Enter so many documents, cancelling some; gives how often each answer was heard."""
		for _ in range(documents):
			self._heard(self._enter)
			if self.entered and self.dice.random() < 0.15:
				self._heard(self._cancel)
		return self.heard

	def _heard(self, act: Any) -> None:
		frappe.clear_messages()
		frappe.local.response.clear()
		try:
			act()
			frappe.db.commit()
			self.heard["done"] += 1
		except Exception as error:
			frappe.db.rollback()
			code = getattr(error, "code", None)
			self.heard[code if code in HONEST else f"{type(error).__name__}: {error}"] += 1

	def _enter(self) -> None:
		kind = self.dice.choices([self._purchase, self._blow, self._sale], [3, 2, 4])[0]
		values = kind() | {"warehouse": self.mill.warehouse}
		if self.dice.random() < self.mill.late:
			values["date"] = add_days(nowdate(), -self.dice.randint(1, 2))
		at_once = self.dice.random() < 0.5
		doc = frappe.get_doc(values | {"docstatus": int(at_once)}).insert()
		if not at_once:
			frappe.db.commit()
			frappe.get_doc(doc.doctype, doc.name).submit()
		self.entered.append((doc.doctype, doc.name))

	def _cancel(self) -> None:
		document = self.dice.choice(self.entered[-JUST_ENTERED:])
		frappe.get_doc(*document).cancel()
		self.entered.remove(document)

	def _purchase(self) -> dict[str, Any]:
		items = self._some(self.mill.preforms + self.mill.goods)
		lines = [
			self._line(item, self.dice.randint(20, 60), self.dice.randint(1, 99999) / 10000) for item in items
		]
		return {"doctype": "Bottle Purchase", "supplier": self.mill.supplier, "items": lines}

	def _blow(self) -> dict[str, Any]:
		quantity = self.dice.randint(5, 40)
		return {
			"doctype": "Blow",
			"from_item": self.dice.choice(self.mill.preforms),
			"to_item": self.dice.choice(self.mill.bottles),
			"quantity": quantity,
			"good_quantity": quantity - self.dice.randint(0, 3),
			"blow_cost_per_unit": self.dice.randint(0, 3333) / 10000,
		}

	def _sale(self) -> dict[str, Any]:
		lines = [
			self._line(item, self.dice.randint(1, 15), 9)
			for item in self._some(self.mill.bottles + self.mill.goods)
		]
		return {"doctype": "Bottle Sale", "customer": self.mill.customer, "items": lines}

	def _some(self, items: tuple[str, ...]) -> list[str]:
		return self.dice.sample(items, self.dice.randint(1, 3))

	def _line(self, item: str, quantity: float, unit_price: float) -> dict[str, Any]:
		return {"item": item, "quantity": quantity, "unit_price": unit_price}
