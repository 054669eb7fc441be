"""Document -> sentences with exact places, outside the cuts; one pass, time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from amity.reading.boundaries import find_chances
from amity.reading.lines import Line, read_lines
from amity.reading.vocabulary import load_table
from amity.records import Document, Stretch

# A sentence longer than this is cut at a lesser mark: the reader takes at most so many words at once.
MOST_WORDS = 250
MOST_CHARS = 4000
# A line of at most so many words that does not end in a stop and stands alone is a heading; titles run longer.
HEADING_WORDS = 12
TITLE_WORDS = 30

# Logits of the learnt model: below the first an end found by rule is dropped, above the second one is added, above the third
# even in a line that looks like a heading. Tuned on the development part of English-EWT, as low as news written for print
# (hand-coded articles) lets them be.
KEPT, ADDED, TITLED = -1.0, 0.5, 0.5

STOPS = re.compile(r"[.!?…。！？؟۔]+")
CLOSERS = "\"'”’»)]"
OPENERS = "\"'“‘«([„—–- "
WORD_BEFORE = re.compile(r"[^\s(\"“‘'\[—–/]*$")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
# A credit after a quotation ("— Jo Doe, The Daily") is at most so many characters long.
LONGEST_CREDIT = 80
LESSER = (re.compile(r"[;:]\s"), re.compile(r",\s"), re.compile(r"\s"))
TOKEN = re.compile(r"\S+")


def split_sentences(document: Document) -> list[Stretch]:
    """Document -> its sentences outside the cuts, in order of text, paragraphs numbered from 0.

    `document.text[s.start:s.end] == s.text` for each. Headings are whole lines. Headings and list items
    are paragraphs of their own.
    """
    text = document.text
    spans: list[tuple[int, int]] = []
    headings: list[bool] = []
    for lines in group_paragraphs(kept_lines(document), joined=document.format != "html"):
        spans.append((lines[0].start + lines[0].bullet, lines[-1].end))
        headings.append(is_heading(join_lines(lines), first=len(spans) == 1))
    found: list[Stretch] = []
    for paragraph, ends in enumerate(find_ends(text, spans, headings)):
        heading = headings[paragraph] and len(ends) == 1
        for first, last in trim_spans(text, spans[paragraph][0], ends):
            for a, b in cut_long(text, first, last):
                found.append(Stretch(a, b, text[a:b], paragraph, heading))
    return found


def kept_lines(document: Document) -> list[Line]:
    """The document's lines with the cuts taken out; a line cut in its middle gives two, and a cut parts paragraphs."""
    cuts = sorted(document.cuts, key=lambda c: c.start)
    kept: list[Line] = []
    k = parted = 0
    for line in read_lines(document.text):
        at, gap = line.start, max(line.gap, parted)
        while k < len(cuts) and cuts[k].start < line.end:
            add_part(kept, document.text, (at, min(cuts[k].start, line.end)), gap)
            at, gap = max(at, cuts[k].end), max(gap, 1)
            if cuts[k].end > line.end:
                break  # it reaches into the next line
            k += 1
        added = add_part(kept, document.text, (at, line.end), gap)
        # What is cut at the end of a line parts it from the next.
        parted = int((parted or at > line.start) and not added)
    return kept


def add_part(kept: list[Line], text: str, span: tuple[int, int], gap: int) -> bool:
    """Add what a span holds beside space, if there is a letter or digit in it; says whether it did."""
    start, end = span
    part = text[start : max(start, end)]
    body = part.strip()
    worth = any(c.isalnum() for c in body)
    if worth:
        start += len(part) - len(part.lstrip())
        kept.append(Line(start, start + len(body), body, gap))
    return worth


def join_lines(lines: list[Line]) -> Line:
    """Lines of one paragraph -> one; long paragraphs give their first line, as they are no headings anyway."""
    if len(lines) == 1 or len(lines) > 4:
        return lines[0] if len(lines) == 1 else Line(lines[0].start, lines[-1].end, lines[0].text + ".", lines[0].gap)
    return Line(lines[0].start, lines[-1].end, " ".join(line.text for line in lines), lines[0].gap)


def is_heading(line: Line, first: bool) -> bool:
    """Whether a line that stands alone is a heading: short, no full stop; a question of a few words too.

    >>> is_heading(Line(0, 16, "Where is Russia?", 1), first=False)
    True
    """
    if line.bullet or len(line.text) > 250 or line.text[-1] in ",;:-–—":
        return False
    if line.words > (TITLE_WORDS if first else HEADING_WORDS):
        return False
    return not line.stopped or (line.text.endswith("?") and line.words <= 8)


def group_paragraphs(lines: list[Line], joined: bool) -> Iterator[list[Line]]:
    """Lines -> paragraphs: blocks between blank lines, taken apart unless their lines are wrapped."""
    block: list[Line] = []
    for line in lines:
        if block and line.gap:
            yield from split_block(block, joined)
            block = []
        block.append(line)
    if block:
        yield from split_block(block, joined)


def split_block(block: list[Line], joined: bool) -> Iterator[list[Line]]:
    """Lines without a blank between them -> paragraphs; a line is joined to the one before where the text is wrapped."""
    wrapped = joined and is_wrapped(block)
    part = [block[0]]
    for line in block[1:]:
        runs_on = wrapped or (joined and not part[-1].stopped and line.text[0].islower())
        if runs_on and not line.bullet:
            part.append(line)
        else:
            yield part
            part = [line]
    yield part


def is_wrapped(block: list[Line]) -> bool:
    """Whether the lines of a block are one paragraph broken at a margin.

    Lines of near equal width, the last aside, of which most do not end in a stop and some run on in
    lower case (or in a script that has none). Titles in a list begin in upper case and differ in width.
    """
    if len(block) < 2:
        return False
    widths = [len(line.text) for line in block[:-1]]
    if not 30 <= max(widths) <= 130 or sum(w >= 0.6 * max(widths) for w in widths) < 0.8 * len(widths):
        return False
    open_ended = sum(not line.stopped for line in block[:-1])
    run_on = sum(line.text[0].islower() or (line.text[0].isalpha() and not line.text[0].isupper()) for line in block[1:])
    return open_ended >= 0.5 * len(widths) and run_on >= 0.3 * len(widths)


def find_ends(text: str, spans: list[tuple[int, int]], headings: list[bool]) -> list[list[int]]:
    """Paragraphs' places -> for each the places at which a sentence ends, the last always being the paragraph's end."""
    tokens = [list(TOKEN.finditer(text, a, b)) for a, b in spans]
    stops = [find_stops(text, a, b) for a, b in spans]
    words = [[t.group() for t in row] for row in tokens]
    chances = find_chances([(w, [t.end() in ruled for t in row]) for w, row, ruled in zip(words, tokens, stops, strict=True)])
    out = []
    for k, (_, end) in enumerate(spans):
        places = [t.end() for t in tokens[k]]
        if headings[k]:
            ends = {places[i] for i, chance in chances[k].items() if chance > TITLED and may_end(words[k][i], words[k][i + 1])}
        else:
            # Where the rules part words that no space parts, the model has no say.
            ends = judge_ends(words[k], places, stops[k], chances[k]) | (stops[k] - set(places))
        out.append(sorted(ends | {end}))
    return out


def judge_ends(words: list[str], places: list[int], ruled: set[int], chances: dict[int, float]) -> set[int]:
    """The ends that the rules found after words, less those the network is sure are none, with those it is sure of.

    After a number the rules are believed: they tell the day of a date from the number of a list's item.
    """
    kept = {i for i, at in enumerate(places) if at in ruled and (chances.get(i, KEPT + 1) > KEPT or words[i].rstrip(".").isdigit())}
    added = {i for i, chance in chances.items() if chance > ADDED and may_end(words[i], words[i + 1])}
    return {places[i] for i in kept | added}


def may_end(word: str, following: str) -> bool:
    """Whether the network is asked where the rules see no end.

    Not before a quotation after a comma or a colon, at a comma after the first word of a quotation, nor after words left
    out; and where a capital follows a full stop the rules have seen a shortened word, of which they know more.

    >>> may_end("Gen.", "Dunford"), may_end("hours.", "they"), may_end("Thanks", "John"), may_end("said,", "“We"), may_end("“Today,", "I")
    (False, True, True, False, False)
    """
    if word[-1] == "." and word[-2:-1].isalnum():
        return following[0].islower()
    if word[-1] == "," and word[0] in OPENERS:
        return False
    return bool(word.strip(".…")) and not (word[-1] in ",:" and following[0] in OPENERS)


def find_stops(text: str, start: int, end: int) -> set[int]:
    """Places in [start, end] at which a sentence ends by the rules."""
    ends: set[int] = set()
    last = start
    for stop in STOPS.finditer(text, start, end):
        after = stop.end()
        while after < end and text[after] in CLOSERS and not opens_next(text, after, end):
            after += 1
        if after > last and ends_here(text, last, stop, min(after, end), end):
            ends.add(after)
            last = after
    return ends


def opens_next(text: str, at: int, end: int) -> bool:
    """Whether a straight quotation mark opens what follows: a space before it and none after it."""
    return text[at] in "\"'" and text[at - 1].isspace() and at + 1 < end and not text[at + 1].isspace()


def ends_here(text: str, last: int, stop: re.Match[str], after: int, end: int) -> bool:
    """Whether the sentence that began at `last` ends at this stop; `after` is past its closing marks."""
    if after >= end:
        return True
    if stop.group()[0] in "。！？":
        return True
    if not text[after].isspace():
        return lacks_space(text, stop, after, end)
    at = after
    while at < end and (text[at].isspace() or text[at] in OPENERS):
        at += 1
    if at >= end:
        return True
    if text[at].islower():
        return False
    if stop.group() in ("...", "…") and text[stop.start() - 1].isspace():
        return False  # words left out, not an end
    if end - at <= LONGEST_CREDIT and text[at - 2 : at - 1] in ("—", "–", "-") and not STOPS.search(text, at, end - 1):
        return False  # a quotation signed by its speaker
    if stop.group() == ".":
        return not is_abbreviation(text, last, stop.start(), (after, at, end))
    return not is_tagged(text, at, end) if after > stop.end() else True


def lacks_space(text: str, stop: re.Match[str], after: int, end: int) -> bool:
    """Whether a sentence ends although no space follows: `allies.Syria's`, `why?because`, not `U.S.-led` or `example.org`."""
    before = text[stop.start() - 1 : stop.start()]
    at = after
    if at < end and text[at] in '“‘"':
        at += 1
    follows = text[at : at + 2]
    word = WORD_BEFORE.search(text[max(0, stop.start() - 40) : stop.start()])
    rest = TOKEN.match(text, after, min(end, after + 40))
    if word is None or rest is None or set("@/=&") & {*word.group(), *rest.group()} or "www" in word.group():
        return False
    if not set(stop.group()) - set("?!"):
        return before.islower() and len(follows) == 2 and follows.isalpha()
    if not (len(follows) == 2 and follows[0].isupper() and (follows[1].islower() or follows[1] == " ")):
        return False
    return before.islower() and len(word.group()) > 1


def is_abbreviation(text: str, last: int, at: int, follow: tuple[int, int, int]) -> bool:
    """Whether the full stop at `at` belongs to a shortened word and the sentence goes on."""
    after, begin, end = follow
    word = WORD_BEFORE.search(text[max(last, at - 40) : at])
    if word is None or after > at + 1:
        # A closing mark stands after the stop: it ends the quotation, and with it the sentence.
        return False
    plain = word.group().casefold().rsplit("-", 1)[-1]
    never, before_digit, maybe, starters = word_lists()
    if (plain in never and word.group()[-len(plain) :][:1].isupper()) or plain in ("vs", "v"):
        return True
    if plain in before_digit and text[begin].isdigit():
        return True
    if plain.isdigit() and at - len(plain) <= last + 1:
        return True
    following = TOKEN.match(text, begin, min(end, begin + 40))
    starts = following is not None and following.group().strip(",.:;’'").casefold() in starters
    if len(plain) == 1 and plain.isalpha() and word.group().isupper():
        return not (starts and plain != "i" and len(following.group().rstrip(".")) > 1) if following else True
    if ("." in plain and INITIALS.match(plain)) or plain in maybe:
        return not (starts or text[begin - 1] in '“"‘')
    return False


def is_tagged(text: str, at: int, end: int) -> bool:
    """Whether a quotation that ends in ? or ! is followed by its speaker: `?” Mr Gerges said`."""
    for token in TOKEN.findall(text[at : min(end, at + 60)])[:4]:
        plain = token.strip(",.;:")
        if plain in speech_verbs():
            return True
        if not plain[:1].isupper():
            return False
    return False


@cache
def word_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Shortened words that never end a sentence, do not before a number, may end one; words that begin one."""
    table = load_table()
    short = table["abbreviations"]
    return tuple(frozenset(str(w) for w in part) for part in (short["never"], short["before_digit"], short["maybe"], table["starters"]))  # type: ignore[return-value]  # four parts in, four out


@cache
def speech_verbs() -> frozenset[str]:
    """Verbs that stand after a quotation."""
    return frozenset(load_table()["speech_verbs"])


def trim_spans(text: str, start: int, ends: list[int]) -> Iterator[tuple[int, int]]:
    """Ends -> spans without the space round them; a single mark that stands alone is left out, `:-)` is not."""
    for end in ends:
        part = text[start:end]
        body = part.strip()
        if len(body) > 1 or body.isalnum():
            first = start + len(part) - len(part.lstrip())
            yield first, first + len(body)
        start = end


def cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span -> itself, or pieces of at most MOST_WORDS words and MOST_CHARS characters."""
    while end - start > 2 * MOST_WORDS:
        window = text[start : min(end, start + MOST_CHARS)]
        words = [m.end() for _, m in zip(range(MOST_WORDS + 1), TOKEN.finditer(window), strict=False)]
        if len(words) <= MOST_WORDS and end - start <= MOST_CHARS:
            break
        limit = words[MOST_WORDS - 1] + 1 if len(words) > MOST_WORDS else len(window)
        cut = start + best_cut(window[:limit])
        yield from trim_spans(text, start, [cut])
        start = cut
    yield from trim_spans(text, start, [end])


def best_cut(window: str) -> int:
    """Where to cut a window: after the last semicolon or colon of its second half, else comma, else space, else its end."""
    for mark in LESSER:
        ends = [m.end() for m in mark.finditer(window, len(window) // 2)]
        if ends:
            return ends[-1]
    return len(window)
