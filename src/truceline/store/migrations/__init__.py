"""How the tables of a ledger came to be, step by step; each step leaves every record as it is."""
