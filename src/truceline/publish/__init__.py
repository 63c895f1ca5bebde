"""Telling the result: pages and tables; nothing in here computes a verdict."""
