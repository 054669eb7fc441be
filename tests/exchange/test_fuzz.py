"""Damaged files of every dialect: no crash, no hang, and no line lost: each is an event, known bad, or blank."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest

from amity.actors import load_actors
from amity.errors import BadInput
from amity.exchange import DIALECTS, Given, Namer, code_file, find_files, make_dialect

# Files of each kind; `python -m bench exchange` does 2,000.
FILES = 60
STRAYS = (b'"', b"\x00", b"\t", b",", b"\xff\xfe", b"{", b"}", b"[", b"\\", b"\xe2\x80\xa8", b"\x85")


def damage(data: bytes, rnd: random.Random) -> bytes:
    """A file's bytes with one to four of: bytes overwritten, cut, doubled, shuffled, quotes, NULs, line ends changed."""
    for _ in range(rnd.randint(1, 4)):
        at = rnd.randrange(len(data) + 1)
        way = rnd.randrange(9)
        piece = data[at : at + rnd.randint(1, 60)]
        if way == 0:
            data = data[:at] + bytes(rnd.randrange(256) for _ in range(rnd.randint(1, 20))) + data[at + 5 :]
        elif way == 1:
            data = data[:at] + data[at + rnd.randint(1, 80) :]
        elif way == 2:
            data = data[:at] + piece * rnd.randint(2, 5) + data[at:]
        elif way == 3:
            data = (
                data[:at]
                + rnd.choice([b'"', b"\x00", b"\t", b",", b"\xff\xfe", b"{", b"}", b"[", b"\\", b"\xe2\x80\xa8", b"\x85"])
                + data[at:]
            )
        elif way == 4:
            data = data.replace(b"\n", rnd.choice([b"\r\n", b"\r", b"\n\n", b"\x0b"]))
        elif way == 5:
            data = data[:at]
        elif way == 6:
            lines = data.split(b"\n")
            rnd.shuffle(lines)
            data = b"\n".join(lines)
        elif way == 7:
            data = data.replace(b"2024", rnd.choice([b"0000", b"99999", b"20x4", b"-204", b"\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa4"]))
        else:
            data = data[:at] + b"9" * rnd.choice([20, 400, 5000]) + data[at:]
    return data


def code_damaged(kind: str, paths: list[Path], names: Namer) -> tuple[int, int, int]:
    """Files of a kind -> lines, events and bad lines; checks that every event quotes its row and no line counts twice."""
    mapping = paths[0].parent / "mine.yaml"
    files = find_files(paths)
    events = bad = lines = 0
    try:
        dialect = make_dialect(kind, Given(names, files, mapping))
        for step in code_file(files[0], dialect, kind, "fuzz", lambda *_: False):
            assert step.block is not None or step.broken
            lines += step.lines
            if step.block:
                text = step.block.document.text
                taken = [r.line for r in step.block.rows] + [b.line for b in step.block.bad]
                assert all(text[r.start : r.end].strip() for r in step.block.rows)
                assert len({r.line for r in step.block.rows}) == len(step.block.rows)
                assert all(1 <= line <= lines for line in taken)
                for row in step.block.rows:
                    assert row.actor_start < 0 or text[row.actor_start :].startswith(row.actor.words)
                events, bad = events + len(step.block.rows), bad + len(step.block.bad)
    except BadInput as refused:
        assert len(str(refused)) > 20  # a head without its columns: the whole file is refused in a sentence
    return lines, events, bad


@pytest.mark.parametrize("kind", sorted(DIALECTS))
def test_damaged_files_neither_crash_nor_hang(kind: str, samples: Any, tmp_path: Path) -> None:
    """Sixty damaged files of each kind, each in well under a second, every line accounted for."""
    rnd, names = random.Random(f"{kind} 5"), Namer(load_actors())
    path = samples[kind][0]
    whole = path.read_bytes()
    for _ in range(FILES):
        data = damage(whole, rnd)
        path.write_bytes(data)
        start = time.process_time()
        lines, events, bad = code_damaged(kind, samples[kind], names)
        assert time.process_time() - start < 5.0
        assert events + bad <= max(lines, 1) + 1


def test_bad_lines_are_told_by_their_number(samples: Any, ledger: Any, bring_in: Any) -> None:
    """A thousand good rows with ten bad ones among them: the ten are named, by number, in the ledger too."""
    path = samples["icews"][0]
    head, good = path.read_text(encoding="utf-8").splitlines()[:2]
    lines = [head, *([good] * 1200)]
    wanted = list(range(50, 1200, 120))
    for number in wanted:
        lines[number - 1] = "torn\trow"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    state = bring_in("icews", [path])
    assert (state.events, state.skipped) == (1200 - len(wanted), len(wanted))
    with ledger.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT place FROM v_skipped ORDER BY place").all()
    assert [r[0] for r in rows] == wanted


@pytest.mark.parametrize("name", ["a.csv.gz", "a.export.CSV.zip"])
def test_broken_archives_are_told(name: str, tmp_path: Path, samples: Any, ledger: Any, bring_in: Any) -> None:
    """An archive that breaks off is a sentence, not a trace; what came before the break is kept."""
    import gzip
    import zipfile

    path = tmp_path / name
    row = samples["gdelt"][0].read_bytes().splitlines()[0] + b"\n"
    rows = b"".join(row.replace(b"1\t", str(n).encode() + b"\t", 1) for n in range(9000))
    if name.endswith("gz"):
        path.write_bytes(gzip.compress(rows)[:-2000])
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.export.CSV", rows)
        path.write_bytes(path.read_bytes()[:-40])
    try:
        state = bring_in("gdelt", [path])
        assert state.unread and ledger.verify().holds
    except BadInput as refused:
        assert "damaged zip" in str(refused)
