"""GeoPandas as its guide shows it: to UTM, `.distance`, `.project`; the side by a polygon on one side of the line."""

import geopandas
import numpy as np
import shapely
from peers import common


def maker(vertices: np.ndarray):
    """Project the line once."""
    zone = common.utm_of(vertices)
    frame = geopandas.GeoSeries([shapely.LineString(vertices)], crs=4326).to_crs(zone)
    line = frame.iloc[0]
    side = shapely.Polygon(common.plus_side(shapely.get_coordinates(line), 1e6))
    shapely.prepare(side)

    def measure(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        places = geopandas.GeoSeries.from_xy(lon, lat, crs=4326).to_crs(zone)
        distance, station = places.distance(line).to_numpy(), shapely.line_locate_point(line, places.to_numpy())
        return np.where(shapely.contains_xy(side, places.x, places.y), distance, -distance), station

    return measure


if __name__ == "__main__":
    common.by_numpy(maker)
