import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_core_imports_neither_frappe_nor_the_rest_of_the_app() -> None:
	code = (
		"import sys, bottle_mfg.ledger;"
		"print(sorted(m for m in sys.modules if m.split('.')[0] in ('frappe', 'pymysql', 'bottle_mfg')))"
	)
	out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
	assert "bottle_mfg.ledger.valuation" in out.stdout
	for module in ("frappe", "pymysql", "bottle_mfg.posting", "bottle_mfg.errors"):
		assert f"'{module}'" not in out.stdout


def test_one_package_writes_the_ledger() -> None:
	"""A grep finds the tables' names beside a write in the posting package alone."""
	tables = ("Bottle Stock`", "Bottle Ledger Entry`", "Bottle Daily Total`")
	verbs = ("insert into", "update ", "delete from")
	writers = set()
	for path in (ROOT / "bottle_mfg").rglob("*.py"):
		text = path.read_text().lower()
		if any(
			f"{verb}`tab{table}".lower() in text or f"{verb} `tab{table}".lower() in text
			for verb in verbs
			for table in tables
		):
			writers.add(path.relative_to(ROOT).parts[1])
	assert writers == {"posting"}
