from bottle_mfg.controllers.masters import Master


class BottleSupplier(Master):
	"""Whom the factory buys from."""
