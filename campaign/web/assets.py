"""Tệp tĩnh: addresses that change with what is in the file, so that a browser may keep each for a
year.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaign.core.permissions import Permission
from campaign.web.access import requires

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

    @requires(Permission.PUBLIC)
    def favicon() -> ResponseReturnValue:
        """Biểu tượng, where a browser or an opened file asks for it without having seen a page."""
        return redirect(asset("img/flag.svg"))

    app.add_url_rule("/favicon.ico", view_func=favicon)
    app.jinja_env.globals["asset"] = asset
