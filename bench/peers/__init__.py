"""Side by side with what others offer, where it can be run here: figures of both and their ratio, ours over theirs.

`python -m bench peers` runs all that need seconds or a few minutes; a peer that is not installed is skipped with its reason
(`pip install "amity[peers]"`). Speeds are processor time on the same machine, one after the other. The peers were given
what they need to do well: thresholds tuned on the same part of the data as ours. `QUOTED` are published or earlier
figures of what is not run, each with its source; `python -m bench.peers` prints them too.

`--data` is passed to no peer; there are too many forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from amity.errors import BadInput
from bench import Skipped

Figures = dict[str, float | int | str]
# Peers in the order in which they run; each module has `run() -> figures` with pairs of names `x_amity`, `x_peer`.
PEERS = ("camps", "stories", "ties", "dates")
# Peers that are trained here first, and run by name only: `python -m bench.peers words`.
SLOW = ("words",)
# What is not run: the figure, and where it is from.
QUOTED: dict[str, str] = {
    "names, a spaCy 3.8 CNN pipeline on UNER English-EWT": "62.0 (a trial of the project); amity's: python -m bench names",
    "dates, HeidelTime (Java, GPL) on te3-platinum": "strict 81.8, relaxed 90.7, value 78.1 (run once beside the project)",
    "dates, timexy 0.1.3 on te3-platinum": "strict 11.6, relaxed 20.6, value 14.2 (run once beside the project)",
    "forecasts, recurrency baseline on ICEWS14 / ICEWS18": "MRR 37.2 / 28.7 (Gastinger et al., IJCAI 2024); ours and the baseline rerun: "
    "python -m bench links (minutes)",
    "events, GDELT's rows on a live map": "76.5 % were not an event of the coded type at the coded place (an audit, "
    "github.com/011-sam-110/Provenance issue 212); amity's own: python -m bench card",
}


def run(data: Path | None) -> Figures:
    """Every quick peer's figures and ratios; a reason where one is skipped."""
    return run_peers(PEERS)


def run_peers(names: Sequence[str]) -> Figures:
    """The figures and ratios of these peers, of all quick ones without a name. Raises BadInput for a name that is none."""
    figures: Figures = {}
    for name in names or PEERS:
        if name not in (*PEERS, *SLOW):
            raise BadInput(f"bench.peers: got {name!r}, allowed are {', '.join((*PEERS, *SLOW))}")
        try:
            measured = import_module(f"bench.peers.{name}").run()
        except (Skipped, ImportError) as reason:
            figures[f"{name}_skipped"] = str(reason)
            continue
        figures |= {f"{name}_{key}": value for key, value in measured.items()} | ratios(name, measured)
    return figures


def ratios(name: str, measured: Figures) -> Figures:
    """Ours over theirs, of every pair of figures."""
    found: Figures = {}
    for key, ours in measured.items():
        theirs = measured.get(key.removesuffix("_amity") + "_peer") if key.endswith("_amity") else None
        if isinstance(ours, float | int) and isinstance(theirs, float | int) and theirs:
            found[f"{name}_{key.removesuffix('_amity')}_ratio"] = ours / theirs
    return found
