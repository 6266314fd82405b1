"""Ledgers of any size in minutes: written by bulk insert, and held to the laws of the ledger before they are used."""

from benchmarks.seed.world import World, seed

__all__ = ["World", "seed"]
