"""What the site holds while something is measured: nothing, or a full ledger. Setting up is not measured."""

from __future__ import annotations

from benchmarks import site
from benchmarks.seed import World, seed


class Stage:
	"""Sets the scene a measurement asks for; a scene that stands already is used again."""

	def __init__(self) -> None:
		self._entries: int | None = None
		self._world: World | None = None

	def empty(self) -> None:
		"""No document, no ledger entry."""
		if self._entries != 0:
			site.empty()
		self._entries, self._world = 0, None

	def full(self, entries: int, documents: bool = True) -> World:
		"""About so many ledger entries of a factory's three years, with their documents."""
		if self._entries != entries or self._world is None:
			site.empty()
			self._world = seed(entries, documents)
			self._entries = entries
		return self._world

	def spoil(self) -> None:
		"""What stands is not what it was: the next scene is set anew."""
		self._entries, self._world = None, None
