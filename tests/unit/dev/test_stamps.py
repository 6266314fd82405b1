"""What is half done is never taken for done."""

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from dev.stamps import (
	Stamp,
	build_folder,
	files_below,
	hash_files,
	key_of,
	locked,
	remove,
	write_atomically,
)


def test_key_changes_with_each_part_and_their_borders() -> None:
	keys = {key_of("a", "b"), key_of("ab"), key_of("a", "c"), key_of("b", "a")}
	assert len(keys) == 4
	assert key_of("a", "b") == key_of("a", "b")


def test_hash_sees_names_and_contents_but_no_caches(tmp_path: Path) -> None:
	(tmp_path / "a.py").write_text("1")
	first = hash_files(files_below(tmp_path), tmp_path)
	(tmp_path / "__pycache__").mkdir()
	(tmp_path / "__pycache__/a.pyc").write_text("x")
	assert hash_files(files_below(tmp_path), tmp_path) == first
	(tmp_path / "a.py").write_text("2")
	second = hash_files(files_below(tmp_path), tmp_path)
	(tmp_path / "a.py").rename(tmp_path / "b.py")
	assert len({first, second, hash_files(files_below(tmp_path), tmp_path)}) == 3


def test_a_dangling_link_can_be_hashed(tmp_path: Path) -> None:
	(tmp_path / "link").symlink_to("nowhere")
	assert hash_files(files_below(tmp_path), tmp_path)


def test_stamp_says_only_what_was_written(tmp_path: Path) -> None:
	stamp = Stamp(tmp_path / "stamp.json")
	assert not stamp.says(engine="1")
	stamp.write(engine="1")
	stamp.write(app="2")
	assert stamp.says(engine="1", app="2")
	assert not stamp.says(engine="1", app="3")
	stamp.clear()
	assert not stamp.says(app="2")


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null"])
def test_damaged_stamp_says_nothing(tmp_path: Path, damaged: str) -> None:
	stamp = Stamp(tmp_path / "stamp.json")
	stamp.path.write_text(damaged)
	assert not stamp.says(engine="1")
	assert not stamp.says()


def test_folder_appears_whole(tmp_path: Path) -> None:
	target = tmp_path / "engine"

	def build(work: Path) -> None:
		assert not target.exists()
		(work / "file").write_text("x")

	build_folder(target, build)
	assert [path.name for path in tmp_path.iterdir()] == ["engine"]
	assert (target / "file").read_text() == "x"


def test_failed_build_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
	target = tmp_path / "engine"
	build_folder(target, lambda work: (work / "old").touch())

	def fail(work: Path) -> None:
		(work / "half").touch()
		raise RuntimeError("killed")

	with pytest.raises(RuntimeError):
		build_folder(target, fail)
	assert [path.name for path in tmp_path.iterdir()] == ["engine"]
	assert [path.name for path in target.iterdir()] == ["old"]


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
	(tmp_path / ".engine.abc").mkdir()
	(tmp_path / ".engine.abc/half").touch()
	build_folder(tmp_path / "engine", lambda work: (work / "new").touch())
	assert [path.name for path in tmp_path.iterdir()] == ["engine"]


def test_atomic_write_sets_mode_and_replaces(tmp_path: Path) -> None:
	path = tmp_path / "deep" / "secret"
	write_atomically(path, "one", 0o600)
	write_atomically(path, "two", 0o600)
	assert path.read_text() == "two"
	assert path.stat().st_mode & 0o777 == 0o600
	assert [entry.name for entry in path.parent.iterdir()] == ["secret"]


def test_remove_unlinks_a_link_and_spares_its_target(tmp_path: Path) -> None:
	(tmp_path / "target").mkdir()
	(tmp_path / "target/kept").touch()
	(tmp_path / "link").symlink_to(tmp_path / "target")
	for path in (tmp_path / "link", tmp_path / "absent"):
		remove(path)
	assert (tmp_path / "target/kept").exists()
	assert not (tmp_path / "link").is_symlink()


def hold(path: Path, held: "multiprocessing.synchronize.Event") -> None:
	with locked(path):
		held.set()
		time.sleep(60)


def test_lock_of_a_killed_process_is_free_again(tmp_path: Path) -> None:
	context = multiprocessing.get_context("fork")
	held = context.Event()
	process = context.Process(target=hold, args=(tmp_path / "lock", held))
	process.start()
	assert held.wait(10)
	waited = []

	def waiting() -> None:
		waited.append(True)
		os.kill(process.pid or 0, 9)

	with locked(tmp_path / "lock", waiting):
		pass
	process.join()
	assert waited == [True]
