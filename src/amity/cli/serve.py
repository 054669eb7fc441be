"""The verb that opens the live desk in a browser."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amity.cli.desk import app
from amity.errors import BadInput

if TYPE_CHECKING:
    from amity.ledger import Ledger
    from amity.show.server.desk import DeskOptions

LOCAL = ("127.0.0.1", "localhost", "::1")
# Ports of a machine.
PORTS = range(1, 65536)


@app.command(epilog="Example: amity serve  |  amity --ledger levant.db serve --port 8800")
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", help="The port to listen on.")] = 8765,
    host: Annotated[str, typer.Option("--host", help="The address to listen on; beyond this machine a token is asked for.")] = "127.0.0.1",
    token: Annotated[str, typer.Option("--token", envvar="AMITY_TOKEN", help="Ask every request for this token.")] = "",
    who: Annotated[str, typer.Option("--who", envvar="AMITY_USER", help="Who judges; by default your user name.")] = "",
    most: Annotated[int, typer.Option("--upload", help="The most megabytes of one upload.")] = 20,
) -> None:
    """Open the live desk: what changed, ties, accounts side by side, review, search, upload; on this machine alone."""
    if port not in PORTS:
        raise BadInput(f"serve --port: got {port}, allowed is {PORTS[0]} to {PORTS[-1]}")
    check_parts()
    import uvicorn

    from amity.show.server.app import make_app
    from amity.show.server.desk import DeskOptions, open_desk

    # Nothing that others can reach is served without a token.
    token = token or (secrets.token_urlsafe(24) if host not in LOCAL else "")
    options = join_rooms(DeskOptions(host=host, token=token, who=who or getpass.getuser(), upload=most * 1_000_000))
    with open_desk(context.obj.address, options) as desk:
        typer.echo("drawing the ledger ...", err=True)
        desk.view()
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"the desk is open at http://{shown}:{port}/{f'?token={token}' if token else ''}  (ctrl-c closes it)")
        # The token stands in addresses, so that addresses are not logged.
        uvicorn.run(make_app(desk), host=host, port=port, log_level="warning", access_log=False, server_header=False)


def check_parts() -> None:
    """Raises BadInput with the remedy where the extra is not installed."""
    from importlib.util import find_spec

    missing = [name for name in ("starlette", "uvicorn", "python_multipart") if find_spec(name) is None]
    if missing:
        raise BadInput(f"serve: {', '.join(missing)} not installed, the desk needs the extra: pip install 'amity[desk]'")


def join_rooms(options: DeskOptions) -> DeskOptions:
    """Options -> the same with what the desk may ask of the room of actors."""
    from dataclasses import replace

    from amity.actors import judge_actors

    return replace(options, list_pairs=list_likely, judge_pair=judge_actors)


def list_likely(ledger: Ledger) -> Sequence[Any]:
    """A ledger -> actors that may be one and that nobody has judged, the likeliest first."""
    from amity.actors import derive_clusters, find_candidates, load_actors
    from amity.cli.actors import collect_profiles
    from amity.show.server.desk import Pair

    profiles, _ = collect_profiles(ledger, load_actors())
    clusters = derive_clusters(ledger.judgements())
    found = [f for f in find_candidates(profiles) if clusters.of(f.a) != clusters.of(f.b)]
    return [Pair(f.a, f.b, f.chance, tuple(f"{s.what}: {s.found}" for s in f.reasons)) for f in found]
