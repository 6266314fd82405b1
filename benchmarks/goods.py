"""Masters and documents to measure with, made through Frappe like anybody's."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import frappe

from benchmarks.site import commit

PLENTY = 10_000_000
"""Pieces of everything: no measurement runs out."""


@dataclass(frozen=True)
class Goods:
	"""What documents are about; `items` can be bought and sold, a preform can be blown into a bottle."""

	items: tuple[str, ...]
	preform: str
	bottle: str
	warehouse: str
	supplier: str
	customer: str

	def sale(self, lines: int = 1, item: str | None = None, **values: Any) -> dict[str, Any]:
		"""A sale of one piece on each line."""
		chosen = [item] if item else self.items[:lines]
		return {
			"doctype": "Bottle Sale",
			"customer": self.customer,
			"warehouse": self.warehouse,
			"items": [line(one, 1, 3) for one in chosen],
			**values,
		}

	def purchase(self, lines: int = 1, quantity: float = 10, **values: Any) -> dict[str, Any]:
		return {
			"doctype": "Bottle Purchase",
			"supplier": self.supplier,
			"warehouse": self.warehouse,
			"items": [line(one, quantity, 2) for one in self.items[:lines]],
			**values,
		}

	def blow(self, **values: Any) -> dict[str, Any]:
		return {
			"doctype": "Blow",
			"from_item": self.preform,
			"to_item": self.bottle,
			"quantity": 100,
			"good_quantity": 96,
			"blow_cost_per_unit": 0.25,
			"warehouse": self.warehouse,
			**values,
		}


def line(item: str, quantity: float, unit_price: float) -> dict[str, Any]:
	return {"item": item, "quantity": quantity, "unit_price": unit_price}


def make_goods(items: int = 1) -> Goods:
	"""Goods of their own, in stock in a warehouse of their own."""
	made = make_masters(items)
	stocked = made.purchase(items, PLENTY)
	stocked["items"].append(line(made.preform, PLENTY, 2))
	post(stocked)
	return made


def make_masters(items: int = 1) -> Goods:
	"""Goods of their own of which there is nothing yet."""
	tag = frappe.generate_hash(length=8).upper()
	made = Goods(
		items=tuple(_item(f"GOOD-{tag}-{number:03}", "Sold") for number in range(items)),
		preform=_item(f"PREFORM-{tag}", "Preform"),
		bottle=_item(f"BOTTLE-{tag}", "Bottle"),
		warehouse=_make("Bottle Warehouse", warehouse_name=f"Store {tag}"),
		supplier=_make("Bottle Supplier", supplier_name=f"Supplier {tag}"),
		customer=_make("Bottle Customer", customer_name=f"Customer {tag}"),
	)
	commit()
	return made


def post(values: dict[str, Any]) -> Any:
	"""Insert and submit a document and commit it; answers the document."""
	doc = frappe.get_doc(deepcopy(values))
	doc.insert()
	doc.submit()
	commit()
	return doc


def _item(code: str, item_type: str) -> str:
	return _make("Bottle Item", item_code=code, item_name=code, item_type=item_type)


def _make(doctype: str, **values: Any) -> str:
	return frappe.get_doc({"doctype": doctype, **values}).insert().name
