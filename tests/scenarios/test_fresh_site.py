"""A site of tests begins a whole run with what its set-up left, and with nothing else."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dev.errors import CommandFailed
from dev.fresh_site import DATABASE, FreshSite
from dev.layout import BenchFolder
from dev.progress import Progress
from dev.services import Services

SETTINGS: dict[str, object] = {"allow_tests": 1}


class Shed(FreshSite):
	"""A site without Frappe: one table, and a row for each time that it was migrated."""

	made = migrated = 0

	def _create(self, settings: Mapping[str, object], progress: Progress) -> None:
		self.made += 1
		self.path.mkdir(parents=True, exist_ok=True)
		self.configure({**settings, "db_name": f"shed_{os.getpid()}"})
		source = self.path / "first.sql"
		source.write_text("CREATE TABLE bottles (name varchar(9));")
		self._database.load(self._database_name, source)

	def frappe(self, *arguments: str) -> None:
		assert arguments == ("migrate",)
		self.migrated += 1
		self.add("migrated")

	def add(self, name: str) -> None:
		self.ask(f"INSERT INTO bottles VALUES ('{name}')")

	def names(self) -> list[str]:
		return self.ask("SELECT name FROM bottles").split()

	def ask(self, query: str) -> str:
		return self._database._ask(f"USE `{self._database_name}`; {query}")

	def leave(self) -> None:
		self._database._ask(f"DROP DATABASE `{self._database_name}`")


@pytest.fixture
def shed(bench: Path, db: Any, tmp_path: Path) -> Iterator[Shed]:
	folder = BenchFolder(bench)
	one = Shed("shed.localhost", folder, Services(folder, lambda ports: None))
	one.path = tmp_path / "shed.localhost"
	one.stamp.path = one.path / one.stamp.path.name
	one.copy = one.path / one.copy.name
	yield one
	one.leave()


def begin(shed: Shed, engine: str = "15", *, anew: bool) -> list[str]:
	shed.begin(engine, SETTINGS, Progress(), anew=anew)
	return shed.names()


def test_what_tests_left_is_gone(shed: Shed) -> None:
	assert begin(shed, anew=True) == []
	shed.add("left")
	shed.ask("CREATE TABLE preforms (name varchar(9))")
	assert begin(shed, anew=False) == ["left"], "some tests: the site is taken as it is"
	assert begin(shed, anew=True) == []
	assert shed.ask("SHOW TABLES") == "bottles"
	assert (shed.made, shed.migrated) == (1, 0)


@pytest.mark.parametrize("anew", [False, True])
def test_a_migration_sees_nothing_that_tests_left(shed: Shed, anew: bool) -> None:
	begin(shed, anew=True)
	shed.add("left")
	assert begin(shed, "16", anew=anew) == ["migrated"]
	shed.add("left")
	assert begin(shed, "16", anew=True) == ["migrated"], "the copy is of the migrated site"
	assert (shed.made, shed.migrated) == (1, 1)


@pytest.mark.parametrize("anew", [False, True])
def test_who_was_interrupted_begins_once_more(shed: Shed, anew: bool) -> None:
	begin(shed, anew=True)
	dump = shed.copy / DATABASE
	whole = dump.read_text()
	dump.write_text("CREATE TABLE preforms (name varchar(9)); A FAULT;")
	with pytest.raises(CommandFailed, match="A FAULT"):
		begin(shed, anew=True)
	dump.write_text(whole)
	assert begin(shed, anew=anew) == []
	assert shed.ask("SHOW TABLES") == "bottles"
	assert shed.made == 1


def test_a_site_from_before_there_were_copies_is_made_anew(shed: Shed) -> None:
	begin(shed, anew=True)
	(shed.copy / shed.stamp.path.name).unlink()
	shed.add("left")
	assert begin(shed, anew=True) == []
	assert shed.made == 2
