"""Lệnh: what an administrator runs from a terminal."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Gắn các lệnh vào `app`."""
    del app
