"""The application as servers import it: `wsgi:app`."""

import gc

from campaign import create_app
from config import from_environment

app = create_app(from_environment())

# What is loaded now stays for the life of the process: the collector need not walk it again and again, and a page
# of two thousand rows should not be interrupted by it at each few hundred objects.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
