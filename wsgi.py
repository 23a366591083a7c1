"""The WSGI application that a production server loads: `wsgi:app`."""

import config
from campaign import create_app

app = create_app(config.from_environment())
