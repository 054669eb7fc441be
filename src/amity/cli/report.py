"""The verb that writes the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amity.cli.desk import AsOf, app


@app.command(epilog="Example: amity report -o report.html --as-of 2024-09-30")
def report(
    context: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")] = Path("report.html"),
    as_of: AsOf = None,
    title: Annotated[str, typer.Option("--title")] = "",
) -> None:
    """Write one HTML file that holds everything, works offline and calls no one."""
    from amity.pipeline import draw_report
    from amity.show import print_summary, write_report

    with context.obj.ledger() as ledger:
        picture = draw_report(ledger, as_of, title, context.obj.read_by)
    write_report(picture, out)
    print_summary(picture, context.obj.console)
    typer.echo(f"wrote {out} ({out.stat().st_size / 1000:.0f} kB)")
