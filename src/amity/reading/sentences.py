"""Document -> sentences with exact places, outside the cuts; one pass, time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from amity.reading.boundaries import end_chance
from amity.reading.lines import Line, read_lines
from amity.reading.vocabulary import load_table
from amity.records import Document, Stretch

# A sentence longer than this is cut at a lesser mark: the reader takes at most so many words at once.
MOST_WORDS = 250
MOST_CHARS = 4000
# A line of at most so many words that does not end in a stop and stands alone is a heading; titles run longer.
HEADING_WORDS = 12
TITLE_WORDS = 30

# Chances of the learnt model: below the first an end found by rule is dropped, above the second one is added. Tuned on the
# development part of English-EWT, as low as news written for print (hand-coded articles) lets them be.
KEPT, ADDED = 0.2, 0.55

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
    found: list[Stretch] = []
    paragraph = -1
    for lines in group_paragraphs(kept_lines(document), joined=document.format != "html"):
        paragraph += 1
        start, end = lines[0].start + lines[0].bullet, lines[-1].end
        heading = is_heading(join_lines(lines), first=not found)
        ends = [end] if heading else find_ends(document.text, start, end)
        for first, last in trim_spans(document.text, start, ends):
            for a, b in cut_long(document.text, first, last):
                found.append(Stretch(a, b, document.text[a:b], paragraph, heading))
    return found


def kept_lines(document: Document) -> list[Line]:
    """The document's lines with the cuts taken out; a line cut in its middle gives two, and a cut parts paragraphs."""
    cuts = sorted(document.cuts, key=lambda c: c.start)
    kept: list[Line] = []
    k = 0
    for line in read_lines(document.text):
        at, gap = line.start, line.gap
        while k < len(cuts) and cuts[k].start < line.end:
            add_part(kept, document.text, (at, min(cuts[k].start, line.end)), gap)
            at, gap = max(at, cuts[k].end), max(gap, 1)
            if cuts[k].end > line.end:
                break  # it reaches into the next line
            k += 1
        add_part(kept, document.text, (at, line.end), gap)
    return kept


def add_part(kept: list[Line], text: str, span: tuple[int, int], gap: int) -> None:
    """Add what a span holds beside space, if there is a letter or digit in it."""
    start, end = span
    part = text[start : max(start, end)]
    body = part.strip()
    if any(c.isalnum() for c in body):
        start += len(part) - len(part.lstrip())
        kept.append(Line(start, start + len(body), body, gap))


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


def find_ends(text: str, start: int, end: int) -> list[int]:
    """Places in [start, end] at which a sentence ends, the last always being `end`."""
    ends = judge_ends(text, start, end, find_stops(text, start, end))
    if not ends or ends[-1] != end:
        ends.append(end)
    return ends


def judge_ends(text: str, start: int, end: int, ruled: set[int]) -> list[int]:
    """The ends that the rules found in [start, end], less those the learnt model is sure are none, with those it is sure of."""
    tokens = list(TOKEN.finditer(text, start, end))
    words = [t.group() for t in tokens]
    ends, since = [], 0
    for i, token in enumerate(tokens):
        since += 1
        at = token.end()
        by_rule = at in ruled
        if not by_rule and (i + 1 == len(words) or not may_end(words[i], words[i + 1])):
            continue
        if by_rule if i + 1 == len(words) else end_chance(words, i, since, by_rule) > (KEPT if by_rule else ADDED):
            ends.append(at)
            since = 0
    # Where the rules part words that no space parts, the model has no say.
    parted = ruled - {t.end() for t in tokens}
    return sorted({*ends, *parted}) if parted else ends


def may_end(word: str, following: str) -> bool:
    """Whether the model is asked where the rules see no end.

    Not between two plain words of which the second is in lower case, nor at a comma, after words left out, or before a
    quotation after a colon; and where a capital follows a full stop the rules have seen a shortened word, of which they
    know more.

    >>> may_end("Gen.", "Dunford"), may_end("hours.", "they"), may_end("Thanks", "John")
    (False, True, True)
    """
    if word[-1] == "." and word[-2:-1].isalnum():
        return following[0].islower()
    if not word.strip(".…") or (word[-1] == ":" and following[0] in OPENERS):
        return False
    return word[-1] != "," and not (following[0].islower() and word[-1].isalnum())


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
    """Whether a sentence ends although no space follows: `allies.Syria's`, not `U.S.-led` or `example.org`."""
    before = text[stop.start() - 1 : stop.start()]
    at = after
    if at < end and text[at] in '“‘"':
        at += 1
    follows = text[at : at + 2]
    if not (len(follows) == 2 and follows[0].isupper() and (follows[1].islower() or follows[1] == " ")):
        return False
    word = WORD_BEFORE.search(text[max(0, stop.start() - 40) : stop.start()])
    return (
        before.islower() and word is not None and len(word.group()) > 1 and not set("@/") & set(word.group()) and "www" not in word.group()
    )


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
    """Ends -> spans without the space round them; spans without a letter or digit are left out."""
    for end in ends:
        part = text[start:end]
        body = part.strip()
        if any(c.isalnum() for c in body):
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
