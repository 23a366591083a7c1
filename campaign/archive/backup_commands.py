"""Lệnh sao lưu và khôi phục."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app

from campaign.archive import backup as backups
from campaign.archive import restore as restoring
from campaign.archive import sealing, stored
from campaign.archive.rehearsal import rehearse
from campaign.archive.rules import dated_name, superseded
from campaign.web import terminal

_BACKUP_HELP = """Sao lưu cơ sở dữ liệu và tệp minh chứng vào TỆP (zip) khi hệ thống đang dùng.

Không có trong đó: khoá của hòm phiếu đang mở (lượt bỏ phiếu kín đang mở phải làm lại sau khi khôi
phục), khoá bí mật và thiết lập của hệ thống. TỆP có dữ liệu cá nhân: hãy giữ kín như chính hệ
thống, hoặc đặt BACKUP_RECIPIENTS để niêm phong.

--verify khôi phục thử vào một nơi trống rồi bỏ đi, và đối chiếu nhật ký với mọi dòng. --prune bỏ
bản cũ cùng tên, khác ngày; giữ bản của 14 ngày, 8 tuần và 12 tháng gần nhất; không bỏ gì khi
--verify thấy lỗi.
"""


@click.command("backup", cls=terminal.Command, help=_BACKUP_HELP)
@click.argument("file", type=terminal.FILE, metavar=terminal.A_FILE)
@click.option("--verify", "is_rehearsed", is_flag=True, help="Khôi phục thử vào một nơi trống.")
@click.option("--prune", "is_pruned", is_flag=True, help="Bỏ những bản cũ cùng tên, khác ngày.")
def backup(file: Path, *, is_rehearsed: bool, is_pruned: bool) -> None:
    """Back up the database and the evidence into FILE (zip), while the system is in use.

    Not in it, on purpose: the keys of sealed urns (a secret ballot that is open now has to be held
    again after a restore) and the secret key and settings of this instance. FILE holds personal
    data: keep it as closely as the system, or set BACKUP_RECIPIENTS, and it is sealed with age.

    --verify restores it into an empty instance that is thrown away, and compares its record with
    all of its rows. --prune removes older files of the same name and another day, but for those of
    14 days, the last of 8 weeks and of 12 months; never where --verify found a fault.
    """
    recipients = sealing.recipients_of(current_app.config["BACKUP_RECIPIENTS"])
    _refuse_unless_named(file, is_sealed=bool(recipients), is_dated=is_pruned)
    began = datetime.now(UTC)
    taken = backups.backup(file, recipients=recipients, rehearse=rehearse if is_rehearsed else None)
    for key in taken.missing:
        click.echo(f"Cảnh báo: kho tệp không còn tệp {key} mà dữ liệu nhắc đến.", err=True)
    click.echo(
        f"Đã sao lưu vào {file.name}: cơ sở dữ liệu và {taken.files} tệp. "
        f"Đầu chuỗi nhật ký: {taken.head or 'chưa có'}"
    )
    if not backups.remember(file, taken, at=began):
        click.echo("Cảnh báo: chưa ghi được vào cơ sở dữ liệu rằng đã sao lưu.", err=True)
    _sweep()
    if taken.rehearsal_fault:
        message = f"Khôi phục thử không được; bản sao lưu vẫn giữ. {taken.rehearsal_fault}"
        raise terminal.Refused(message)
    if is_rehearsed:
        click.echo("Đã khôi phục thử vào một nơi trống: nhật ký khớp với mọi dòng dữ liệu.")
    if is_pruned:
        _prune(file)


def _refuse_unless_named(file: Path, *, is_sealed: bool, is_dated: bool) -> None:
    """A name that says what the file is, so that nobody looks for the wrong one."""
    if is_sealed != (file.suffix == sealing.ENDING):
        message = (
            f"Bản sao lưu được niêm phong (BACKUP_RECIPIENTS) nên tên tệp phải kết thúc bằng "
            f"{sealing.ENDING}."
            if is_sealed
            else f"Chưa đặt BACKUP_RECIPIENTS nên bản sao lưu không được niêm phong; bỏ "
            f"{sealing.ENDING} khỏi tên tệp."
        )
        raise terminal.Refused(message)
    if is_dated and dated_name(file.name) is None:
        message = "Để dọn bản cũ, tên tệp phải có ngày, như ngonco-2026-11-28.zip."
        raise terminal.Refused(message)


def _sweep() -> None:
    removed, suspicious = stored.sweep_unasked(datetime.now(UTC))
    if removed:
        click.echo(f"Đã xoá {removed} tệp bỏ lại mà không dòng dữ liệu nào nhắc đến.")
    if suspicious:
        click.echo(
            f"Cảnh báo: kho có {suspicious} tệp mà không dòng dữ liệu nào nhắc đến, nhiều hơn "
            "thường lệ nên chưa xoá; xem flask files sweep.",
            err=True,
        )


def _prune(file: Path) -> None:
    old = superseded(file.name, [entry.name for entry in file.parent.iterdir()])
    for name in old:
        (file.parent / name).unlink(missing_ok=True)
    if old:
        click.echo(f"Đã bỏ {len(old)} bản sao lưu cũ: {', '.join(old)}.")


@click.command(
    "restore",
    cls=terminal.Command,
    help="Khôi phục TỆP vào một nơi trống cùng phiên bản (sau flask db upgrade): tất cả hoặc không "
    "gì.",
)
@click.argument("file", type=terminal.FILE, metavar=terminal.A_FILE)
@click.option(
    "--identity",
    type=terminal.FILE,
    metavar=terminal.A_FILE,
    help="Tệp khoá bí mật, khi bản sao lưu được niêm phong.",
)
def restore(file: Path, identity: Path | None) -> None:
    """Restore FILE into an empty instance of the same version (after `flask db upgrade`); all of it
    or nothing.
    """
    with _opened(file, identity) as plain:
        manifest = restoring.restore(plain)
    for key in manifest.missing:
        click.echo(f"Cảnh báo: khi sao lưu đã thiếu tệp {key}.", err=True)
    click.echo(
        f"Đã khôi phục bản sao lưu lập lúc {manifest.created_at}: {len(manifest.files)} tệp. "
        f"Hãy chạy `{_verify_with(manifest.head)}`."
    )


@contextmanager
def _opened(file: Path, identity: Path | None) -> Iterator[Path]:
    """The open copy of a backup, as long as it is read."""
    if not file.exists() or not sealing.is_sealed(file):
        yield file
        return
    if identity is None:
        message = "Bản sao lưu được niêm phong: thêm --identity TỆP_KHOÁ_BÍ_MẬT."
        raise terminal.Refused(message)
    with (
        tempfile.NamedTemporaryFile(prefix="ngonco-restore-", suffix=".zip") as plain,
        file.open("rb") as source,
    ):
        sealing.unseal(source, plain, identity)
        plain.flush()
        yield Path(plain.name)


def _verify_with(head: str) -> str:
    return f"flask audit verify --head {head}" if head else "flask audit verify"
