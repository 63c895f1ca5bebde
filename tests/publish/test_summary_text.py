"""The counts as text."""
