"""A small factory for a test: made afresh, with names of its own, so that tests do not meet."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any

import frappe


class Factory:
	"""Preform, bottle, cap, supplier, customer and warehouse, and short ways to make documents with them."""

	def __init__(self) -> None:
		tag = frappe.generate_hash(length=8).upper()
		self.tag = tag
		self.warehouse = self.make("Bottle Warehouse", warehouse_name=f"Store {tag}").name
		self.preform = self.item("PRE", "Preform")
		self.bottle = self.item("BTL", "Bottle", selling_price=4)
		self.cap = self.item("CAP", "Consumable")
		self.supplier = self.make("Bottle Supplier", supplier_name=f"Supplier {tag}").name
		self.customer = self.make("Bottle Customer", customer_name=f"Customer {tag}", credit_days=30).name

	def make(self, doctype: str, **values: Any) -> Any:
		return frappe.get_doc({"doctype": doctype, **values}).insert()

	def item(self, prefix: str, item_type: str, **values: Any) -> str:
		code = f"{prefix}-{self.tag}"
		return self.make("Bottle Item", item_code=code, item_name=code, item_type=item_type, **values).name

	def purchase(self, quantity: float = 1000, unit_price: float = 2, **values: Any) -> Any:
		lines = [self.line(self.preform, quantity, unit_price)]
		values = {"supplier": self.supplier, "warehouse": self.warehouse, "items": lines} | values
		return self.make("Bottle Purchase", **values)

	def blow(self, quantity: float = 1000, good_quantity: float = 950, **values: Any) -> Any:
		values = {
			"from_item": self.preform,
			"to_item": self.bottle,
			"quantity": quantity,
			"good_quantity": good_quantity,
			"warehouse": self.warehouse,
			"blow_cost_per_unit": 0,
		} | values
		return self.make("Blow", **values)

	def sale(self, quantity: float = 100, unit_price: float = 4, **values: Any) -> Any:
		lines = [self.line(self.bottle, quantity, unit_price)]
		values = {"customer": self.customer, "warehouse": self.warehouse, "items": lines} | values
		return self.make("Bottle Sale", **values)

	@cached_property
	def depot(self) -> str:
		"""A second warehouse, for tests that need one."""
		return self.make("Bottle Warehouse", warehouse_name=f"Depot {self.tag}").name

	def count(self, counted: dict[str, float], **values: Any) -> Any:
		"""A count of how much there is of some items."""
		lines = [{"item": item, "counted_quantity": quantity} for item, quantity in counted.items()]
		return self.make("Bottle Stock Count", **({"warehouse": self.warehouse, "items": lines} | values))

	def transfer(self, quantity: float = 100, **values: Any) -> Any:
		"""Preforms moved to the depot."""
		places = {"from_warehouse": self.warehouse, "to_warehouse": self.depot}
		lines = [{"item": self.preform, "quantity": quantity}]
		return self.make("Bottle Stock Transfer", **(places | {"items": lines} | values))

	def payment(self, bill: Any, amount: Any, **values: Any) -> Any:
		"""A payment of a bill, or a refund of a return, not yet saved."""
		named = {"reference_type": bill.doctype, "reference_name": bill.name}
		return frappe.get_doc({"doctype": "Bottle Payment", **named, "amount": amount, **values})

	def pay(self, bill: Any, amount: Any, **values: Any) -> Any:
		"""A payment of a bill, or a refund of a return, submitted."""
		return self.payment(bill, amount, **values).submit()

	def line(self, item: str, quantity: float, unit_price: float, **values: Any) -> dict[str, Any]:
		return {"item": item, "quantity": quantity, "unit_price": unit_price, **values}

	def stock(self, item: str, warehouse: str | None = None) -> tuple[Decimal, Decimal]:
		"""(quantity, value) that Bottle Stock holds of an item, here or in another warehouse."""
		from bottle_mfg.ledger import Balance, Key
		from bottle_mfg.posting.balances import read

		key = Key(item, warehouse or self.warehouse)
		balance = read([key]).get(key, Balance())
		return balance.quantity, balance.value

	def ledger(self, item: str, live: bool = True) -> list[Any]:
		"""The entries of an item here in ledger order, figures as text."""
		return frappe.db.sql(
			f"""select voucher_no, cast(quantity as char) quantity, cast(value as char) value,
				cast(balance_quantity as char) balance_quantity, cast(balance_value as char) balance_value,
				basis, is_cancelled, posting_datetime, sequence
			from `tabBottle Ledger Entry` where item = %s and warehouse = %s {"and is_cancelled = 0" if live else ""}
			order by posting_datetime, sequence""",
			(item, self.warehouse),
			as_dict=True,
		)
