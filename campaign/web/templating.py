"""Khuôn trang: filters and what every page knows."""

from pathlib import Path
from typing import Any

from flask import Flask, g
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined

from campaign.core.dates import format_date, format_moment, format_time
from campaign.core.majorities import majority_text
from campaign.core.numbers import format_decimal, format_points, typed_decimal
from campaign.core.permissions import Permission
from campaign.core.text import sentence
from campaign.web.access import is_signed_in
from campaign.web.cells import mark_cells, point_cells
from campaign.web.clock import rehearsal_date
from campaign.web.files import SHOWN_TYPES


def may(permission: str) -> bool:
    """Có quyền: whether the person at the screen holds `permission`."""
    return Permission(permission) in current_user.permissions


def csrf_token() -> str:
    """Mã của biểu mẫu: made once for each page, though it stands in every form."""
    token: str = g.get("csrf_token") or generate_csrf()
    return token


def _context() -> dict[str, Any]:
    return {"rehearsal_date": rehearsal_date()}


def init_app(app: Flask) -> None:
    """Trang bị cho các khuôn của `app`."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    _teach(app.jinja_env)
    app.context_processor(_context)
    if folder := app.config["TEMPLATE_CACHE"]:
        app.jinja_env.bytecode_cache = _cache(Path(folder))


def _teach(environment: Environment) -> None:
    """What a template may call: how numbers, days and texts are written, and what marks cells."""
    environment.filters.update(
        majority=majority_text,
        points=format_points,
        number=format_decimal,
        typed_number=typed_decimal,
        date=format_date,
        moment=format_moment,
        clock=format_time,
        sentence=sentence,
    )
    environment.globals.update(
        csrf_token=csrf_token,
        signed_in=is_signed_in,
        may=may,
        mark_cells=mark_cells,
        point_cells=point_cells,
        shown_types=SHOWN_TYPES,
    )


def _cache(folder: Path) -> FileSystemBytecodeCache:
    """Khuôn đã dịch, kept for the next worker in a folder that nobody else may write to: what
    stands there is run.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
