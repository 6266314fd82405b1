"""The lists of our DocTypes leave none out: a report would go stale, or the demo would stay."""

from __future__ import annotations

import re

from bottle_mfg.doctypes import DOCUMENTS, LEDGER, MASTERS, VOUCHERS
from tests.unit.test_hooks import DOCTYPES, doctypes

NOTED = {"Bottle Alert", "Bottle Correction", "Bottle Cost Change", "Bottle Returned Goods"}
"""What the app keeps for itself: nothing that a report reads of changes without one of the others."""


def test_every_kind_is_complete() -> None:
	ours = [one for one in doctypes() if not (one.get("istable") or one.get("issingle"))]
	submitted = [one for one in ours if one.get("is_submittable")]
	assert {one["name"] for one in submitted} == set(DOCUMENTS)
	assert {one["name"] for one in submitted if "posting_time" in one["field_order"]} == set(VOUCHERS)
	assert {one["name"] for one in ours} == {*DOCUMENTS, *MASTERS, *LEDGER, *NOTED}


def test_the_stock_ledger_offers_every_voucher() -> None:
	script = (DOCTYPES.parent / "report/bottle_stock_ledger/bottle_stock_ledger.js").read_text()
	assert set(re.findall(r'\["(\w[^"]*)", __\("\1"\)\]', script)) >= set(VOUCHERS)
