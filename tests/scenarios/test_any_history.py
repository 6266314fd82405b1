"""Any history, entered in any order: what is stored is what a count from zero finds, and all cancelled is nothing."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from bottle_mfg.api.v1 import make_return
from bottle_mfg.errors import (
	HasPaymentsError,
	HasReturnsError,
	InsufficientStockError,
	InTheWayError,
	InvalidValueError,
	OverPaymentError,
	OverReturnError,
)
from bottle_mfg.posting import returned
from bottle_mfg.posting.recount import verify
from tests.laws import assert_laws, assert_owed

STEPS = 60
DAYS = 6
HONEST = (
	HasPaymentsError,
	HasReturnsError,
	InsufficientStockError,
	InTheWayError,
	InvalidValueError,
	OverPaymentError,
	OverReturnError,
)
"""What may be refused: more than there is or was, at some time, and a return or payment before its bill."""


class History:
	"""Makes one random step after another, and knows what stands."""

	def __init__(self, factory: Any, seed: int) -> None:
		self.factory = factory
		self.dice = Random(seed)
		self.depot = factory.depot
		self.regrind = factory.item("REG", "Consumable", uom="kg")
		self.standing: list[Any] = []
		self.payments: list[Any] = []
		self.outcomes: Counter[str] = Counter()

	def step(self) -> None:
		what = self.dice.choice(
			[
				self.buy,
				self.buy,
				self.blow,
				self.blow,
				self.sell,
				self.sell,
				self.bring_back,
				self.bring_back,
				self.give_back,
				self.count,
				self.move,
				self.pay,
				self.pay,
				self.cancel,
				self.cancel_payment,
			]
		)
		frappe.db.savepoint("step")
		try:
			what()
			self.outcomes[what.__name__] += 1
		except HONEST as refusal:
			frappe.db.rollback(save_point="step")
			self.outcomes[type(refusal).__name__] += 1

	def some(self, most: int) -> int:
		return self.dice.randint(1, most)

	def price(self) -> str:
		return f"{self.dice.randint(1, 90000) / 10000:.4f}"

	def when(self) -> dict[str, Any]:
		day = add_days(nowdate(), -self.some(DAYS))
		return {
			"date": day,
			"posting_time": f"{self.dice.randint(0, 23):02}:{self.dice.randint(0, 59):02}:00",
		}

	def submit(self, doc: Any) -> None:
		self.standing.append(doc.submit())

	def buy(self) -> None:
		factory = self.factory
		lines = [factory.line(factory.preform, self.some(200), self.price())]
		if self.dice.random() < 0.4:
			lines.append(factory.line(factory.cap, self.some(100), self.price()))
		self.submit(factory.purchase(items=lines, other_charges=self.price(), **self.when()))

	def blow(self) -> None:
		preforms = self.some(60)
		materials = []
		if self.dice.random() < 0.3:
			materials.append({"item": self.factory.cap, "quantity": self.some(20)})
		if self.dice.random() < 0.6:
			kilos, rate = self.some(9) / 10, self.dice.choice([2, 50, 5000])
			materials.append({"item": self.regrind, "quantity": kilos, "kind": "By-product", "rate": rate})
		values = {"materials": materials, "blow_cost_per_unit": self.price(), **self.when()}
		self.submit(self.factory.blow(preforms, self.dice.randint(1, preforms), **values))

	def sell(self) -> None:
		item = self.dice.choice([self.factory.bottle, self.factory.bottle, self.factory.preform])
		lines = [self.factory.line(item, self.some(30), self.price()) for _ in range(self.some(2))]
		self.submit(self.factory.sale(items=lines, **self.when()))

	def bring_back(self) -> None:
		self._return("Bottle Sale")

	def give_back(self) -> None:
		self._return("Bottle Purchase")

	def _return(self, doctype: str) -> None:
		originals = [doc for doc in self.standing if doc.doctype == doctype and not doc.is_return]
		if not originals:
			return
		draft = frappe.get_doc(make_return(doctype, self.dice.choice(originals).name))
		draft.update(self.when())
		if self.dice.random() < 0.3:
			draft.warehouse = self.depot
		row = draft.items[0]
		row.quantity = self.some(int(row.quantity) + 1)
		self.submit(draft.insert())

	def count(self) -> None:
		counted = {self.dice.choice([self.factory.preform, self.factory.bottle]): self.dice.randint(0, 80)}
		self.submit(self.factory.count(counted, **self.when()))

	def move(self) -> None:
		self.submit(self.factory.transfer(self.some(30), **self.when()))

	def pay(self) -> None:
		"""A bill, or a refund of a return, in part or whole, or an attempt at it."""
		bills = [doc for doc in self.standing if doc.doctype in ("Bottle Sale", "Bottle Purchase")]
		if not bills:
			return
		bill = self.dice.choice(bills)
		bill.reload()
		open_amount = abs(bill.outstanding_amount)
		amount = self.dice.choice([open_amount, round(open_amount / 3, 2), self.some(200)])
		failed = {"result": "Failed", "failure_reason": "x"} if self.dice.random() < 0.1 else {}
		self.payments.append(self.factory.pay(bill, amount, date=self.when()["date"], **failed))

	def cancel_payment(self) -> None:
		if self.payments:
			payment = self.dice.choice(self.payments)
			frappe.get_doc(payment.doctype, payment.name).cancel()
			self.payments.remove(payment)

	def cancel(self) -> None:
		if self.standing:
			doc = self.dice.choice(self.standing)
			frappe.get_doc(doc.doctype, doc.name).cancel()
			self.standing.remove(doc)

	def assert_right(self) -> None:
		for warehouse in (self.factory.warehouse, self.depot):
			assert_laws(self.factory, warehouse)
		assert_owed(self.factory)
		ours = [self.factory.tag, *(doc.name for doc in self.standing)]
		assert [one for one in verify() if any(name in str(one.name) for name in ours)] == []


@pytest.mark.parametrize("seed", range(4))
def test_any_history(factory: Any, seed: int) -> None:
	history = History(factory, seed)
	for _ in range(STEPS):
		history.step()
	history.assert_right()
	done = history.outcomes
	assert done["bring_back"] + done["give_back"] > 2, done
	assert done["cancel"] > 0, done
	assert done["pay"] > 1, done
	for payment in history.payments:
		frappe.get_doc(payment.doctype, payment.name).cancel()
	assert_owed(factory)
	# The latest first, returns before what they are of: nothing stands in the way but what was built on it.
	for _round in range(len(history.standing)):
		for doc in list(reversed(history.standing)):
			frappe.db.savepoint("taken_out")
			try:
				frappe.get_doc(doc.doctype, doc.name).cancel()
				history.standing.remove(doc)
			except HONEST:
				frappe.db.rollback(save_point="taken_out")
		if not history.standing:
			break
	assert history.standing == []
	history.assert_right()
	for item in (factory.preform, factory.bottle, factory.cap, history.regrind):
		assert factory.stock(item) == factory.stock(item, history.depot) == (0, 0)
	sales = frappe.get_all("Bottle Sale", {"warehouse": factory.warehouse}, pluck="name")
	assert not any(returned.read(name).rows() for name in sales)
