"""Lệnh sao lưu, khôi phục, đóng gói và nạp gói lưu trữ."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from campaign.accounts import actions as accounts
from campaign.archive import backup as backups
from campaign.archive import restore as restoring
from campaign.archive import stored
from campaign.archive.load import load
from campaign.archive.pack import pack
from campaign.audit import recorder
from campaign.core.durable import whole_file
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.proof import upgrades
from campaign.web import terminal


@click.command("backup", cls=terminal.Command)
@click.argument("file", type=terminal.FILE)
def backup(file: Path) -> None:
    """Back up the database and the evidence into FILE (zip), while the system is in use.

    Not in it, on purpose: the keys of sealed urns (a secret ballot that is open now has to be held
    again after a
    restore) and the secret key and settings of this instance. FILE holds personal data: keep it as
    closely as the system.
    """
    began = datetime.now(UTC)
    taken = backups.backup(file)
    for key in taken.missing:
        click.echo(f"Cảnh báo: kho tệp không còn tệp {key} mà dữ liệu nhắc đến.", err=True)
    click.echo(
        f"Đã sao lưu vào {file.name}: cơ sở dữ liệu và {taken.files} tệp. "
        f"Đầu chuỗi nhật ký: {taken.head or 'chưa có'}"
    )
    if not backups.remember(file, taken, at=began):
        click.echo("Cảnh báo: chưa ghi được vào cơ sở dữ liệu rằng đã sao lưu.", err=True)
    removed, suspicious = stored.sweep_unasked(datetime.now(UTC))
    if removed:
        click.echo(f"Đã xoá {removed} tệp bỏ lại mà không dòng dữ liệu nào nhắc đến.")
    if suspicious:
        click.echo(
            f"Cảnh báo: kho có {suspicious} tệp mà không dòng dữ liệu nào nhắc đến, nhiều hơn "
            "thường lệ nên "
            "chưa xoá; xem flask files sweep.",
            err=True,
        )


@click.command("restore", cls=terminal.Command)
@click.argument("file", type=terminal.FILE)
def restore(file: Path) -> None:
    """Restore FILE into an empty instance of the same version (after `flask db upgrade`); all of it
    or nothing.
    """
    manifest = restoring.restore(file)
    for key in manifest.missing:
        click.echo(f"Cảnh báo: khi sao lưu đã thiếu tệp {key}.", err=True)
    click.echo(
        f"Đã khôi phục bản sao lưu lập lúc {manifest.created_at}: {len(manifest.files)} tệp. "
        f"Hãy chạy `{_verify_with(manifest.head)}`."
    )


def _verify_with(head: str) -> str:
    return f"flask audit verify --head {head}" if head else "flask audit verify"


@click.command("archive", cls=terminal.Command)
@click.argument("campaign_id", type=int)
@click.argument("file", type=terminal.FILE)
def archive(campaign_id: int, file: Path) -> None:
    """Pack a published campaign into FILE: a zipped BagIt package for the archive."""
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None:
        message = f"Không có phong trào số {campaign_id}."
        raise terminal.Refused(message)
    if file.exists():
        message = f"Đã có tệp {file.name}; gói lưu trữ không ghi đè."
        raise terminal.Refused(message)
    with pack(campaign, now=datetime.now(UTC)) as made, whole_file(file) as target:
        shutil.copyfileobj(made, target)
    click.echo(f"Đã đóng gói “{campaign.title}” vào {file.name}.")


@click.command("archive-load", cls=terminal.Command)
@click.argument("file", type=terminal.FILE)
@click.option("--user-name", prompt="Tên đăng nhập", help="An account that reads.")
@terminal.password_option
def archive_load(file: Path, user_name: str, password: str) -> None:
    """Load a package into an empty instance of the same version, for reading only; restart the
    server afterwards.
    """
    title = load(file, now=datetime.now(UTC))
    reader = accounts.create_person(user_name=user_name, full_name="Người đọc lưu trữ")
    accounts.set_password(reader, accounts.new_password_hash(reader.user_name, password))
    accounts.set_roles(reader, [(Role.SECRETARIAT, None), (Role.DIRECTOR, None)], is_active=True)
    recorder.act("archive.load")
    db.session.commit()
    upgrades.baseline(db.session.connection())
    db.session.commit()
    click.echo(f"Đã nạp “{title}”, chỉ đọc; “{reader.user_name}” đăng nhập được.")
