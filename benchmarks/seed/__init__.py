"""Ledgers of any size in minutes: written by bulk insert, and held to the laws of the ledger before they are used."""

from benchmarks.seed.history import History, seed_chain, seed_history
from benchmarks.seed.laws import assert_laws
from benchmarks.seed.world import World, seed

__all__ = ["History", "World", "assert_laws", "seed", "seed_chain", "seed_history"]
