"""Plan: one agreement under one reading, as frozen tables of ids."""
