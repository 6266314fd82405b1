"""The development bench: what `make run`, `make test` and their sisters call. Standard library only."""
