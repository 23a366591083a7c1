"""`make openapi`: the description of the reading interface, as the application answers it."""

import json
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "openapi.json"
BASE = "https://thidua.example"


def described() -> str:
    """The description, for an office of that address."""
    with tempfile.TemporaryDirectory(prefix="ngonco-openapi-") as folder:
        os.environ |= {"NGONCO_MODE": "local", "NGONCO_INSTANCE": folder, "SECRET_KEY": "none"}
        from campaign.api.description import described as of
        from wsgi import app

        with app.app_context():
            told = of(BASE)
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(described(), encoding="utf-8")
