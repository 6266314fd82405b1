from bottle_mfg.controllers.client_document import ClientRow


class BottlePurchaseItem(ClientRow):
	"""A line of a purchase."""
