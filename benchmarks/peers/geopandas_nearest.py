"""GeoPandas with its spatial index: `sjoin_nearest` to the edges of the line in UTM, side and station by the edge."""

import geopandas
import numpy as np
import shapely
from peers import common


def maker(vertices: np.ndarray):
    """Cut the line into edges once."""
    zone = common.utm_of(vertices)
    line = geopandas.GeoSeries([shapely.LineString(vertices)], crs=4326).to_crs(zone).iloc[0]
    corner = shapely.get_coordinates(line)
    shapes = shapely.linestrings(np.stack([corner[:-1], corner[1:]], axis=1))
    edges = geopandas.GeoDataFrame({"edge": np.arange(len(shapes))}, geometry=shapes, crs=zone)
    begins = np.concatenate([[0.0], np.cumsum(shapely.length(shapes))])

    def measure(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        places = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=4326).to_crs(zone)
        joined = places.sjoin_nearest(edges, distance_col="away")
        joined = joined[~joined.index.duplicated()]  # a place as near to two edges comes twice
        edge, spot = joined["edge"].to_numpy(), joined.geometry.to_numpy()
        along, here = corner[edge + 1] - corner[edge], shapely.get_coordinates(spot) - corner[edge]
        left = along[:, 0] * here[:, 1] - along[:, 1] * here[:, 0] > 0.0
        away = joined["away"].to_numpy()
        return np.where(left, away, -away), begins[edge] + shapely.line_locate_point(shapes[edge], spot)

    return measure


if __name__ == "__main__":
    common.by_numpy(maker)
