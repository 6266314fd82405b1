"""What the machine has, and what it lacks."""

from pathlib import Path

import pytest

from dev import apt, interpreter
from dev.errors import DevError
from dev.interpreter import Range, find_python, parse_range
from dev.layout import Cache, cache_of_user, checkout_id


def test_nothing_is_missing_where_all_commands_are() -> None:
	assert apt.missing_packages(finder=lambda command: "/usr/bin/" + command, venv=lambda: True) == []


def test_npm_alone_is_asked_for_where_node_is_there() -> None:
	def finder(command: str) -> str | None:
		return None if command == "npm" else command

	assert apt.missing_packages(finder=finder, venv=lambda: True) == ["npm"]


def test_empty_machine_asks_for_each_package_once() -> None:
	packages = apt.missing_packages(finder=lambda command: None, venv=lambda: False)
	assert packages == sorted(set(packages))
	assert {"nodejs", "npm", "mariadb-server-core", "redis-server", "python3-venv"} <= set(packages)


def test_either_chromium_will_do_and_the_one_for_programs_is_preferred() -> None:
	def only(*there: str) -> list[str]:
		def finder(command: str) -> str | None:
			return None if command in set(apt.BROWSERS) - set(there) else f"/usr/bin/{command}"

		packages = apt.missing_packages(finder=finder, venv=lambda: True)
		return [apt.browser(finder) or "", *packages]

	assert only(*apt.BROWSERS) == ["/usr/bin/chromium-headless-shell"]
	assert only("chromium") == ["/usr/bin/chromium"]
	assert only() == ["", "chromium-headless-shell", "fonts-dejavu-core"]


def test_user_without_rights_is_given_one_line_to_run(
	monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
	monkeypatch.setattr(apt, "privilege", lambda: None)
	monkeypatch.setattr(apt.shutil, "which", lambda command: command)
	with pytest.raises(DevError) as refusal:
		apt.install(["npm", "chromium"], tmp_path / "log")
	lines = [line.strip() for line in str(refusal.value).splitlines() if "apt-get" in line]
	assert len(lines) == 1
	assert lines[0].endswith("install -y --no-install-recommends npm chromium'")


@pytest.mark.parametrize(
	("text", "inside", "outside"),
	[
		(">=3.10,<3.13", [(3, 10), (3, 12)], [(3, 9), (3, 13)]),
		(">=3.14,<3.15", [(3, 14)], [(3, 13), (3, 15)]),
		("", [(3, 10), (3, 14)], [(3, 9)]),
	],
)
def test_python_range_is_read(
	text: str, inside: list[tuple[int, int]], outside: list[tuple[int, int]]
) -> None:
	wanted = parse_range(text)
	assert all(version in wanted for version in inside)
	assert not any(version in wanted for version in outside)


def test_first_fitting_python_is_taken() -> None:
	versions = {"/a": (3, 13), "/b": (3, 11), "/c": (3, 10)}
	assert find_python(Range((3, 10), (3, 12)), lambda: list(versions), versions.get) == "/b"


def test_no_fitting_python_is_said_with_what_was_found() -> None:
	with pytest.raises(DevError, match=r"Python 3.10 to 3.11.*/a is 3.13"):
		find_python(Range((3, 10), (3, 12)), lambda: ["/a", "/broken"], {"/a": (3, 13)}.get)


def test_broken_interpreter_has_no_version(tmp_path: Path) -> None:
	assert interpreter.version_of(str(tmp_path / "absent")) is None
	assert interpreter.version_of("/bin/false") is None


def test_cache_that_cannot_be_made_is_said(tmp_path: Path) -> None:
	(tmp_path / "file").touch()
	with pytest.raises(DevError, match="can't be made"):
		Cache(tmp_path / "file" / "bottle-mfg").prepare()
	assert Cache(tmp_path / "new" / "bottle-mfg").prepare().folder.is_dir()


def test_checkouts_of_one_name_do_not_collide(tmp_path: Path) -> None:
	names = []
	for side in ("left", "right"):
		(tmp_path / side / "app").mkdir(parents=True)
		names.append(checkout_id(tmp_path / side / "app"))
	assert len(set(names)) == 2
	(tmp_path / "link").symlink_to(tmp_path / "left" / "app")
	assert checkout_id(tmp_path / "link") == names[0]


def test_benches_of_another_checkout_are_not_ours(tmp_path: Path) -> None:
	cache = Cache(tmp_path / "cache")
	ours, other = tmp_path / "a" / "app", tmp_path / "b" / "app"
	for checkout in (ours, other):
		checkout.mkdir(parents=True)
		(cache.benches / f"{checkout_id(checkout)}-engine").mkdir(parents=True)
	assert [path.name for path in cache.benches_of(ours)] == [f"{checkout_id(ours)}-engine"]


@pytest.mark.parametrize(("variable", "relative"), [("/somewhere", False), ("somewhere", True), ("", True)])
def test_cache_is_where_the_user_wants_caches(
	monkeypatch: pytest.MonkeyPatch, variable: str, relative: bool
) -> None:
	monkeypatch.setenv("XDG_CACHE_HOME", variable)
	monkeypatch.setenv("HOME", "/home/someone")
	expected = "/home/someone/.cache/bottle-mfg" if relative else "/somewhere/bottle-mfg"
	assert cache_of_user().folder == Path(expected)
