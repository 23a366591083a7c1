"""Tệp tĩnh: addresses that change with what is in the file, so that a browser may keep each for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, request, url_for

KEPT = "public, max-age=31536000, immutable"
"""How long a browser keeps a file whose address names its content."""


@lru_cache(maxsize=500)
def _address(folder: str, root: str, name: str) -> str:
    """Worked out once a process; `root` is where the application hangs."""
    del root
    content = (Path(folder) / name).read_bytes()
    return url_for("static", filename=name, v=hashlib.sha256(content).hexdigest()[:12])


def init_app(app: Flask) -> None:
    """Đưa `asset` vào các khuôn của `app`."""
    folder = app.static_folder or ""

    def asset(name: str) -> str:
        """Địa chỉ của một tệp tĩnh, with the hash of its content."""
        return _address(folder, request.script_root, name)

    app.jinja_env.globals["asset"] = asset
