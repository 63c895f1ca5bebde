"""Distances, moments and truth values: what every other room computes with."""
