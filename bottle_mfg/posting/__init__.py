"""The one way to the ledger: `post` a document's movements, `cancel` them.

Nothing else writes Bottle Ledger Entry, Bottle Stock or Bottle Daily Total.
"""

from __future__ import annotations

from bottle_mfg.posting import balances, daily_totals, preview
from bottle_mfg.posting.balances import hold
from bottle_mfg.posting.corrections import LargeCorrection
from bottle_mfg.posting.gateway import cancel, hold_keys, keys_to_cancel, measure, post
from bottle_mfg.posting.voucher import Change, Posting, Voucher

__all__ = [
	"Change",
	"LargeCorrection",
	"Posting",
	"Voucher",
	"cancel",
	"hold",
	"hold_keys",
	"keys_to_cancel",
	"measure",
	"post",
	"preview",
	"rename",
]


def rename(field: str, name: str) -> None:
	"""Follow the renaming of an item or warehouse (`field` says which) to `name` in the rows named after it."""
	balances.rename(field, name)
	daily_totals.rename(field, name)
