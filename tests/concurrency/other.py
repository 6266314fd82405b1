"""A second user of the database, who holds what a test wants held."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pymysql
from pymysql.constants.ER import LOCK_WAIT_TIMEOUT


class Other:
	"""Somebody in the middle of a transaction of his own."""

	def __init__(self, db: Any) -> None:
		self._connection = pymysql.connect(
			host=db.host, port=int(db.port), user=db.user, password=db.password, database=db.user
		)
		self._thread: threading.Thread | None = None
		self.do("set innodb_lock_wait_timeout = 20")

	def do(self, statement: str, *values: Any) -> None:
		self._connection.cursor().execute(statement, values)

	def hold_balance(self, factory: Any) -> None:
		name = f"{factory.preform}::{factory.warehouse}"
		self.do("select 1 from `tabBottle Stock` where name = %s for update", name)

	def grow_heavy(self) -> None:
		"""Write so much that the database lets the other side of a deadlock lose."""
		self.do(
			"insert into `tabSeries` (name, current) values "
			+ ", ".join(f"('HEAVY-{number}', 0)" for number in range(200))
		)

	def want_then_let_go(self, doctype: str, name: str) -> None:
		"""Ask for a document's row, in a thread, and give everything back once it is had."""

		def ask() -> None:
			self.do(f"select 1 from `tab{doctype}` where name = %s for update", name)
			self._connection.rollback()

		self._thread = threading.Thread(target=ask)
		self._thread.start()

	def is_kept_waiting(self, act: Callable[[], object]) -> bool:
		"""Whether `act`, which asks for a lock, has to wait for it."""
		self.do("set innodb_lock_wait_timeout = 1")
		try:
			act()
			return False
		except pymysql.OperationalError as error:
			assert error.args[0] == LOCK_WAIT_TIMEOUT
			return True

	def sees_a_wait(self) -> bool:
		"""Whether another connection to the database has been at one statement for a while."""
		cursor = self._connection.cursor()
		return bool(
			cursor.execute(
				"""select id from information_schema.processlist
				where db = database() and id != connection_id() and command = 'Query' and time_ms > 300"""
			)
		)

	def let_go(self) -> None:
		self._connection.rollback()

	def change(self, statement: str, *values: Any) -> None:
		self.do(statement, *values)
		self._connection.commit()

	def leave(self) -> None:
		if self._thread:
			self._thread.join()
		self._connection.close()


def sale_of(factory: Any, quantity: float = 1, **values: Any) -> dict[str, Any]:
	lines = [factory.line(factory.preform, quantity, 4)]
	customer, warehouse = factory.customer, factory.warehouse
	return {"doctype": "Bottle Sale", "customer": customer, "warehouse": warehouse, "items": lines} | values
