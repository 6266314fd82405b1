"""What the bench raises when the person at the keyboard has to know or do something."""


class DevError(Exception):
	"""A set-up step that cannot go on; its message is for the user and says what to do."""


class CommandFailed(DevError):
	"""A program that the set-up called returned a status other than zero."""


class PortBusy(DevError):
	"""Another program listens where one of our servers was asked to."""
