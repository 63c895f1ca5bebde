"""Where the ledger lives: keys, files that last, and the log of commitments. What is acknowledged is on the disk."""
