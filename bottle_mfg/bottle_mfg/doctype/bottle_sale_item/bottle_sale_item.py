from bottle_mfg.controllers.client_document import ClientRow


class BottleSaleItem(ClientRow):
	"""A line of a sale."""
