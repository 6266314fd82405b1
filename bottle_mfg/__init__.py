"""bottle_mfg: runs a water-bottle factory on Frappe. Stock, unit cost and profit, exact at every moment."""

__version__ = "0.1.0"
