"""Whether anything that a report could read has changed: a text that is another one after every change."""

from __future__ import annotations

from datetime import datetime, timedelta

import frappe
from frappe.utils import now_datetime

from bottle_mfg.doctypes import DOCUMENTS, MASTERS

SETTLED = timedelta(seconds=30)
"""How long ago a record was written that no transaction still under way can have written an older one."""

_WRITTEN = (*MASTERS, *DOCUMENTS, "Deleted Document", "DocShare", "Translation")
"""What has an index by the time of its last change. The rest of the ledger changes with what its balances say."""


def data_version() -> str | None:
	"""What the transaction sees of the factory's data, as a short text; None where that cannot be told for now.

	Every posting and cancelling makes a seal, which its balance's row has, and every new document takes a number: these
	tell exactly. What is left, a customer's new name or a note, is told by the time of the last change. That is
	exact once it lies `SETTLED` back: before, a transaction that wrote earlier may still commit. Some fifteen
	look-ups by index in one statement.
	"""
	latest = " union all ".join(f"select max(modified) latest from `tab{doctype}`" for doctype in _WRITTEN)
	# Masters are entered in bulk without a number of a series, and renamed: neither tells of itself by a time.
	names = ", ".join(
		f"(select concat(count(*), ':', bit_xor(crc32(name))) from `tab{doctype}`)" for doctype in MASTERS
	)
	# Reports name people. A user's saving shows by his share of himself, but the Administrator has none; and whoever
	# logs in or works writes into his row. So the names alone count: there are few users. (By its checksum alone,
	# names that two users swap would cancel each other out.)
	people = "(select bit_xor(crc32(md5(concat_ws(':', name, first_name, last_name)))) from `tabUser`)"
	# A name and a seal must not add up to the same as another pair of them, nor two rows cancel each other out.
	ledger = """select concat_ws(':', count(*), sum(chain_number), max(modified), bit_xor(crc32(concat(name, ':', seal))))
		from `tabBottle Stock`"""
	settings = "select value from tabSingles where doctype = 'Bottle Mfg Settings' and field = 'modified'"
	found: tuple[str, datetime | None] = frappe.db.sql(
		f"""select concat_ws('|', ({ledger}), (select sum(current) from tabSeries), {names}, {people}, written.latest,
				({settings})), written.latest
			from (select max(latest) latest from ({latest}) each_kind) written"""
	)[0]
	version, written = found
	if written and now_datetime() - written < SETTLED:
		return None
	return version
