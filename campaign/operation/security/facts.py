"""Hệ thống đang chạy: what its settings, its database and its parts say for the paper."""

import platform
from importlib import metadata
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select

from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.operation import probes, queries
from campaign.operation.rules.verdicts import size_words
from campaign.operation.security.rules import Installation
from campaign.web.access import CHAIR


def installation() -> Installation:
    """Hệ thống này, lúc này."""
    config = current_app.config
    return Installation(
        address=config["PUBLIC_URL"],
        database=queries.database_version(),
        database_place=_database_place(),
        files_place=_files_place(),
        versions=_versions(),
        people=_people(),
        checks={check.part: check for check in probes.every_part()},
        demanded_of=_demanded_of(),
        idle_minutes=int(config["PERMANENT_SESSION_LIFETIME"].total_seconds()) // 60,
        encrypts_backups=bool(config["BACKUP_RECIPIENTS"]),
        mail_server=_mail_server(),
        figures_at=config["METRICS_ADDRESS"] if config["METRICS"] else "",
        signs_on_at=config.get("OIDC_ISSUER", ""),
    )


def _demanded_of() -> list[str]:
    """Ai phải có yếu tố thứ hai, in words."""
    demanded = current_app.config.get("REQUIRE_SECOND_FACTOR") or frozenset()
    roles = [role.label for role in Role if role.value in demanded]
    return [*roles, "Chủ tịch Hội đồng"] if CHAIR in demanded else roles


def _mail_server() -> str:
    host, port = current_app.config["SMTP_HOST"], current_app.config["SMTP_PORT"]
    return f"{host}:{port}" if host else ""


def _database_place() -> str:
    """Where the database answers; never who asks, nor by which password."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        return "tệp trên máy"
    host = url.host or str(url.query.get("host", ""))
    return host if host.startswith("/") else f"{host or 'localhost'}:{url.port or 5432}"


def _files_place() -> str:
    number, size = queries.stored_files()
    parts = urlsplit(current_app.config["EVIDENCE_URL"])
    kind = f"kho đối tượng ({parts.scheme})" if "://" in parts.geturl() else "thư mục riêng"
    return f"{kind}; {number} tệp, {size_words(size)}"


def _versions() -> list[tuple[str, str]]:
    size = queries.database_size(current_app.config["SQLALCHEMY_DATABASE_URI"])
    return [
        ("Chương trình", f"Ngọn Cờ, lược đồ dữ liệu bước {queries.stands_at() or '—'}"),
        ("Nền", f"Python {platform.python_version()}, Flask {metadata.version('flask')}"),
        ("Hệ điều hành", f"{platform.system()} {platform.release()}"),
        ("Cơ sở dữ liệu", f"{queries.database_version()}; {size_words(size)}"),
    ]


def _people() -> dict[str, int]:
    """Số người đang giữ mỗi vai trò."""
    rows = db.session.execute(
        select(RoleGrant.role, func.count(func.distinct(RoleGrant.user_id)).label("number"))
        .join(User, User.id == RoleGrant.user_id)
        .where(User.is_active)
        .group_by(RoleGrant.role)
    )
    counted = {row.role: row.number for row in rows}
    return {role.label: counted.get(role, 0) for role in Role}
