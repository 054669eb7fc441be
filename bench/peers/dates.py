"""Time expressions: dateparser's `search_dates` on documents of TempEval-3 training (the first by name), spans and days.

amity's rules were tuned on this set, dateparser was not: the figures are for scale, and kept-back text would show less.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from time import process_time
from typing import Any

from amity.claims.calendar import Span
from amity.language import load_reader
from bench.timex import Found, documents, measure, read_timeml, split_text, tag_sentence

# Documents; the peer takes a second or more for each.
DOCUMENTS = 15


def search(text: str, published: Span | None) -> list[Found]:
    """A text -> what dateparser finds, each at its next place in the text, with its day."""
    from dateparser.search import search_dates

    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
    if published:
        settings["RELATIVE_BASE"] = datetime(published[0].year, published[0].month, published[0].day)
    found, at = [], 0
    for words, when in search_dates(text, languages=["en"], settings=settings) or []:
        place = text.find(words, at)
        if place >= 0:
            found.append(Found(place, place + len(words), words, when.date().isoformat()))
            at = place + len(words)
    return found


def run() -> dict[str, float | int | str]:
    """F1 of spans, strict and relaxed, and of dates' values, and seconds, of both."""
    held = [read_timeml(xml) for xml in islice(documents(None), DOCUMENTS)]
    reader = load_reader()
    start = process_time()
    ours = [(t, g, [f for s in reader.parse("", split_text(t)) for f in tag_sentence(s, day)]) for t, day, g in held]
    middle = process_time()
    theirs = [(t, g, search(t, day)) for t, day, g in held]
    end = process_time()
    figures: dict[str, float | int | str] = {
        "documents": len(held),
        "cpu_s_amity": middle - start,
        "cpu_s_peer": end - middle,
        "peer": "dateparser search_dates",
    }
    for who, rows in (("amity", ours), ("peer", theirs)):
        found = measure(rows)
        figures |= {f"{key}_{who}": found[key] for key in ("strict_f1", "relaxed_f1", "date_value_f1")}
    return figures
