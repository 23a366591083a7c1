"""What is served while measuring, by one thread: `BENCH=floor` the floor, else the product.

`python -m bench.serve PORT`.
"""

import logging
import os
import sys

from waitress import serve

from bench.floor import create_floor
from tools import worker


def main() -> None:
    """The bare floor, or what the workers of the product load."""
    is_floor = os.environ.get("BENCH") == "floor"
    app = create_floor(os.environ["FLOOR_URL"]) if is_floor else worker.application()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # one thread: somebody always waits
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=1)


if __name__ == "__main__":
    main()
