"""Entry point: `python -m benchmarks [--quick] [measurement …]`, called by `make benchmark`."""

import sys

from benchmarks.run import main

sys.exit(main(sys.argv[1:]))
