"""Finds ports on which nobody listens."""

import socket

from dev.errors import PortBusy

HOST = "127.0.0.1"
FIRST_WEB_PORT = 8000
TRIES = 200


def is_free(port: int) -> bool:
	"""Could a server of ours listen on this port now?"""
	with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind((HOST, port))
			probe.listen(1)
		except (OSError, OverflowError):
			return False
	return True


def any_free(taken: frozenset[int] = frozenset()) -> int:
	"""A free port that the kernel picks, other than the ones in taken."""
	while True:
		with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
			probe.bind((HOST, 0))
			port = int(probe.getsockname()[1])
		if port not in taken:
			return port


def first_free(start: int = FIRST_WEB_PORT, taken: frozenset[int] = frozenset()) -> int:
	"""The first free port from start on; a random free one if a whole range is busy."""
	for port in range(start, start + TRIES):
		if port not in taken and is_free(port):
			return port
	return any_free(taken)


def requested(text: str) -> int:
	"""The port that the user asked for.

	Raises PortBusy if it cannot be had: no number of a port, or another program listens there.
	"""
	if not text.isdigit() or not 0 < int(text) < 65536:
		raise PortBusy(f"PORT={text} is not a port: give a number from 1 to 65535.")
	if not is_free(int(text)):
		raise PortBusy(
			f"Port {text} is busy: another program listens there. Choose another one (make run PORT=…),\n"
			"leave PORT out to have a free one found, or end a bench of this checkout with `make stop`."
		)
	return int(text)
