"""The application as servers import it: `wsgi:app`."""

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
