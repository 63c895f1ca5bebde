"""Locate: places, discs and polygons measured from lines and areas on the ellipsoid."""
