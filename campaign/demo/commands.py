"""Lệnh diễn tập: loading a moment of the campaign of 2021, and saying who can sign in."""

from datetime import UTC, datetime, timedelta

import click
from flask import current_app
from sqlalchemy import inspect

from campaign.archive import stored
from campaign.audit import recorder
from campaign.demo import story
from campaign.demo.cast import moment
from campaign.demo.content.people import (
    ADMIN,
    DEPUTIES,
    DIRECTOR,
    INSPECTOR,
    PASSWORD,
    SECRETARIAT,
    head_of,
    officer_of,
)
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.publicity import commands as remind
from campaign.scheme.actions import install_measure_units
from campaign.web import terminal


@click.command("demo", cls=terminal.Command, help="Nạp phong trào diễn tập; chỉ ở chế độ diễn tập.")
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in Stage]),
    default=Stage.SCORING.value,
    show_default=True,
    help="Thời điểm của phong trào.",
)
@click.option("--replace", is_flag=True, help="Bỏ mọi dữ liệu đang có.")
def demo(stage: str, *, replace: bool) -> None:
    """Load the demo campaign; only in demo mode."""
    if not current_app.config["DEMO"]:
        message = "Diễn tập chỉ có ở chế độ diễn tập (NGONCO_MODE=demo); đây là hệ thống dùng thật."
        raise terminal.Refused(message)
    if not story.is_empty():
        if not replace:
            message = "Cơ sở dữ liệu đang có nội dung. Thêm --replace để bỏ hết và nạp diễn tập."
            raise terminal.Refused(message)
        _empty()
    click.echo(_loaded(Stage(stage)))


def load_in_place(stage: Stage) -> str:
    """Nạp một thời điểm in place of all that a rehearsal holds: what `make stage` does."""
    if not story.is_empty():
        _empty()
    return _loaded(stage)


def _loaded(stage: Stage) -> str:
    _begin_day(stage)
    return f"Đã nạp diễn tập “{stage.value}”, hôm nay là {stage.today:%d/%m/%Y}."


def _begin_day(stage: Stage) -> None:
    """A moment of the campaign, with what `flask remind` told people of it in the morning."""
    story.tell(stage)
    remind.tell_all(moment(stage.today, hour=8))


def complete_catalogue() -> None:
    """Bổ sung danh mục of a database in use: what a newer version ships."""
    if not story.is_empty():
        honours.install_catalogue()
        install_measure_units()
        recorder.act("award.catalogue")
        db.session.commit()


def load_if_empty() -> None:
    """Nạp diễn tập vào cơ sở dữ liệu trống: what `make run` does on its first start."""
    if current_app.config["DEMO"] and story.is_empty():
        _begin_day(Stage.SCORING)


def _empty() -> None:
    """Drop every table and build them anew, then the files; a rehearsal keeps no record."""
    db.session.remove()
    _drop_tables()
    from flask_migrate import upgrade  # noqa: PLC0415 - a server that only serves does without it

    upgrade()
    stored.sweep(stored.orphans(datetime.now(UTC), timedelta(0)))


def _drop_tables() -> None:
    connection = db.engine.raw_connection()
    cursor = connection.cursor()
    if db.engine.dialect.name == "sqlite":
        cursor.execute("PRAGMA foreign_keys=OFF")
        for table in inspect(db.engine).get_table_names():
            cursor.execute(f'DROP TABLE "{table}"')
    else:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.commit()
    connection.close()
    db.engine.dispose()


ACCOUNTS = (
    (ADMIN.user_name, "quản trị hệ thống, đổi ngày diễn tập"),
    (
        SECRETARIAT[0].user_name,
        "Thường trực: lập kế hoạch, thẩm định, đóng chấm điểm, công bố",
    ),
    (DIRECTOR.user_name, "Giám đốc, Chủ tịch Hội đồng"),
    (DEPUTIES[0].user_name, "thành viên Hội đồng, còn ô chưa chấm"),
    (head_of("QLTM"), "thành viên Hội đồng, không chấm phòng mình, còn ô chưa chấm"),
    (INSPECTOR.user_name, "cán bộ kiểm tra"),
    (officer_of("DB"), "cán bộ Đà Bắc: báo cáo đang soạn"),
    (head_of("YT"), "thủ trưởng Yên Thủy: báo cáo chờ ký"),
    (officer_of("MC"), "cán bộ Mai Châu: báo cáo bị trả lại"),
)


def who_can_sign_in() -> str:
    """Tài khoản diễn tập, as `make run` prints them; nothing outside demo mode."""
    if not current_app.config["DEMO"]:
        return ""
    lines = [f"Tài khoản diễn tập (mật khẩu chung: {PASSWORD}):"]
    lines += [f"  {name:<16} {role}" for name, role in ACCOUNTS]
    lines.append("  canbo.<mã>, truong.<mã> của mọi đơn vị, ví dụ canbo.lsn, truong.qlcn")
    lines.append("  make stage STAGE=health: thêm Sở Y tế 2026, ví dụ thuong-truc-yt, truong.bvsn")
    return "\n".join(lines)
