"""Bad usage in Vietnamese words: what of the command line is wrong, and where its help stands."""

from __future__ import annotations

import click


def sentence(error: click.ClickException) -> str:
    """Return what is wrong with the command line and where to read on."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "motcua"
    return f"{_what(error)} Xem: {command} --help"


def place(error: click.ClickException) -> str | None:
    """Return the option or argument that is wrong, as it is typed; None for the command line as a whole."""
    if isinstance(error, click.NoSuchOption):
        return error.option_name
    parameter = getattr(error, "param", None)
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.human_readable_name if parameter else None


def _what(error: click.ClickException) -> str:
    where = place(error)
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn {where}."
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {where}."
    if isinstance(error, click.BadParameter):
        return f"{where or 'Giá trị'}: {error.message.rstrip('.')}."
    if error.message.startswith("No such command"):
        return f"Không có lệnh {error.message.removeprefix('No such command').strip(' .')}."
    return f"Dòng lệnh chưa đúng: {error.message.rstrip('.')}."
