"""The app's DocTypes by what they are: who treats all of a kind alike has them from here.

What treats each of them in its own way names them itself: who may see what of a list (`controllers/lists.py`), what a
document keeps of the ledger (`posting/documents.py`), above what it needs approval (`controllers/approval.py`).
"""

from __future__ import annotations

MASTERS = ("Bottle Item", "Bottle Warehouse", "Bottle Supplier", "Bottle Customer", "Bottle Expense Category")
"""What documents name."""

VOUCHERS = ("Bottle Purchase", "Blow", "Bottle Sale", "Bottle Stock Count", "Bottle Stock Transfer")
"""The documents that move stock: a ledger entry names one of them."""

DOCUMENTS = (*VOUCHERS, "Bottle Payment", "Bottle Expense")
"""What people submit."""

LEDGER = ("Bottle Ledger Entry", "Bottle Daily Total", "Bottle Stock")
"""What posting writes of the vouchers, and nobody else."""
