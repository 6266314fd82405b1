"""What is owed and what was paid: of each bill under its lock, and of all of them day by day."""
