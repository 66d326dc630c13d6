"""`motcua`: the table of commands, and the one place where a failure becomes words and an exit code."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import sys
from collections.abc import Sequence
from typing import Any, Final

import click
from sqlalchemy.exc import OperationalError

from app.cli import common, usage
from app.settings import SettingsInvalid
from app.vault import VaultError
from workflows.errors import RuleBroken

# name: (module, attribute, one line of help). A command's module is imported only when it is called,
# so that `motcua due` does not wait for the PDF libraries.
COMMANDS: Final = {
    "up": ("app.cli.up", "up", "Web and scheduler together; --demo fills an invented house."),
    "serve": ("app.cli.serve", "serve", "The web alone."),
    "scheduler": ("app.cli.serve", "scheduler", "The scheduler alone: sweeps and background jobs."),
    "first-run": ("app.cli.first_run", "first_run", "The setup secret of an empty house."),
    "demo": ("app.cli.demo", "demo", "The demo house: accounts, data."),
    "db": ("app.cli.db", "db", "The database: upgrade, check, backup, restore."),
    "keys": ("app.cli.keys", "keys", "The keys of the house: export, rotate."),
    "doctor": ("app.cli.doctor", "doctor", "What is installed, what is missing, how to mend it."),
    "import": ("app.cli.importing", "importing", "Catalogue, units, calendar, dossiers from files."),
    "due": ("app.cli.due", "due", "Compute a due time, with its trace."),
    "report": ("app.cli.reports", "report", "Reports of a period: 06a."),
    "index": ("app.cli.index", "index", "Service-quality index: Decision 766."),
    "evaluation": ("app.cli.evaluation", "evaluation", "Evaluation of units and people: TT 01/2018."),
    "rates": ("app.cli.reports", "rates", "Online, digitization, payment and on-time rates."),
    "calendar": ("app.cli.calendar_commands", "calendar", "Preview a change of the calendar, export its days."),
    "simulate": ("app.cli.simulate", "simulate", "Replay a period against a shorter limit."),
    "sign": ("app.cli.sign", "sign", "Sign a PDF."),
    "verify": ("app.cli.verify", "verify", "Verify the signatures of a PDF."),
    "digitize": ("app.cli.digitize", "digitize", "Scans and photographs into one searchable PDF/A-2."),
    "audit": ("app.cli.audit", "audit", "Verify or export the event log."),
    "api-keys": ("app.cli.api_keys", "api_keys", "Keys of linked systems: give, take back."),
    "process": ("app.cli.process", "process", "The event log for process mining: XES, CSV."),
    "bench": ("app.cli.bench", "bench", "Measure, each figure with its floor."),
}


class Motcua(click.Group):
    """The group that knows its commands by table."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands of this installation in the order of the table."""
        return [name for name, (module, _, _) in COMMANDS.items() if importlib.util.find_spec(module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, importing its module now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in self.list_commands(ctx)])


@click.command(cls=Motcua, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="motcua")
def motcua() -> None:
    """Một cửa: dossiers from filing to the returned result."""


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit code; nothing is raised."""
    try:
        result: Any = motcua.main(args=list(arguments), prog_name="motcua", standalone_mode=False)
    except click.ClickException as error:
        return _refuse(arguments, code="bad_usage", message=usage.sentence(error), where=usage.place(error))
    except RuleBroken as error:
        return _refuse(arguments, code=error.code, message=str(error), where=error.where)
    except SettingsInvalid as error:
        message = "Cấu hình chưa dùng được:\n" + "\n".join(f"  {problem}" for problem in error.problems)
        return _refuse(arguments, code="settings_invalid", message=message, where=error.problems[0].option)
    except VaultError as error:
        return _refuse(arguments, code="keys_unusable", message=str(error), where="MOTCUA_KEYS")
    except OperationalError as error:
        message = f"Không dùng được cơ sở dữ liệu: {error.orig}. Xem MOTCUA_DATABASE_URL, chạy: motcua doctor"
        return _refuse(arguments, code="database_unusable", message=message, where="MOTCUA_DATABASE_URL")
    except click.Abort:
        return _refuse(arguments, code="interrupted", message="Đã dừng theo yêu cầu.", where=None)
    except Exception as error:
        # The last door: whatever broke, the contract wants words and a code here.
        logging.getLogger("motcua").exception("command failed")
        message = f"Lỗi ngoài dự kiến ({type(error).__name__}). Chi tiết ở trên; chạy: motcua doctor"
        return _refuse(arguments, code="internal_error", message=message, where=None)
    return result if isinstance(result, int) else common.DONE


def _refuse(arguments: Sequence[str], *, code: str, message: str, where: str | None) -> int:
    common.tell(message)
    if "--json" in arguments:
        click.echo(common.as_json({"error": {"code": code, "message": message, "where": where}}))
    return common.REFUSED


def main() -> None:
    """Run the command line of this process: the entry point of the installed `motcua`."""
    sys.exit(run(sys.argv[1:]))
