"""The command line: one verb a stage. Every verb's help ends with an example.

A page here holds a group of verbs; importing it registers them.
Exit codes: 0 done, 1 something was asked that cannot be done or nothing was done, 2 wrong usage, 3 a check failed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer

from amity.cli.desk import app
from amity.errors import AmityError

__all__ = ["app", "main"]

# The pages of verbs, in the order in which help lists them.
PAGES = (
    "reading",
    "claims",
    "actors",
    "sources",
    "incidents",
    "ties",
    "blocs",
    "outlook",
    "report",
    "card",
    "serve",
    "plot",
    "exchange",
    "watch",
    "keep",
    "doctor",
)
for _page in PAGES:
    import_module(f"amity.cli.{_page}")


def main(run: Callable[[], Any] = app) -> None:
    """Run the command line; what a user may see is one sentence, never a trace."""
    try:
        run()
    except AmityError as error:
        typer.echo(f"amity: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        typer.echo(f"amity: {error.filename or 'file'}: got {error.strerror}, see that the place exists and can be written", err=True)
        sys.exit(1)
