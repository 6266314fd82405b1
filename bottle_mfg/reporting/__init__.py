"""What the reports share: their filters, periods and columns, and the sums they read."""
