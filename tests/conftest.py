"""For all tests: laws are tried without a stopwatch, and a desk without a browser skips what needs one."""

import os
import shutil

import pytest
from hypothesis import settings

CI = bool(os.environ.get("CI"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# A slow machine is no broken law; on the build machine the same change has the same examples.
settings.register_profile("truceline", deadline=None, derandomize=CI)
settings.load_profile("truceline")


def pytest_collection_modifyitems(items):
    """Skip the tests marked `browser` where there is no Chromium; on the build machine they run, or fail."""
    if CI or any(map(shutil.which, BROWSERS)):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium"))
