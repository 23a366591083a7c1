"""Lệnh đóng gói và nạp gói lưu trữ."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from campaign.accounts import actions as accounts
from campaign.archive.load import load
from campaign.archive.pack import pack
from campaign.audit import recorder
from campaign.core.durable import whole_file
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.proof import upgrades
from campaign.web import terminal


@click.command(
    "archive",
    cls=terminal.Command,
    help="Đóng gói một phong trào đã công bố vào TỆP (zip) để nộp lưu trữ.",
)
@click.argument("campaign_id", type=int, metavar="SỐ_PHONG_TRÀO")
@click.argument("file", type=terminal.FILE, metavar=terminal.A_FILE)
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


@click.command(
    "archive-load",
    cls=terminal.Command,
    help="Nạp gói lưu trữ vào một nơi trống cùng phiên bản, chỉ để đọc; sau đó khởi động lại "
    "máy chủ.",
)
@click.argument("file", type=terminal.FILE, metavar=terminal.A_FILE)
@click.option("--user-name", prompt="Tên đăng nhập", help="Tài khoản để đọc.")
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
