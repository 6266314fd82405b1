"""Entry point: `python3 -m dev COMMAND`."""

import sys

if sys.version_info < (3, 10):  # noqa: UP036 (this is the one file that an older Python can read)
	sys.exit(
		"The development bench needs Python 3.10 or newer as python3; this one is " + sys.version.split()[0]
	)

from dev.cli import main

sys.exit(main(sys.argv[1:]))
