"""Bulk insert: rows are collected in files and loaded by the database itself."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.site import plain_connection

CHUNK = 250_000
"""Rows of the largest table that are loaded in one go."""

CREDIT_DAYS = 30
ONE_IN = 50
"""Of so many bills one was never paid; the others were on the day they fell due."""

_SYSTEM = "owner = 'Administrator', modified_by = 'Administrator'"
_DUE = f"date + interval {CREDIT_DAYS} day"
_PAID = f"{_DUE} < curdate() and mod(crc32(name), {ONE_IN}) > 0"


def _owed(total: str) -> str:
	"""SQL for what was paid of a bill of `total`."""
	return (
		f"due_date = {_DUE}, "
		f"payment_status = if({_PAID}, 'Paid', if({_DUE} < curdate(), 'Overdue', 'Pending')), "
		f"paid_amount = if({_PAID}, {total}, 0), outstanding_amount = if({_PAID}, 0, {total})"
	)


class Table:
	"""One table: the columns that a row gives, and SQL for the columns that all rows share."""

	def __init__(self, doctype: str, columns: str, shared: str) -> None:
		self.doctype = doctype
		self.columns = columns
		self.shared = f"{_SYSTEM}, {shared}"


LEDGER = Table(
	"Bottle Ledger Entry",
	"name, posting_datetime, item, warehouse, quantity, value, declared_value, balance_quantity, balance_value, "
	"basis, voucher_type, voucher_no, voucher_row, chain_number, seal",
	"sequence = name, creation = posting_datetime, modified = posting_datetime",
)
DAILY = Table(
	"Bottle Daily Total",
	"name, date, item, warehouse, quantity, value, purchased_quantity, purchased_value, consumed_quantity, "
	"consumed_value, produced_quantity, produced_value, conversion_cost, sold_quantity, revenue, cost_of_goods",
	"creation = date, modified = date",
)
STOCK = Table(
	"Bottle Stock",
	"name, item, warehouse, quantity, value, unit_cost, last_posting, chain_start, chain_number, seal",
	"creation = last_posting, modified = last_posting, last_updated = last_posting",
)
SALE = Table(
	"Bottle Sale",
	"name, date, posting_time, creation, customer, warehouse, total_quantity, total_price, "
	"cost_of_goods, profit",
	f"docstatus = 1, status = 'Confirmed', modified = creation, {_owed('total_price')}",
)
SALE_ITEM = Table(
	"Bottle Sale Item",
	"name, parent, idx, creation, item, quantity, unit_price, amount, unit_cost, cost, profit",
	"docstatus = 1, parenttype = 'Bottle Sale', parentfield = 'items', modified = creation",
)
PURCHASE = Table(
	"Bottle Purchase",
	"name, date, posting_time, creation, supplier, warehouse, total_amount",
	f"docstatus = 1, status = 'Received', modified = creation, {_owed('total_amount')}",
)
PURCHASE_ITEM = Table(
	"Bottle Purchase Item",
	"name, parent, idx, creation, item, quantity, unit_price, amount",
	"docstatus = 1, parenttype = 'Bottle Purchase', parentfield = 'items', modified = creation",
)
BLOW = Table(
	"Blow",
	"name, date, posting_time, creation, warehouse, from_item, to_item, quantity, good_quantity, reject_quantity, "
	"blow_cost_per_unit, preform_cost, material_cost, conversion_cost, total_cost, produced_unit_cost, machine, shift, operator",
	"docstatus = 1, modified = creation",
)
BLOW_REJECT = Table(
	"Blow Reject",
	"name, parent, idx, creation, stage, reason, quantity",
	"docstatus = 1, parenttype = 'Blow', parentfield = 'rejects', modified = creation",
)
PAID = (
	("Bottle Sale", "Bottle Customer", "customer", "Receive"),
	("Bottle Purchase", "Bottle Supplier", "supplier", "Pay"),
)
"""The bills that payments are for: their DocType, that of the party, its field, and where the money goes."""
TABLES = (LEDGER, DAILY, STOCK, SALE, SALE_ITEM, PURCHASE, PURCHASE_ITEM, BLOW, BLOW_REJECT)


class Loader:
	"""Takes rows for any of the tables; they are in the database once `close` was called.

	A thread of its own has the database load what was collected, while the next rows are made.
	"""

	def __init__(self) -> None:
		self._folder = TemporaryDirectory(prefix="benchmark-seed-")
		self._rows: dict[Table, list[str]] = {table: [] for table in TABLES}
		self._connection = plain_connection(local_infile=True, autocommit=True)
		self._thread = ThreadPoolExecutor(1)
		self._loading: Future[None] | None = None
		with self._connection.cursor() as cursor:
			cursor.execute("set session unique_checks = 0, foreign_key_checks = 0")

	def add(self, table: Table, line: str) -> None:
		"""A row as text: its values in the order of the table's columns, parted by tabs."""
		rows = self._rows[table]
		rows.append(line)
		if len(rows) >= CHUNK:
			self._load(table)

	def counted(self) -> dict[str, int]:
		"""How far Frappe's counters of document numbers got, by series."""
		self._wait()
		with self._connection.cursor() as cursor:
			cursor.execute("select name, current from tabSeries")
			return dict(cursor.fetchall())

	def count(self, series: Iterable[tuple[str, int]]) -> None:
		"""Tell Frappe how far its counters of document numbers got."""
		self._wait()
		with self._connection.cursor() as cursor:
			cursor.executemany(
				"""insert into tabSeries (name, current) values (%s, %s)
				on duplicate key update current = values(current)""",
				[*series],
			)

	def close(self) -> None:
		"""Load the rest. Raises `ValueError` where the database took something otherwise than it was given."""
		for table in TABLES:
			self._load(table)
		self._wait()
		self._pay()
		self._thread.shutdown()
		self._connection.close()
		self._folder.cleanup()

	def _pay(self) -> None:
		"""One payment for each bill that was paid and has none."""
		with self._connection.cursor() as cursor:
			for bill, party_type, party, direction in PAID:
				cursor.execute(
					f"""insert into `tabBottle Payment` (name, owner, modified_by, creation, modified, docstatus,
						reference_type, reference_name, party_type, party, direction, date, amount, mode, result)
					select concat('PAY-', name), owner, owner, creation, creation, 1, '{bill}', name, '{party_type}',
						{party}, '{direction}', due_date, paid_amount, 'Bank', 'Completed'
					from `tab{bill}` bill where paid_amount > 0 and not exists (select 1 from `tabBottle Payment`
						where reference_type = '{bill}' and reference_name = bill.name)"""
				)

	def _load(self, table: Table) -> None:
		rows = self._rows[table]
		if rows:
			self._rows[table] = []
			self._wait()
			self._loading = self._thread.submit(self._load_now, table, rows)

	def _wait(self) -> None:
		if self._loading:
			self._loading.result()

	def _load_now(self, table: Table, rows: list[str]) -> None:
		path = Path(self._folder.name) / "rows"
		path.write_text("\n".join(rows) + "\n")
		with self._connection.cursor() as cursor:
			cursor.execute(
				f"""load data local infile %s into table `tab{table.doctype}` character set utf8mb4
				({table.columns}) set {table.shared}""",
				(str(path),),
			)
			cursor.execute("show warnings")
			warnings = cursor.fetchmany(3)
		if warnings:
			raise ValueError(f"the seed was not taken as it is: {warnings}")
