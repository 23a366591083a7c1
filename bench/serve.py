"""What granian serves while measuring: `BENCH=floor` the floor, else the product."""

import os

from bench.floor import create_floor
from campaign import create_app
from config import from_environment

app = create_floor(os.environ["FLOOR_URL"]) if os.environ.get("BENCH") == "floor" else create_app(from_environment())
