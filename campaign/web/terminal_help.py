"""Hướng dẫn dòng lệnh: what `--help` of a command says, in Vietnamese like its refusals."""

from collections.abc import Iterator

import click

_PIECES = {"[OPTIONS]": "[TUỲ CHỌN]", "COMMAND": "LỆNH", "[ARGS]...": "[ĐỐI SỐ]..."}


class Helped(click.Command):
    """Lệnh có hướng dẫn bằng tiếng Việt."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help itself."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Hiện hướng dẫn này."
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may stand behind the name of the command."""
        pieces = " ".join(super().collect_usage_pieces(ctx)).split()
        return [_PIECES.get(piece, piece) for piece in pieces]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is typed."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What may be asked of it."""
        options = [row for row in self.get_params(ctx) if isinstance(row, click.Option)]
        with formatter.section("Tuỳ chọn"):
            formatter.write_dl(
                [(_written(row), _told(row, ctx)) for row in options if not row.hidden]
            )


def format_subcommands(
    group: click.Group, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Các lệnh của một nhóm."""
    with formatter.section("Lệnh"):
        formatter.write_dl(list(_subcommands(group, ctx)))


def _subcommands(group: click.Group, ctx: click.Context) -> Iterator[tuple[str, str]]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is not None:
            yield name, command.get_short_help_str(100)


def _written(option: click.Option) -> str:
    """The option as it is typed, with what follows it."""
    names = ", ".join(option.opts)
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} [{'|'.join(map(str, option.type.choices))}]"
    if option.metavar:
        return f"{names} {option.metavar}"
    return f"{names} {'SỐ' if isinstance(option.type, click.types.IntParamType) else 'CHỮ'}"


def _told(option: click.Option, ctx: click.Context) -> str:
    default = f" (mặc định: {option.get_default(ctx)})" if option.show_default else ""
    return f"{option.help or ''}{default}"
