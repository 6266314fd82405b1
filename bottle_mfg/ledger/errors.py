"""What the core raises. How a client sees it is decided in `bottle_mfg.errors`."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Shortage:
	"""One item of one warehouse of which a document asks for more than there is. All in the item's unit."""

	item: str
	warehouse: str
	available: Decimal
	requested: Decimal

	@property
	def shortage(self) -> Decimal:
		return self.requested - self.available


class InsufficientStock(Exception):
	"""The document asks for more than there is; `shortages` names every item that falls short."""

	def __init__(self, shortages: list[Shortage]) -> None:
		super().__init__(f"{len(shortages)} item(s) short")
		self.shortages = shortages


class InTheWay(Exception):
	"""A correction of the past would leave a later document without the goods that it took."""

	def __init__(
		self, voucher_type: str, voucher_no: str, posting_datetime: datetime, shortage: Shortage
	) -> None:
		super().__init__(f"{voucher_no} would be short")
		self.voucher_type = voucher_type
		self.voucher_no = voucher_no
		self.posting_datetime = posting_datetime
		self.shortage = shortage
