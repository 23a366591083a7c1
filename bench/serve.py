"""What granian serves while measuring: `BENCH=floor` the floor, else the product."""

import os

from flask import Flask

from bench.floor import create_floor
from tools import worker


def application() -> Flask:
    """The bare floor, or what the workers of the product load."""
    if os.environ.get("BENCH") == "floor":
        return create_floor(os.environ["FLOOR_URL"])
    return worker.application()
