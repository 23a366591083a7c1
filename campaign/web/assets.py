"""Tệp tĩnh: addresses that change with the file, so that a browser may keep it a year."""

import os

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from campaign.core.permissions import Permission
from campaign.web.access import requires

KEPT = "public, max-age=31536000, immutable"
"""How long a browser keeps a file whose address names its content."""


def _version(file: str) -> str:
    """When the file was last written and how long it is: another content has another one."""
    state = os.stat(file)  # noqa: PTH116 - twenty of them stand on every page
    return f"{state.st_mtime_ns:x}-{state.st_size:x}"


def init_app(app: Flask) -> None:
    """Đưa `asset` vào các khuôn của `app`."""
    folder, root = app.static_folder or "", app.static_url_path

    def asset(name: str) -> str:
        """Địa chỉ của một tệp tĩnh, which changes with its content."""
        return f"{request.script_root}{root}/{name}?v={_version(f'{folder}/{name}')}"

    @requires(Permission.PUBLIC)
    def favicon() -> ResponseReturnValue:
        """Biểu tượng, where a browser or an opened file asks for it without having seen a page."""
        return redirect(asset("img/flag.svg"))

    app.add_url_rule("/favicon.ico", view_func=favicon)
    app.jinja_env.globals["asset"] = asset
