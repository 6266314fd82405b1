"""A Frappe checkout of the user's says what it needs; what it takes from Git gets a release instead."""

from pathlib import Path

import pytest

from dev.checkout_engine import CheckoutEngine, node_packages, write_node_manifests
from dev.checkout_engine import test_pins as pins_for_tests
from dev.errors import DevError


def frappe_at(folder: Path, version: str = "15.1.0") -> Path:
	(folder / "frappe").mkdir(parents=True)
	(folder / "frappe/__init__.py").write_text(f'__version__ = "{version}"\n')
	(folder / "pyproject.toml").write_text('requires-python = ">=3.10,<3.13"\n')
	(folder / "package.json").write_text('{"dependencies": {}}')
	return folder


def test_folder_without_frappe_is_refused(tmp_path: Path) -> None:
	with pytest.raises(DevError, match="is no Frappe checkout"):
		CheckoutEngine(tmp_path)


def test_checkout_says_its_version_and_pythons(tmp_path: Path) -> None:
	engine = CheckoutEngine(frappe_at(tmp_path))
	assert "15.1.0" in engine.title
	assert (3, 12) in engine.pythons
	assert (3, 13) not in engine.pythons


def test_key_follows_the_code_and_not_what_a_build_left(tmp_path: Path) -> None:
	path = frappe_at(tmp_path)
	first = CheckoutEngine(path).tree_key
	(path / "node_modules").mkdir()
	(path / "node_modules/x.js").touch()
	assert CheckoutEngine(path).tree_key == first
	(path / "frappe/app.py").touch()
	assert CheckoutEngine(path).tree_key != first


def test_bench_stays_when_the_checkout_is_updated(tmp_path: Path) -> None:
	ours, theirs = frappe_at(tmp_path / "ours", "15.1.0"), frappe_at(tmp_path / "theirs", "15.1.0")
	key = CheckoutEngine(ours).bench_key
	assert CheckoutEngine(theirs).bench_key != key
	(ours / "frappe/__init__.py").write_text('__version__ = "15.2.0"\n')
	assert CheckoutEngine(ours).bench_key == key
	(ours / "frappe/__init__.py").write_text('__version__ = "16.0.0"\n')
	assert CheckoutEngine(ours).bench_key != key


def test_copy_leaves_the_checkout_as_it_was(tmp_path: Path) -> None:
	path = frappe_at(tmp_path / "theirs")
	(path / "node_modules").mkdir()
	before = sorted(path.rglob("*"))
	CheckoutEngine(path).fetch(tmp_path / "ours", None, tmp_path / "log")  # type: ignore[arg-type]
	assert sorted(path.rglob("*")) == before
	assert (tmp_path / "ours/frappe/__init__.py").exists()
	assert not (tmp_path / "ours/node_modules").exists()


@pytest.mark.parametrize("source", ["github:frappe/air-datepicker", "git+https://host/frappe/air-datepicker"])
def test_packages_from_git_get_a_release(source: str) -> None:
	tools = dict.fromkeys(
		("esbuild", "sass", "postcss", "autoprefixer", "rtlcss", "@redis/client", "socket.io"), "1.0.0"
	)
	wanted = {"air-datepicker": source, "jquery": "3.7.0", "esbuild": "^0.14"}
	packages = node_packages({"dependencies": wanted}, {"dependencies": tools})["dependencies"]
	assert isinstance(packages, dict)
	assert packages["air-datepicker"] == "2.2.3"
	assert packages["jquery"] == "3.7.0"
	assert packages["esbuild"] == "1.0.0"


def test_versions_that_the_tree_locks_are_kept(tmp_path: Path) -> None:
	path = frappe_at(tmp_path / "theirs")
	ours = tmp_path / "ours"
	ours.mkdir()
	write_node_manifests(path, ours)
	assert not (ours / "yarn.lock").exists()
	(path / "yarn.lock").write_text("# yarn lockfile v1\n")
	write_node_manifests(path, ours)
	assert (ours / "yarn.lock").read_text() == "# yarn lockfile v1\n"
	assert "esbuild" in (ours / "package.json").read_text()


def test_test_tools_keep_their_tested_versions() -> None:
	pins = pins_for_tests()
	assert "playwright==" in pins
	assert "requests" not in pins
