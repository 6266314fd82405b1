"""Says what the set-up does, step by step, and how long each step took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 62


class Progress:
	"""Writes one line per step: its title at the start, its seconds at the end."""

	def __init__(self, stream: TextIO | None = None) -> None:
		self.stream = stream or sys.stdout
		self.started = time.monotonic()

	@contextmanager
	def step(self, title: str) -> Iterator[None]:
		"""Time the block; whatever the block raises passes through, after the line is ended."""
		begun = time.monotonic()
		self._write(f"  {title} ".ljust(WIDTH, "."))
		try:
			yield
		except BaseException:
			self._write(" stopped\n")
			raise
		self._write(f"{time.monotonic() - begun:6.1f} s\n")

	def say(self, text: str = "") -> None:
		self._write(text + "\n")

	def elapsed(self) -> float:
		"""Seconds since the command began."""
		return time.monotonic() - self.started

	def _write(self, text: str) -> None:
		self.stream.write(text)
		self.stream.flush()
