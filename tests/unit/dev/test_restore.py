"""The engine is upstream's only if both sums say so."""

import zipfile
from pathlib import Path

import pytest

from dev import restore
from dev.digest import blob_id, code_digest
from dev.errors import DevError


def wheel_with(folder: Path, files: dict[str, str]) -> Path:
	wheel = folder / "engine.whl"
	with zipfile.ZipFile(wheel, "w") as archive:
		for name, content in files.items():
			archive.writestr(name, content)
	return wheel


@pytest.mark.parametrize(
	("renamed", "original"),
	[
		("import criscostack", "import frappe"),
		("CRISCOSTACK_SITE", "FRAPPE_SITE"),
		("Criscostack Framework", "Frappe Framework"),
		("criscoerp and Criscoerp", "erpnext and ERPNext"),
		("Crisco Technologies", "Frappe Technologies"),
		("nothing to see", "nothing to see"),
	],
)
def test_each_renamed_word_is_put_back(renamed: str, original: str) -> None:
	assert restore.upstream_text(renamed.encode()) == original.encode()


def test_file_names_are_put_back() -> None:
	assert restore.upstream_path("criscostack/utils/brik_helper.py") == "frappe/utils/bench_helper.py"


def test_restored_tree_holds_the_package_and_no_leftovers(tmp_path: Path) -> None:
	files = {
		"criscostack/hooks.py": "app = 'criscostack'",
		"criscostack/.DS_Store": "x",
		"criscostack-1.0.0.dist-info/METADATA": "Name: criscostack",
	}
	restore.restore(wheel_with(tmp_path, files), tmp_path / "out")
	restored = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
	assert restored == [tmp_path / "out/frappe/hooks.py"]
	assert restored[0].read_text() == "app = 'frappe'"


def test_archive_cannot_write_outside_of_its_folder(tmp_path: Path) -> None:
	wheel = wheel_with(tmp_path, {"../escaped.py": "x"})
	with pytest.raises(DevError, match="outside"):
		restore.restore(wheel, tmp_path / "out")
	assert not (tmp_path / "escaped.py").exists()


def test_another_wheel_is_refused(tmp_path: Path) -> None:
	with pytest.raises(DevError, match="not the expected file"):
		restore.check_wheel(wheel_with(tmp_path, {"criscostack/a.py": ""}))


def test_changed_code_is_refused(tmp_path: Path) -> None:
	(tmp_path / "hooks.py").write_text("changed")
	with pytest.raises(DevError, match="differs from upstream"):
		restore.check_code(tmp_path)


def test_blob_id_is_the_one_git_gives() -> None:
	assert blob_id(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_digest_covers_code_names_and_contents(tmp_path: Path) -> None:
	(tmp_path / "a.py").write_text("1")
	first = code_digest(tmp_path)
	(tmp_path / "logo.png").write_text("an image is not code")
	assert code_digest(tmp_path) == first
	(tmp_path / ".txt").write_text("a file that is all ending")
	second = code_digest(tmp_path)
	assert second != first
	(tmp_path / "a.py").rename(tmp_path / "b.py")
	assert code_digest(tmp_path) != second
