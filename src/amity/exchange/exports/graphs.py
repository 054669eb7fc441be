"""Ties as graphs: one edge for each pair and sign, its weight never negative, the sign beside it.

Gephi's layouts cannot take negative weights, and colour and dashes must show the sign; so cooperation and conflict are
parallel edges. An edge lives from its first act to its last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, BinaryIO

from amity.exchange.exports.extract import NOT_TOLD, Extract, codes_of, day_of, last_day_of, side_of
from amity.records import Claim, Tie

GREEN, RED = {"r": 27, "g": 120, "b": 55, "a": 1.0}, {"r": 178, "g": 24, "b": 43, "a": 1.0}
# Ids of claims named on an edge; all stand in the ledger.
NAMED = 5


@dataclass(slots=True)
class Edge:
    """What claims say of a pair in one sign: acts with their scores, standings, first and last day, the first claims."""

    acts: int = 0
    weight: float = 0.0
    first: str = ""
    last: str = ""
    types: dict[str, int] = field(default_factory=dict)
    roots: set[str] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)


def sign_of(claim: Claim) -> int:
    """1 for cooperation or standing with, -1 for conflict or standing against, 0 for neither."""
    if claim.kind == "standing":
        return {"ALLIED": 1, "PATRON": 1, "MEMBER": 1, "COURTING": 1, "HOSTILE": -1, "STRAINED": -1}.get(claim.type, 0)
    return 0 if claim.quad is None else 1 if claim.quad <= 2 else -1


def gather_edges(extract: Extract) -> tuple[dict[tuple[str, str, int], Edge], dict[str, str]]:
    """Claims -> edges by pair (in order of ids) and sign, and the names of the parties; denials and what-ifs do not count."""
    edges: dict[tuple[str, str, int], Edge] = {}
    names: dict[str, str] = {}
    for claim in extract.claims():
        sign = sign_of(claim)
        if not sign or claim.recipient is None or claim.status in NOT_TOLD:
            continue
        (a, a_name), (b, b_name) = side_of(claim.actor), side_of(claim.recipient)
        if a == b:
            continue
        names |= {a: a_name, b: b_name}
        edge = edges.setdefault((min(a, b), max(a, b), sign), Edge())
        edge.acts += 1
        edge.weight += claim.confidence * (abs(claim.score) / 10.0 if claim.score else 0.5)
        edge.types[claim.type] = edge.types.get(claim.type, 0) + 1
        if root := codes_of(claim)["cameo_root"]:
            edge.roots.add(root)
        for day in (day_of(claim), last_day_of(claim)):
            if day:
                edge.first = min(edge.first or day, day)
                edge.last = max(edge.last, day)
        if len(edge.claims) < NAMED:
            edge.claims.append(claim.id)
    return edges, names


def build_graph(extract: Extract, dynamic: bool) -> Any:
    """An extract -> a networkx multigraph of its sides; `dynamic` adds days of life and colours."""
    import networkx as nx

    edges, names = gather_edges(extract)
    ties = {(t.a, t.b): t for t in extract.ties}
    graph = nx.MultiGraph()
    for party, name in sorted(names.items()):
        graph.add_node(party, label=name, kind=party.split(":")[0])
    for (a, b, sign), edge in sorted(edges.items()):
        values = edge_values(edge, sign) | tie_values(ties.get((a, b)))
        if dynamic:
            values |= {"viz": {"color": GREEN if sign > 0 else RED, "shape": "solid" if sign > 0 else "dashed"}}
            values |= {"start": edge.first, "end": edge.last} if edge.first else {}
        graph.add_edge(a, b, key=f"{a}|{b}|{'+' if sign > 0 else '-'}", **values)
    return graph


def edge_values(edge: Edge, sign: int) -> dict[str, Any]:
    """What an edge carries of its acts."""
    return {
        "weight": round(edge.weight, 6),
        "sign": sign,
        "acts": edge.acts,
        "plover": "; ".join(f"{t} {n}" for t, n in sorted(edge.types.items(), key=lambda p: (-p[1], p[0]))),
        "cameo_roots": ";".join(sorted(edge.roots)),
        "first_day": edge.first,
        "last_day": edge.last,
        "claims": ";".join(edge.claims),
    }


def tie_values(tie: Tie | None) -> dict[str, Any]:
    """What an edge carries of the tie of its pair, the same on both signs."""
    if tie is None:
        return {}
    values = {"warmth": tie.warmth, "warmth_low": tie.low, "warmth_high": tie.high, "alignment": tie.alignment}
    return {k: round(v, 4) for k, v in values.items() if v is not None} | {"standings": ";".join(tie.standings)}


def write_gexf(extract: Extract, out: BinaryIO) -> int:
    """GEXF 1.2, dynamic: edges live from their first day to their last."""
    import networkx as nx

    graph = build_graph(extract, dynamic=True)
    nx.write_gexf(graph, out, version="1.2draft")
    return int(graph.number_of_edges())


def write_graphml(extract: Extract, out: BinaryIO) -> int:
    """GraphML with weight, sign and days as attributes."""
    import networkx as nx

    graph = build_graph(extract, dynamic=False)
    nx.write_graphml(graph, out)
    return int(graph.number_of_edges())
