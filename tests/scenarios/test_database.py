"""What the set-up asks of the bench's own MariaDB."""

import os
from pathlib import Path
from typing import Any


def test_no_other_checkout_sweeps_away_its_temporary_tables(db: Any) -> None:
	(folder,) = db.sql("select @@tmpdir", pluck=True)
	assert Path(folder).resolve().is_relative_to(Path(os.environ["BOTTLE_BENCH"]).resolve())
