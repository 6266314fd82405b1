from bottle_mfg.controllers.masters import Master


class BottleCustomer(Master):
	"""Who buys from the factory."""
