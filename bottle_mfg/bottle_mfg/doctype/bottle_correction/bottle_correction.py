from bottle_mfg.controllers.ledger_document import LedgerDocument


class BottleCorrection(LedgerDocument):
	"""A correction of the past that is so large that it runs in the background: how far it is, or why it failed."""
