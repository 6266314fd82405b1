from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleStock(LedgerDocument):
	"""What a warehouse holds of an item, now."""
