"""The screen for the people at the machines: what it offers, and the words it speaks."""
