"""Believable pictures for the tests of what is shown: one to look at, one as large as a report must bear."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from datetime import date, timedelta
from math import exp, sin
from pathlib import Path
from typing import Any

import pytest
import yaml

from amity.ledger import open_ledger
from amity.records import Change, Claim, Cut, Document, Party, Source, Tie, TiePoint, Unread, When
from amity.show import Picture
from amity.show.picture import day_bounds

SCORES = {
    "AGREE": 4, "CONSULT": 1.5, "SUPPORT": 3.5, "CONCEDE": 5, "COOPERATE": 6, "AID": 7.5, "RETREAT": 5, "REQUEST": -1,
    "ACCUSE": -2.5, "REJECT": -4, "THREATEN": -5, "PROTEST": -6, "SANCTION": -6.5, "MOBILIZE": -7, "COERCE": -7.5, "ASSAULT": -9.5,
}  # fmt: skip
TYPES = list(SCORES)


def quad_of(type: str) -> int | None:
    """The quad of a type by the grouping of the codebook; None for a standing."""
    if type not in SCORES:
        return None
    return 1 + [type in TYPES[a:b] for a, b in ((0, 4), (4, 7), (7, 11), (11, 16))].index(True)


def make_when(text: str) -> When | None:
    """EDTF of the table -> a time."""
    if text == "-":
        return None
    first, last = (day_bounds(part) for part in (text.split("/") * 2)[:2])
    assert first and last
    return When(text, first[0], last[1], "on Friday" if len(text) == 10 else "last month")


def make_party(words: str, line: str, at: int, table: dict[str, list[str]], last: bool = False) -> Party:
    """Words of a line -> the party, with its place in the document."""
    id, name, side_id, side = table[words]
    start = at + (line.rfind(words) if last else line.find(words))
    return Party(id, name, side, side_id, False, words, start, start + len(words))


def make_claim(row: str, line: str, at: int, document: Document, table: dict[str, list[str]]) -> Claim:
    """One claim of the table -> the record, its quote the line."""
    actor, type, recipient, status, day, *more = (part.strip() for part in row.split("|"))
    chain, over = more[0], (more[1] if len(more) > 1 else None)
    sources = tuple(Source(s.rstrip("*"), "anonymous" if s.endswith("*") else "official", s.endswith("*")) for s in chain.split(" > ") if s)
    return Claim(
        document=document.name, document_id=document.id, start=at, end=at + len(line), quote=line,
        kind="event" if type in SCORES else "standing",
        actor=make_party(actor, line, at, table),
        recipient=None if recipient == "-" else make_party(recipient, line, at, table, last=actor == recipient),
        type=type, mode="aerial" if type == "ASSAULT" else None, quad=quad_of(type), contexts=("military",) if type == "ASSAULT" else (),
        score=SCORES.get(type), status=status, sources=sources, date=make_when(day), place=None,
        confidence=0.55 + 0.4 * ((at * 37) % 100) / 100, why=(f"predicate “{type.lower()}”", "path nsubj > root < obj", "rule verb-frame"),
        over=over, published=document.published, maker="test",
    )  # fmt: skip


def make_document(row: dict[str, Any]) -> tuple[Document, list[tuple[str, int, list[str]]]]:
    """A document of the table -> the record, and its lines with their places and claims."""
    lines, cuts, at = [], [], 0
    for text, *claims in row["lines"]:
        if claims and claims[0].startswith("cut "):
            cuts.append(Cut(at, at + len(text), claims[0][4:]))
        else:
            lines.append((text, at, claims))
        at += len(text) + 2
    document = Document(
        name=row["name"], text="\n\n".join(line[0] for line in row["lines"]), format="text", url=row.get("url", ""), title=row["title"],
        outlet=row["outlet"], published=str(row["published"]), published_basis=row["basis"], cuts=tuple(cuts),
        warnings=tuple(row.get("warnings", ())),
    )  # fmt: skip
    return document, lines


def make_tie(pair: tuple[str, str], names: dict[str, str], claims: list[Claim], as_of: str) -> Tie:
    """Claims of a pair -> a tie whose series follows them, in the shape that ties have."""
    dated = sorted((c for c in claims if c.date and c.quad and c.score), key=lambda c: c.date.earliest if c.date else "")
    series, mean = [], 0.5
    for i, claim in enumerate(dated):
        mean = 0.55 * mean + 0.45 * (1 if (claim.score or 0) > 0 else 0)
        spread = 0.42 * exp(-i / 5)
        assert claim.date
        series.append(TiePoint(claim.date.earliest, mean, max(0.01, mean - spread), min(0.99, mean + spread)))
    spread = 0.46 * exp(-len(dated) / 5)
    low, high = max(0.01, mean - spread), min(0.99, mean + spread)
    series.append(TiePoint(as_of, mean, low, high))
    sides = {tone: [c.score or 0 for c in dated if c.quad in quads] for tone, quads in (("verbal", (1, 3)), ("material", (2, 4)))}
    told = {k: (sum(1 if s > 0 else -1 for s in v) / len(v) if v else None) for k, v in sides.items()}
    standings = tuple(sorted({c.type for c in claims if c.kind == "standing"}))
    aligned = 0.8 if "ALLIED" in standings else -0.7 if "HOSTILE" in standings else None
    warm = [2 * v - 1 for v in (mean, low, high)]
    return Tie(
        pair[0], pair[1], names[pair[0]], names[pair[1]], as_of, *warm, told["verbal"], told["material"], aligned,
        len(dated), standings, tuple(series), tuple(c.id for c in claims),
    )  # fmt: skip


def tie_up(claims: list[Claim], as_of: str) -> tuple[list[Tie], dict[tuple[str, str], list[Claim]]]:
    """Claims -> ties of sides."""
    held: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    names = {p.side_id: p.side for c in claims for p in (c.actor, c.recipient) if p}
    for claim in claims:
        if claim.recipient and claim.recipient.side_id != claim.actor.side_id:
            a, b = sorted((claim.actor.side_id, claim.recipient.side_id))
            held[a, b].append(claim)
    return [make_tie(pair, names, rows, as_of) for pair, rows in sorted(held.items())], held


def build_picture() -> Picture:
    """The invented reports as a picture."""
    table = yaml.safe_load((Path(__file__).parent / "reports.yaml").read_text("utf-8"))
    documents, claims = [], []
    for row in table["documents"]:
        document, lines = make_document(row)
        documents.append(document)
        claims += [make_claim(c, line, at, document, table["parties"]) for line, at, rows in lines for c in rows]
    ties, held = tie_up(claims, "2025-04-10")
    changes = [
        make_change(ties, held, ("state:DZA", "state:MLI"), "2025-04-01", (0.31, -0.62)),
        make_change(ties, held, ("group:hezbollah", "state:SYR"), "2024-08-01", (0.22, -0.34)),
        make_change(ties, held, ("state:MLI", "state:NER"), "2023-09-16", (0.12, 0.66)),
        make_change(ties, held, ("state:IRN", "state:RUS"), "2018-07-01", (0.6, 0.31)),
    ]
    # A report holds a pair often told of, so that a busy strip is looked at too.
    unread = tuple(Unread(*row) for row in table["unread"])
    note = "Measured on invented sentences only."
    return Picture(
        tuple(documents), unread, tuple(claims), tuple(ties), tuple(changes), "2025-04-10", "Two alliances under strain", (note,)
    )


def make_change(ties: list[Tie], held: dict[Any, list[Claim]], pair: tuple[str, str], day: str, turn: tuple[float, float]) -> Change:
    """A pair, a day and warmth before and after -> the change with the claims from that day on."""
    tie = next(t for t in ties if (t.a, t.b) == pair)
    ids = tuple(c.id for c in held[pair] if c.date and c.date.latest >= day)[:5]
    said = all(c.kind == "standing" for c in held[pair] if c.id in ids)
    way, size = 1 if turn[1] > turn[0] else -1, abs(turn[1] - turn[0])
    return Change(*pair, tie.a_name, tie.b_name, day, way, size, *turn, ids, "alignment" if said else "warmth")


def build_large(parties: int = 300, claims: int = 5000, documents: int = 700) -> Picture:
    """As many parties and claims as a report must bear, spread over documents of some 3,000 characters."""
    table = {f"Party {i}": [f"group:p{i}", f"Party {i} of the North", f"group:p{i}", f"Party {i} of the North"] for i in range(parties)}
    made_documents, made = [], []
    per = -(-claims // documents)
    for d in range(documents):
        lines = []
        for k in range(min(per, claims - d * per)):
            n = d * per + k
            a = int(n**1.7) % parties
            b = (a + 1 + n % 17) % parties
            text = f"On the morning of that day envoys of Party {a} and Party {b} were, as witness {n} said, seen near ford {n % 97}."
            day = date(2020, 1, 1) + timedelta(days=int(900 + 800 * sin(n)))
            lines.append([text, f"Party {a} | {TYPES[n % 16]} | Party {b} | reported | {day.isoformat()} | Wire > witness {n % 40}*"])
            lines.append(["The weather stayed dry, the market was open, and nobody at the ford could say more. " * 3])
        row = {
            "name": f"file-{d}.txt",
            "title": f"Report {d}",
            "outlet": f"Paper {d % 31}",
            "published": "2024-01-01",
            "basis": "date line",
        }
        document, placed = make_document(row | {"lines": lines or [["Nothing."]]})
        made_documents.append(document)
        made += [make_claim(c, line, at, document, table) for line, at, rows in placed for c in rows]
    ties, _ = tie_up(made, "2025-01-01")
    return Picture(tuple(made_documents), (), tuple(made), tuple(ties), (), "2025-01-01", "Three hundred parties")


@pytest.fixture(scope="session")
def picture() -> Picture:
    """The picture to look at."""
    return build_picture()


@pytest.fixture(scope="session")
def large() -> Picture:
    """The largest picture."""
    return build_large()


@pytest.fixture(scope="session")
def plain() -> re.Pattern[str]:
    """What no output may hold: control characters but tab and line feed, and lone surrogates."""
    return re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def keep_picture(path: Path, picture: Picture, read_at: str = "2025-04-11T08:00:00+00:00") -> Path:
    """A picture -> a ledger that holds its documents and claims, each read at one time."""
    with open_ledger(path) as ledger:
        for document in picture.documents:
            ledger.add(document, [c for c in picture.claims if c.document_id == document.id], read_at=read_at, maker="test")
        for row in picture.unread:
            ledger.add_unread(row)
    return path


SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


def build_hostile() -> Picture:
    """One article that attacks its reader: tags in title, outlet, name, address, quotation; one endless sentence; two directions."""
    table = {
        "Envoys": ["group:envoys", f"Envoys {SCRIPT}", "group:envoys", "Envoys"],
        "Aland": ["state:ALD", "Aland \u202etxeT {{ 7*7 }}", "state:ALD", "Aland \u202etxeT {{ 7*7 }}"],
    }
    endless = "Envoys of Aland " + "walked and " * 10_000 + "spoke."
    lines = [
        [
            f"Envoys accused Aland of {SCRIPT} \"' and hx-get=/seen hx-trigger=load.",
            "Envoys | ACCUSE | Aland | reported | 2024-05-01 | Paper",
        ],
        ["Envoys اتهموا Aland بالكذب \u202eabc\u2066 والخداع.", "Envoys | THREATEN | Aland | reported | 2024-05-02 | </q>Voice*"],
        [endless, "Envoys | CONSULT | Aland | denied | 2024-05-03 | Paper"],
        [f"question {SCRIPT}", "cut question_spam"],
    ]
    row = {
        "name": f"../../{SCRIPT}.html", "title": f"Title {SCRIPT}", "outlet": f"Outlet {SCRIPT}", "published": "2024-05-04",
        "basis": f"line {SCRIPT}", "url": "javascript:document.title='taken'", "lines": lines, "warnings": [f"Warned {SCRIPT}"],
    }  # fmt: skip
    document, placed = make_document(row)
    made = [make_claim(c, line, at, document, table) for line, at, rows in placed for c in rows]
    ties, _ = tie_up(made, "2024-05-04")
    unread = (Unread(f"bad {SCRIPT}", f"reason {SCRIPT}", f"remedy {SCRIPT}"),)
    return Picture((document,), unread, tuple(made), tuple(ties), (), "2024-05-04", "Hostile")


@pytest.fixture(scope="session")
def hostile() -> Picture:
    """An article that attacks its reader."""
    return build_hostile()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory, picture: Picture, hostile: Picture) -> Path:
    """A ledger of the invented reports and the hostile one, for tests that only read."""
    path = keep_picture(tmp_path_factory.mktemp("desk") / "kept.db", picture)
    return keep_picture(path, hostile)


@pytest.fixture
def mine(kept: Path, tmp_path: Path) -> Path:
    """The same ledger as a copy that a test may write to."""
    with sqlite3.connect(kept) as old, sqlite3.connect(tmp_path / "mine.db") as new:
        old.backup(new)
    return tmp_path / "mine.db"
