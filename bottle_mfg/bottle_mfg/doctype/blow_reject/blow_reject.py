from bottle_mfg.controllers.client_document import ClientRow


class BlowReject(ClientRow):
	"""Why some preforms or bottles were lost."""
