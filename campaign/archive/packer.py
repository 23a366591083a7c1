"""Đóng gói trong tiến trình riêng: this file is run by itself, packs one campaign into a file, then is gone with its memory.

Standard input is {"settings": {name: value}, "campaign_id": number, "now": moment, "file": path}. It only reads the database.
"""

import json
import shutil
import sys
from datetime import datetime
from pathlib import Path

from flask import Flask

from campaign.archive.pack import pack
from campaign.archive.rules import BackupRefused
from campaign.database import prepare, writing
from campaign.extensions import db
from campaign.planning.models import Campaign

REFUSED = 3
"""How it ends where the package is refused, the sentence on its standard error."""


def main() -> None:
    """Pack the campaign with the settings of the application that asks."""
    given = json.loads(sys.stdin.buffer.read())
    app = Flask("campaign")
    app.config.from_mapping(given["settings"])
    db.init_app(app)
    writing.set(False)
    with app.app_context():
        prepare(db.engine)
        campaign = db.session.get_one(Campaign, given["campaign_id"])
        try:
            with pack(campaign, now=datetime.fromisoformat(given["now"])) as made, Path(given["file"]).open("wb") as target:
                shutil.copyfileobj(made, target)
        except BackupRefused as refused:
            sys.stderr.write(str(refused))
            sys.exit(REFUSED)


if __name__ == "__main__":
    main()
