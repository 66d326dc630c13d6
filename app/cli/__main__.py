"""`python -m app.cli`: the command `motcua` without the installed script."""

from __future__ import annotations

from app.cli.main import main

main()
