"""Lệnh: what an administrator runs from a terminal."""

from pathlib import Path

import click
from flask import Flask

from campaign.accounts import actions as accounts
from campaign.archive import backup_commands as backups
from campaign.archive import commands as archive
from campaign.archive.file_commands import files
from campaign.audit import recorder
from campaign.core.permissions import Role
from campaign.demo import commands as demo
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.operation.commands import doctor, metrics, take_keys
from campaign.proof import commands as proof
from campaign.publicity import commands as publicity
from campaign.retention.commands import retention
from campaign.scheme.actions import install_measure_units
from campaign.web import terminal

MIGRATIONS = Path(__file__).parent / "migrations"


@click.command(
    "create-admin", cls=terminal.Command, help="Tạo một quản trị viên đăng nhập được ngay."
)
@click.option("--user-name", prompt="Tên đăng nhập", help="Tên đăng nhập.")
@click.option("--full-name", prompt="Họ và tên", help="Họ và tên.")
@terminal.password_option
def create_admin(user_name: str, full_name: str, password: str) -> None:
    """Create a system administrator who can sign in at once."""
    honours.install_catalogue()
    install_measure_units()
    user = accounts.create_person(user_name=user_name, full_name=full_name)
    accounts.set_password(user, accounts.new_password_hash(user.user_name, password))
    accounts.set_roles(user, [(Role.ADMIN, None), (Role.SECRETARIAT, None)], is_active=True)
    recorder.act("account.create")
    db.session.commit()
    click.echo(f"Đã tạo quản trị viên “{user.user_name}”.")


@click.command(
    "install-catalogue",
    cls=terminal.Command,
    help="Bổ sung danh mục còn thiếu và làm mới mục chưa ai sửa; chữ của cơ quan giữ nguyên.",
)
def install_catalogue() -> None:
    """Add what the database has not, and renew what stands as it was shipped; the office's own
    words stay.
    """
    honours.install_catalogue()
    install_measure_units()
    recorder.act("award.catalogue")
    db.session.commit()
    click.echo("Danh mục đã đủ.")


def prepare_migrations(app: Flask) -> None:
    """Chuẩn bị nâng cấp lược đồ, for `flask db` and whoever upgrades; a server that only serves
    does without it and its
    eleven megabytes.
    """
    from flask_migrate import Migrate  # noqa: PLC0415 - see above

    Migrate().init_app(app, db, directory=str(MIGRATIONS), render_as_batch=True)


def init_app(app: Flask) -> None:
    """Gắn các lệnh vào `app`."""
    if click.get_current_context(silent=True):
        prepare_migrations(app)
    app.cli.add_command(create_admin)
    app.cli.add_command(install_catalogue)
    app.cli.add_command(publicity.remind)
    app.cli.add_command(proof.record)
    app.cli.add_command(doctor)
    app.cli.add_command(metrics)
    app.cli.add_command(take_keys)
    app.cli.add_command(retention)
    app.cli.add_command(demo.demo)
    app.cli.add_command(backups.backup)
    app.cli.add_command(backups.restore)
    app.cli.add_command(archive.archive)
    app.cli.add_command(archive.archive_load)
    app.cli.add_command(files)
