"""Dòng lệnh: whatever goes wrong in a command ends in one Vietnamese sentence, no trace."""

from pathlib import Path
from typing import IO, Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from campaign.core.errors import Busy, RuleViolation
from campaign.core.faults import os_words
from campaign.web.terminal_help import Helped, format_subcommands

FILE = click.Path(dir_okay=False, path_type=Path)
A_FILE = "TỆP"
"""Cách gọi một tệp in what is told about a command."""


class Refused(click.ClickException):
    """Lệnh không làm được: the sentence says why."""

    def show(self, file: IO[Any] | None = None) -> None:
        """The sentence alone, on the standard error."""
        click.echo(self.format_message(), file=file, err=file is None)


class Command(Helped):
    """Một lệnh: wrong arguments and faults of any kind are told like every other refusal."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as wrong:
            message = f"{_usage(wrong)} Xem: flask {ctx.info_name} --help."
            raise Refused(message) from wrong
        except click.Abort as stopped:
            raise Refused(_STOPPED) from stopped

    def invoke(self, ctx: click.Context) -> Any:
        """Carry the command out."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as fault:
            if current_app.debug:
                raise
            raise Refused(_sentence(fault)) from fault


_STOPPED = "Đã dừng theo yêu cầu; chưa làm gì."


class Group(Helped, AppGroup):
    """Một nhóm lệnh."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its own options, and its commands."""
        super().format_options(ctx, formatter)
        format_subcommands(self, ctx, formatter)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command that is asked for."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as wrong:
            names = ", ".join(self.list_commands(ctx))
            message = f"Không có lệnh này; hãy dùng một trong: {names}."
            raise Refused(message) from wrong


def _sentence(fault: Exception) -> str:
    if isinstance(fault, RuleViolation | Busy):
        return str(fault)
    if isinstance(fault, click.Abort):
        return _STOPPED
    if isinstance(fault, SQLAlchemyError):
        return (
            "Không dùng được cơ sở dữ liệu. Hãy kiểm tra DATABASE_URL, quyền ghi và "
            "đã chạy flask db upgrade chưa."
        )
    if isinstance(fault, OSError):
        return f"Không đọc hoặc ghi được tệp: {os_words(fault)}."
    return (
        "Lệnh gặp lỗi ngoài dự kiến nên dừng, chưa ghi gì. "
        "Chạy lại với flask --debug để xem chi tiết kỹ thuật."
    )


def _usage(wrong: click.UsageError) -> str:
    if isinstance(wrong, click.NoSuchOption):
        return f"Không có tuỳ chọn {wrong.option_name}."
    if isinstance(wrong, click.MissingParameter):
        return f"Thiếu {_name(wrong.param)}."
    if isinstance(wrong, click.BadParameter):
        return f"Giá trị của {_name(wrong.param)} chưa đúng{_wanted(wrong.param)}."
    if isinstance(wrong, click.BadOptionUsage):
        return f"Tuỳ chọn {wrong.option_name} phải có giá trị đi kèm, hoặc không được có."
    return "Lệnh có đối số thừa hoặc viết chưa đúng."


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "đối số"
    return (
        parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
    )


def _wanted(parameter: click.Parameter | None) -> str:
    kind = parameter.type if parameter else None
    if isinstance(kind, click.Choice):
        return f": hãy chọn một trong {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        most = "trở lên" if kind.max is None else f"đến {kind.max}"
        return f": phải là một số nguyên từ {kind.min} {most}"
    if isinstance(kind, click.types.IntParamType):
        return ": phải là một số nguyên"
    return ": phải là một tệp, không phải thư mục" if isinstance(kind, click.Path) else ""


def _asked(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str:
    """The password, asked for twice where it is not given."""
    while given is None:
        first = str(click.prompt("Mật khẩu", hide_input=True))
        if click.prompt("Nhập lại mật khẩu", hide_input=True) == first:
            given = first
        else:
            click.echo("Hai lần nhập không giống nhau. Hãy nhập lại.", err=True)
    return given


password_option = click.option(
    "--password", metavar="MẬT_KHẨU", callback=_asked, help="Mật khẩu; không ghi thì được hỏi."
)
