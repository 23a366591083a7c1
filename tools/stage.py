"""`make stage STAGE=…`: load another moment of the demo, in place of all its database holds."""

import os
import sys

from tools.serve import keep_secret_key

MOMENTS = ("planning", "reporting", "scoring", "meeting", "published", "health")
"""Known here as well, so that a wrong word is answered before the application is loaded."""


def main() -> None:
    """Prepare the database as `make run` does, then load the moment."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked not in MOMENTS:
        wrong = f"Không có thời điểm “{asked}”." if asked else "Chưa chọn thời điểm."
        sys.exit(
            f"{wrong} Hãy chọn một trong các thời điểm: {', '.join(MOMENTS)}.\n"
            "Ví dụ: make stage STAGE=meeting"
        )
    os.environ["NGONCO_MODE"] = "demo"
    keep_secret_key()
    from flask_migrate import upgrade

    from campaign.cli import prepare_migrations
    from campaign.demo.commands import load_in_place
    from campaign.demo.stages import Stage
    from wsgi import app

    prepare_migrations(app)
    with app.app_context():
        upgrade()
        print(load_in_place(Stage(asked)))
    print("Chạy make run để mở.")


if __name__ == "__main__":
    main()
