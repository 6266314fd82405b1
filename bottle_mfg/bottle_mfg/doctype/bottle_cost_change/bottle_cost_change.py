from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleCostChange(LedgerDocument):
	"""A document whose cost changed when the past was corrected: from what, to what, because of which document."""
