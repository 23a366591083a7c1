"""The application as servers import it: `wsgi:app`."""

import gc

from campaign import create_app
from campaign.core import private
from config import INSTANCE, from_environment

private.from_now_on()
config = from_environment()
private.make_private(
    [
        INSTANCE,
        *private.database_files(config.SQLALCHEMY_DATABASE_URI),
        *private.local_folder(config.EVIDENCE_URL),
        *private.local_folder(config.BALLOT_KEYS),
    ]
)
app = create_app(config)

# What is loaded now stays for the life of the process: the collector need not walk it again and
# again, and a page
# of two thousand rows should not be interrupted by it at each few hundred objects.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
