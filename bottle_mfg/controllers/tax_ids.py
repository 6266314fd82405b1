"""Tax IDs: which of them is a GSTIN, and how one is written."""

from __future__ import annotations

import re
from typing import Any

_GSTIN = re.compile(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]")
_BETWEEN = re.compile(r"[\s-]")


def is_gstin(tax_id: str) -> bool:
	"""Whether a tax ID is of the form of an Indian GSTIN."""
	return bool(_GSTIN.fullmatch(tax_id))


def tidied(tax_id: Any) -> Any:
	"""A GSTIN that somebody wrote in small letters or in groups as it is written; anything else as it is."""
	bare = _BETWEEN.sub("", str(tax_id or "")).upper()
	return bare if is_gstin(bare) else tax_id
