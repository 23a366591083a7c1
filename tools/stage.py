"""`make stage STAGE=…`: load another moment of the demo, in place of all its database holds."""

import os
import sys

from tools.serve import keep_secret_key


def main() -> None:
    """Prepare the database as `make run` does, then load the moment."""
    os.environ["NGONCO_MODE"] = "demo"
    keep_secret_key()
    from flask_migrate import upgrade

    from campaign.cli import prepare_migrations
    from campaign.demo.commands import load_in_place
    from campaign.demo.stages import Stage
    from wsgi import app

    known = ", ".join(stage.value for stage in Stage)
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked not in set(Stage):
        wrong = f"Không có thời điểm “{asked}”." if asked else "Chưa chọn thời điểm."
        sys.exit(
            f"{wrong} Hãy chọn một trong các thời điểm: {known}.\nVí dụ: make stage STAGE=meeting"
        )
    prepare_migrations(app)
    with app.app_context():
        upgrade()
        print(load_in_place(Stage(asked)))
    print("Chạy make run để mở.")


if __name__ == "__main__":
    main()
