"""Lệnh sao lưu và khôi phục."""

from pathlib import Path

import click

from campaign.archive import backup as backups
from campaign.archive import restore as restoring
from campaign.archive.rules import BackupRefused

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Back up the database and the evidence into FILE (zip), while the system is in use.

    Not in it, on purpose: the keys of sealed urns (a secret ballot that is open now has to be held again after a
    restore) and the secret key and settings of this instance. FILE holds personal data: keep it as closely as the system.
    """
    try:
        taken = backups.backup(file)
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from refused
    for key in taken.missing:
        click.echo(f"Cảnh báo: kho tệp không còn tệp {key} mà dữ liệu nhắc đến.", err=True)
    click.echo(f"Đã sao lưu vào {file}: cơ sở dữ liệu và {taken.files} tệp.")


@click.command("restore")
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Restore FILE into an empty instance of the same version (after `flask db upgrade`); all of it or nothing."""
    try:
        manifest = restoring.restore(file)
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from refused
    for key in manifest.missing:
        click.echo(f"Cảnh báo: khi sao lưu đã thiếu tệp {key}.", err=True)
    click.echo(f"Đã khôi phục bản sao lưu lập lúc {manifest.created_at}: {len(manifest.files)} tệp. "
               "Hãy chạy `flask audit verify`.")
