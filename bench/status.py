"""How claims stand, on the hand-made gold: status, anonymity, presence of a source, date, event by event.

The parties and the type of each gold event are given, and all events of a report together; an event's predicate is
the first word that the codebook lists for the type, nearest to the actor's words, so that this measures the room of
claims alone and not what the coder finds. Events whose predicate no list names are judged at the actor's verb;
`predicate_found` counts the others, `status_accuracy_found` is of them alone.
`--data` names a folder of gold (`*.json`) and its texts (`*.txt`). `python -m bench.status --errors 40` prints errors.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amity.claims.make import make_each
from amity.language import Reader, load_reader
from amity.records import STATUSES, Actor, Claim, CodedEvent, Document, Mention, Sentence, Stretch
from bench import SHARED, need

SAME_TYPE = {"YIELD": "CONCEDE"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold event beside the claim made of it."""

    gold: dict[str, Any]
    claim: Claim
    found: bool


def gold_of(data: Path | None) -> list[tuple[Path, Path]]:
    """Gold files with their texts."""
    folders = [(data, data)] if data else [(need(SHARED / "gold"), need(SHARED / "seeds")), (need(SHARED / "gold" / "dev"),) * 2]
    files = [(p, texts) for gold, texts in folders for p in sorted(gold.glob("*.json")) if not p.name.startswith("standing-")]
    rows = [(p, texts, json.loads(p.read_text(encoding="utf-8"))) for p, texts in files]
    return [(p, texts / row["document"]) for p, texts, row in rows if isinstance(row, dict) and "events" in row]


def read_document(path: Path, gold: dict[str, Any], reader: Reader) -> tuple[Document, list[Sentence]]:
    """Text -> document and sentences; the gold's own sentences stand in, so that offsets agree."""
    from amity.reading import split_sentences

    text = path.read_text(encoding="utf-8")
    document = Document(path.name, text, "text", published=gold["published"])
    spans = {(e["char_start"], e["char_end"]) for e in gold["events"]}
    stretches = [s for s in split_sentences(document) if not any(a < s.end and s.start < b for a, b in spans)]
    for a, b in sorted(spans):
        if not any(x <= a and b <= y and (a, b) != (x, y) for x, y in spans):
            paragraph = text.count("\n", 0, a)
            stretches.append(Stretch(a, b, text[a:b], paragraph))
    # Paragraphs are counted by line, for both kinds of sentence alike.
    lined = [Stretch(s.start, s.end, s.text, text.count("\n", 0, s.start), s.heading) for s in stretches]
    return document, reader.parse(document.id, sorted(lined, key=lambda s: s.start))


def judge(path: Path, gold: dict[str, Any], reader: Reader) -> list[Judged]:
    """Gold events of one document -> claims made of them, all together, since one telling of an act may date another."""
    document, sentences = read_document(path, gold, reader)
    mentions = resolve(document, sentences)
    rows, events, found = [], [], []
    for row in gold["events"]:
        sentence = next((s for s in sentences if s.start <= row["char_start"] and row["char_end"] <= s.end), None)
        if sentence is None:
            continue
        actor, recipient = (mention_of(sentence, row[role], mentions) if row[role] else None for role in ("actor", "recipient"))
        if actor is None:
            continue
        type_ = SAME_TYPE.get(row["event_type"], row["event_type"])
        predicate = predicate_of(sentence, type_, actor)
        act = verb_of(sentence, actor) if predicate is None else predicate
        events.append(CodedEvent(sentence.index, "event", type_, actor, recipient, act))
        rows.append(row)
        found.append(predicate is not None)
    claims = make_each(document, sentences, mentions, events, "bench")
    return [Judged(row, claim, known) for row, claim, known in zip(rows, claims, found, strict=True)]


def resolve(document: Document, sentences: list[Sentence]) -> list[list[Mention]]:
    """Mentions, where the actors' room has them."""
    try:
        from amity.actors import load_actors, resolve_mentions
    except ImportError:
        return [[] for _ in sentences]
    return [list(ms) for ms in resolve_mentions(sentences, load_actors(None), document.published)]


def mention_of(sentence: Sentence, words: str, mentions: list[list[Mention]]) -> Mention:
    """A party's words in the sentence; where it stands in another, whom the report means by them."""
    start = sentence.text.find(words)
    inside = [w for w in sentence.words if start >= 0 and start <= w.start - sentence.start < start + len(words)]
    if not inside:
        last = words.split()[-1] if words.split() else ""
        inside = [w for w in sentence.words if w.text == last][:1]
    if not inside:
        pronoun = next((m for m in mentions[sentence.index] if m.actor and m.actor.name in (words,)), None)
        if pronoun:
            return pronoun
        actor = meant_by(words, mentions) or Actor(f"unknown:{words.lower()}", words, "", "", "", known=False)
        return Mention(sentence.index, 0, 1, -1, words, "implied", actor, "gold")
    first, last_ = inside[0].index, inside[-1].index
    head = next((w.index for w in inside if not first <= w.head <= last_), first)
    known = next((m for m in mentions[sentence.index] if m.head == head), None)
    return known or Mention(sentence.index, first, last_ + 1, head, words, "name", meant_by(words, mentions), "gold")


def meant_by(words: str, mentions: list[list[Mention]]) -> Actor | None:
    """The actor that a report's first mention in these words stands for."""
    return next((m.actor for ms in mentions for m in ms if m.actor and words.removeprefix("the ") in (m.text, m.actor.name)), None)


def predicate_of(sentence: Sentence, type_: str, actor: Mention) -> int | None:
    """The word that the codebook lists for the type, nearest to the actor; the actor's own words are none."""
    from amity.events import load_codebook

    book = load_codebook()
    found = []
    for word in sentence.words:
        if actor.first <= word.index < actor.last and actor.head >= 0:
            continue
        frames = book.noun_frames(word) if word.upos == "NOUN" else book.verb_frames(word) if word.upos in ("VERB", "ADJ") else ()
        below = {sentence.words[k].lemma.lower() for k in sentence.children[word.index]}
        if any(f.type == type_ and (not f.part or f.part in below) for f in frames):
            found.append(word.index)
    return min(found, key=lambda i: abs(i - max(actor.head, 0)), default=None)


def verb_of(sentence: Sentence, actor: Mention) -> int:
    """The verb above the actor's words, else the root; of a verb with a clause for its object, that clause's verb."""
    above = sentence.ancestors(actor.head) if actor.head >= 0 else iter(())
    verb = next((i for i in above if sentence.words[i].upos == "VERB"), sentence.root)
    while below := sentence.kids(verb, "ccomp", "xcomp"):
        verb = below[0]
    return verb


def measure(rows: list[Judged]) -> dict[str, float | int | str]:
    """Judged events -> figures; macro-F1 over the statuses that the gold has."""
    pairs = Counter((j.gold["status"], j.claim.status) for j in rows)
    figures: dict[str, float | int | str] = {"events": len(rows), "predicate_found": sum(j.found for j in rows)}
    figures["status_accuracy"] = sum(n for (g, c), n in pairs.items() if g == c) / len(rows)
    figures["status_accuracy_found"] = sum(j.gold["status"] == j.claim.status for j in rows if j.found) / sum(j.found for j in rows)
    scores = []
    for status in STATUSES:
        right, said = pairs[status, status], sum(n for (_, c), n in pairs.items() if c == status)
        there = sum(n for (g, _), n in pairs.items() if g == status)
        if there:
            scores.append(2 * right / (said + there))
            figures[f"f1_{status}"] = scores[-1]
    figures["status_macro_f1"] = sum(scores) / len(scores)
    figures["all_reported_accuracy"] = sum(n for (g, _), n in pairs.items() if g == "reported") / len(rows)
    figures["anonymity_accuracy"] = sum(anonymous(j.claim) == bool(j.gold["anonymous"]) for j in rows) / len(rows)
    sourced = Counter((bool(j.gold["attributed_to"]), bool(j.claim.sources)) for j in rows)
    figures["sourced_accuracy"] = (sourced[True, True] + sourced[False, False]) / len(rows)
    figures["sourced_precision"] = sourced[True, True] / max(1, sourced[True, True] + sourced[False, True])
    figures["sourced_recall"] = sourced[True, True] / max(1, sourced[True, True] + sourced[True, False])
    named = [j for j in rows if j.gold["attributed_to"] and j.claim.sources]
    figures["source_name_shared"] = sum(shares_name(j) for j in named) / max(1, len(named))
    return figures | measure_dates(rows) | {f"{g} as {c}": n for (g, c), n in pairs.most_common() if g != c}


def anonymous(claim: Claim) -> bool:
    """As the scorer has it: a source or the actor is not named."""
    return claim.actor.anonymous or any(s.anonymous for s in claim.sources)


def shares_name(judged: Judged) -> bool:
    """Whether a source shares a word of more than three letters with the gold's."""
    wanted = {w.lower().strip(".,()") for w in judged.gold["attributed_to"].split() if len(w) > 2} - {"the"}
    return any(wanted & {w.lower().strip(".,()") for w in s.name.split()} for s in judged.claim.sources)


def measure_dates(rows: list[Judged]) -> dict[str, float | int | str]:
    """Dates: equal or containing the gold's, among those the gold dates; and those where the gold has none."""
    dated = [j for j in rows if j.gold["date"]]
    given = [j for j in dated if j.claim.date]
    right = [j for j in given if j.claim.date and _holds(j.claim.date.earliest, j.claim.date.latest, j.gold["date"])]
    surplus = sum(1 for j in rows if not j.gold["date"] and j.claim.date)
    return {"dated_gold": len(dated), "dated_given": len(given), "dated_right": len(right), "dated_where_gold_has_none": surplus}


def _holds(earliest: str, latest: str, gold: str) -> bool:
    return earliest[: len(gold)] <= gold <= latest[: len(gold)]


def collect(data: Path | None) -> list[Judged]:
    """All gold events, judged."""
    reader = load_reader()
    return [j for path, text in gold_of(data) for j in judge(text, json.loads(path.read_text(encoding="utf-8")), reader)]


def run(data: Path | None) -> dict[str, float | int | str]:
    """Measure on the seeds and the development reports, or on `data`."""
    return measure(collect(data))


def main() -> None:
    """Print what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", choices=("status", "source", "anonymous", "date"), default="status")
    parser.add_argument("--data", type=Path)
    args = parser.parse_args()
    rows = collect(args.data)
    for j in rows:
        wrong = {
            "status": j.gold["status"] != j.claim.status,
            "source": bool(j.gold["attributed_to"]) != bool(j.claim.sources),
            "anonymous": anonymous(j.claim) != bool(j.gold["anonymous"]),
            "date": bool(j.gold["date"]) != bool(j.claim.date)
            or bool(j.claim.date and not _holds(j.claim.date.earliest, j.claim.date.latest, j.gold["date"])),
        }
        if wrong[args.errors]:
            g, c = j.gold, j.claim
            print(f"{g['event_type']} {g['actor']} | gold {g['status']} {g['attributed_to']} {g['anonymous']} {g['date']}")
            print(f"   got {c.status} {[(s.name, s.kind) for s in c.sources]} {c.date and c.date.edtf}")
            print(f"   {' | '.join(c.why)}")
            print(f"   {c.quote}")
    for key, value in measure(rows).items():
        print(key, value)


if __name__ == "__main__":
    main()
