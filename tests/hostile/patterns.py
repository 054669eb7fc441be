"""Every regular expression that the package compiles, and texts made to trap each: `python patterns.py` prints them as JSON."""

from __future__ import annotations

import json
import pkgutil
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

# Code points of an attack: enough that a pattern which takes the square of it is told from one that does not.
LENGTH = 20_000
# An end that no pattern expects, so that what was matched must be given back.
END = "\x00"


Key = tuple[str, int]


def collect_patterns() -> dict[Key, tuple[str, str]]:
    """(pattern, flags) -> the module that compiles it and the function of `re` it is given to; modules are imported, a little is read."""
    found: dict[Key, tuple[str, str]] = {}
    compile = re._compile  # type: ignore[attr-defined]  # the one door that all functions of `re` go through

    def watch(pattern: Any, flags: Any) -> Any:
        frame: Any = sys._getframe(1)
        how = ""
        while frame and frame.f_globals.get("__name__", "") == "re":
            how, frame = frame.f_code.co_name, frame.f_back
        name = frame.f_globals.get("__name__", "") if frame else ""
        done = compile(pattern, flags)
        if name.startswith("amity"):
            told = done.pattern if isinstance(done.pattern, str) else done.pattern.decode("latin-1")
            found.setdefault((told, done.flags & ~re.UNICODE), (name, how))
        return done

    re._compile = watch  # type: ignore[attr-defined]
    import amity

    for module in pkgutil.walk_packages(amity.__path__, "amity."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    read_a_little()
    re._compile = compile  # type: ignore[attr-defined]
    return found


def read_a_little() -> None:
    """Reading, claims, incidents and ties once, so that patterns made from tables are made."""
    from amity.ledger import open_ledger
    from amity.pipeline import Pipeline, draw_picture, read_incidents, read_into

    examples = Path(__file__).parents[2] / "examples"
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "a.db") as ledger:
        files = sorted(p for p in examples.iterdir() if p.suffix in (".txt", ".html", ".jsonl"))[:6]
        list(read_into(ledger, files, Pipeline()))
        draw_picture(ledger)
        read_incidents(ledger)


def find_anchored(found: dict[Key, tuple[str, str]]) -> set[Key]:
    """Of the patterns those that are only ever matched where they stand: each begins at one place, not at every one of a text."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(sys.modules["amity"].__file__ or "").parent.rglob("*.py")))
    anchored = {key for key, (_, how) in found.items() if how in ("match", "fullmatch")}
    for key, (module, how) in found.items():
        if how != "compile":
            continue
        names = [n for n, v in vars(sys.modules[module]).items() if isinstance(v, re.Pattern) and (v.pattern, v.flags & ~re.UNICODE) == key]
        used = {m for n in names for m in re.findall(rf"\b{n}\.(\w+)\(", source)}
        # A pattern that is handed on (`for pattern in (A, B)`) may be used in any way.
        handed = any(re.search(rf"\b{n}\b(?!\.(?:match|fullmatch)\()(?! ?[:=])", source) for n in names)
        if names and used <= {"match", "fullmatch"} and not handed:
            anchored.add(key)
    return anchored


def make_attacks(pattern: str, flags: int, length: int = LENGTH) -> list[str]:
    """A pattern -> texts made of what its repeats repeat, each pumped up alone and after what stands before it."""
    from re import _parser  # type: ignore[attr-defined]

    chance = random.Random(1)
    tree = _parser.parse(pattern, flags & ~re.UNICODE)
    pumps = list(dict.fromkeys(p for _ in range(2) for p in find_pumps(tree, chance) if p))[:24]
    pumps += [a + b for a, b in pairwise(pumps)]
    fronts = ["", sample(tree, chance)[:200]]
    texts = [f"{front}{pump * max(1, length // len(pump))}"[:length] for pump in pumps for front in fronts]
    texts += [c * length for c in " a\n,.\"'(A1-"]
    return [text + END for text in dict.fromkeys(texts)]


def find_pumps(tree: Any, chance: random.Random) -> Iterator[str]:
    """A text that the body of each repeat matches."""
    for kind, value in tree:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if value[1] > 8:
                yield sample(value[2], chance)
            yield from find_pumps(value[2], chance)
        elif name == "SUBPATTERN":
            yield from find_pumps(value[3], chance)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from find_pumps(value[1], chance)
        elif name == "ATOMIC_GROUP":
            yield from find_pumps(value, chance)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from find_pumps(branch, chance)


def sample(tree: Any, chance: random.Random) -> str:
    """Some text that a tree matches, as far as that can be told without looking around."""
    return "".join(sample_node(str(kind), value, chance) for kind, value in tree)


def sample_node(kind: str, value: Any, chance: random.Random) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind == "NOT_LITERAL":
        return "b" if value == ord("a") else "a"
    if kind == "ANY":
        return "a"
    if kind == "IN":
        return sample_set(value, chance)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return "".join(sample(value[2], chance) for _ in range(min(max(value[0], 1), 20)))
    if kind == "SUBPATTERN":
        return sample(value[3], chance)
    if kind == "ATOMIC_GROUP":
        return sample(value, chance)
    if kind == "BRANCH":
        return sample(chance.choice(value[1]), chance)
    if kind == "CATEGORY":
        return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": " ", "CATEGORY_WORD": "a"}.get(str(value), "a")
    return ""


def sample_set(value: Any, chance: random.Random) -> str:
    """One sign of a set of signs."""
    told = [(str(kind), item) for kind, item in value]
    if told[0][0] == "NEGATE":
        taken = {item for kind, item in told if kind == "LITERAL"}
        return next(c for c in "a b1-é" if ord(c) not in taken and not any(k == "RANGE" and i[0] <= ord(c) <= i[1] for k, i in told))
    kind, item = chance.choice(told)
    return chr(item[0]) if kind == "RANGE" else sample_node(kind, item, chance)


if __name__ == "__main__":
    met = collect_patterns()
    matched = find_anchored(met)
    json.dump([[*key, module, key in matched] for key, (module, _) in sorted(met.items())], sys.stdout)
