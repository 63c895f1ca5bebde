"""For all tests: laws are tried without a stopwatch; a desk without a browser or Spark skips what needs them."""

import os
import shutil
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

CI = bool(os.environ.get("CI"))
EXAMPLES = int(os.environ.get("TRUCELINE_EXAMPLES", "100"))  # of each law; fewer for each of many mutants
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# A slow machine is no broken law; on the build machine the same change has the same examples.
SLOW = [HealthCheck.too_slow]
settings.register_profile("truceline", deadline=None, derandomize=CI, max_examples=EXAMPLES, suppress_health_check=SLOW)
settings.load_profile("truceline")


def pytest_collection_modifyitems(items):
    """Skip what needs a browser or Spark where there is none; on the build machine they run, or fail."""
    if CI:
        return
    needs = {
        "browser": (any(map(shutil.which, BROWSERS)), "no Chromium here: apt-get install chromium"),
        "spark": (shutil.which("java") and find_spec("pyspark"), "no Spark here: make extras, and Java 17"),
    }
    for item in items:
        for marker, (there, remedy) in needs.items():
            if not there and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=remedy))
