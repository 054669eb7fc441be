"""Chances of material conflict, ruptures and thaws by pair: out of time, beside base rate, persistence and EWMA.

Pairs with five events or more, heard of in the last year; questions every week or more (at most 400 days), answered
from the days up to them; the first half of time is fitted on, the next quarter calibrates, the last is scored, and no
window reaches over a cut. Persistence is "the same in as many days before", with its own two shares from the past;
the skill is over the better of it and the base rate. Material conflict: at least one act of quad 4 either way.

KEDS Levant: parties by the first three letters, WEIS cues as in `bench.keds`. ICEWS14: all three files, quads by
the kind of CAMEO root that the relation's name states (`QUADS`). Ridge, half-lives and cuts were set beforehand;
nothing was tuned on the scored part. `act`: single types of acts, each way (WEIS cues; kinds of ICEWS relations). Ruptures and
thaws: the changes that ties find; they need years, so Levant only.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time

from amity.outlook.dyads import forecast_dyads
from amity.records import DatedEvent
from amity.ties import find_changes_from_events
from bench import SHARED
from bench.icews import read_facts
from bench.keds import read_weis

# First words of an ICEWS relation -> quad; the first that fits counts, so particular ones come first. Facts of the CAMEO list.
QUADS: tuple[tuple[int, str], ...] = (
    (1, "make|consider|acknowledge|decline|deny|express|consult|discuss|host|meet|mediate|engage in negotiation|engage in diplomatic"),
    (1, "engage in symbolic|praise|defend|rally support|grant diplomatic|apologize|forgive|sign|appeal"),
    (2, "engage in material|engage in judicial|cooperate|share|provide|yield|ease|grant asylum|return|accede|retreat|demobilize"),
    (2, "declare truce|receive|allow"),
    (3, "investigate|demand|criticize|accuse|rally opposition|complain|bring lawsuit|reject|refuse|defy|veto|threaten|give ultimatum"),
)


def quad_of(relation: str) -> int:
    """An ICEWS relation -> quad; what is none of the listed is material conflict (protest, force, sanctions ...)."""
    words = relation.replace("_", " ").lower()
    return next((quad for quad, starts in QUADS if words.startswith(tuple(starts.split("|")))), 4)


def type_of(relation: str) -> str:
    """An ICEWS relation -> its kind: the first words by which `QUADS` knows it, else its own first word."""
    words = relation.replace("_", " ").lower()
    return next((start for _, starts in QUADS for start in starts.split("|") if words.startswith(start)), words.split()[0])


def read_icews(folder: Path) -> list[DatedEvent]:
    """An ICEWS folder -> event rows."""
    facts, _, _ = read_facts(folder)
    quads, types = [quad_of(r) for r in facts.relations], [type_of(r) for r in facts.relations]
    rows = zip(facts.day.tolist(), facts.actor.tolist(), facts.relation.tolist(), facts.recipient.tolist(), strict=True)
    return [DatedEvent(day, f"{a:05d}", f"{b:05d}", quads[r], 0.0, type=types[r]) for day, a, r, b in rows]


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures on Levant and ICEWS14 (or `data`: a KEDS archive or an ICEWS folder)."""
    archive = SHARED / "data/ties/keds/LevantR.zip" if data is None else data if data.suffix == ".zip" else None
    folder = SHARED / "data/outlook/ICEWS14" if data is None else data if data.is_dir() else None
    out: dict[str, float | int | str] = {}
    sources = ([("levant", read_weis(archive))] if archive else []) + ([("icews14", read_icews(folder))] if folder else [])
    for name, events in sources:
        begun = process_time()
        outlook = forecast_dyads(events, find_changes_from_events(events) if name == "levant" else ())
        for s in outlook.skills:
            scores = {"skill": s.skill, "ece": s.error, "brier": s.brier, "base": s.base, "persistence": s.persistence, "ewma": s.ewma}
            out |= {f"{name}_{s.kind}_{s.horizon}_{key}": value for key, value in scores.items()}
            out |= {f"{name}_{s.kind}_{s.horizon}_rows": s.rows, f"{name}_{s.kind}_{s.horizon}_came": s.events}
        out[f"{name}_cpu_seconds"] = process_time() - begun
    return out
