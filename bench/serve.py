"""What granian serves while measuring: `BENCH=floor` the floor, else the product."""

import os

from bench.floor import create_floor

if os.environ.get("BENCH") == "floor":
    app = create_floor(os.environ["FLOOR_URL"])
else:
    from wsgi import app  # noqa: F401 - the product
