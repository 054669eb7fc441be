"""Sentences of one document -> mentions of parties, in order of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from amity.actors.again import is_land_itself
from amity.actors.memory import Memory
from amity.actors.names import name_key
from amity.actors.nominals import Nominals
from amity.actors.options import Links, load_links
from amity.actors.parties import Parties
from amity.actors.persons import Persons
from amity.actors.place import is_place
from amity.actors.pronouns import READ, Pronouns
from amity.actors.sheet import Sheet
from amity.actors.speech import find_speech
from amity.actors.spots import Spot, find_spots
from amity.actors.table import ActorTable
from amity.records import Actor, Mention, Sentence

_SMALL, _NOUNS = frozenset({"PRON", "DET", "SCONJ"}), frozenset({"NOUN", "PROPN", "ADJ"})
# As many namings as a dateline is worth; two or more: alone it is enough. Set on the articles of bench regions.
DATELINE = 2


def resolve_mentions(
    sentences: Sequence[Sentence], table: ActorTable, published: str | None, links: Links | None = None
) -> list[list[Mention]]:
    """Sentences of one document -> for each, the mentions of parties in order of text.

    `published` is EDTF text or None; a year or month alone counts as its middle. Mentions do not overlap. `links` choose whom
    `it` stands for, the shipped ones unless given.
    """
    day = middle_day(published)
    hinted: set[int] = set()
    first = [find_spots(s, table, day, frozenset(), hinted) for s in sentences]
    homes = frozenset(h for spots in first for s in spots for h in _homes(s, table))
    memory = Memory(table, day, links or load_links(), homes, find_scene(sentences, first, table), speech=find_speech(sentences))
    memory.ahead = lambda sentence, word: name_ahead(sentences[sentence], first[sentence], word, memory)
    # Where a form counts only with its home named, names are looked for again now that all homes are known.
    spots = (find_spots(s, table, day, homes) if id(s) in hinted else found for s, found in zip(sentences, first, strict=True))
    return [_read_sentence(s, found, memory) for s, found in zip(sentences, spots, strict=True)]


def name_ahead(sentence: Sentence, spots: list[Spot], word: int, memory: Memory) -> Actor | None:
    """Who a word of a sentence not yet read names: one whom the document named before, else by the table; else nobody."""
    spot = next((s for s in spots if s.first <= word < s.last or s.head == word), None)
    if spot is None:
        return None
    before = memory.surnames.get(name_key(sentence.words_text(spot.first, spot.last)))
    return before or (memory.table.actor(spot.entry, memory.day) if spot.entry else None)


def middle_day(published: str | None) -> str | None:
    """EDTF text -> one ISO day to look offices up by, or None where the text begins with no year.

    >>> middle_day("2024-09"), middle_day("2018"), middle_day("2018-06-04T10:00Z"), middle_day(None)
    ('2024-09-15', '2018-07-01', '2018-06-04', None)
    """
    text = (published or "").strip().rstrip("~?%")
    if len(text) < 4 or not text[:4].isdigit():
        return None
    if len(text) >= 10 and text[4] == text[7] == "-" and text[8:10].isdigit():
        return text[:10]
    if len(text) >= 7 and text[4] == "-" and text[5:7].isdigit():
        return f"{text[:7]}-15"
    return f"{text[:4]}-07-01"


def _homes(spot: Spot, table: ActorTable) -> tuple[str, ...]:
    if spot.entry is None:
        return ()
    home = table.home(spot.entry.id)
    return (spot.entry.side, f"state:{home}") if home else (spot.entry.side,)


def _read_sentence(sentence: Sentence, spots: list[Spot], memory: Memory) -> list[Mention]:
    """Persons first, since titles before them are theirs; then other names; then nouns and pronouns from left to right.

    Pronouns are gone through once more at the end, for speakers who are named only after their words.
    """
    sheet = Sheet(sentence, spots, memory)
    persons = Persons(sheet)
    parties = Parties(sheet)
    for spot in spots:
        if spot.person and not parties.only_backs(spot):
            persons.read(spot)
    parties.run()
    pronouns = Pronouns(sheet, memory)
    persons.settle(pronouns.resolve)
    nominals = Nominals(sheet, memory, pronouns.resolve)
    small = [w for w in sentence.words if w.upos in _SMALL and w.text.lower() in READ]
    telling = memory.table.telling
    at = {w.index for w in small}
    for word in sentence.words:
        if word.upos in _NOUNS:
            if word.text.lower() in telling or word.lemma.lower() in telling:
                nominals.read(word)
        elif word.index in at:
            pronouns.read(word)
    for word in small:
        pronouns.read(word)
    memory.lands += [(memory.clock, sheet.side_of(s)) for s in spots if is_land_itself(sentence, s)]
    memory.keep(sheet.found, sentence, sheet.joint)
    return sorted((f.mention for f in sheet.found), key=lambda m: m.first)


def find_scene(sentences: Sequence[Sentence], spots: Sequence[list[Spot]], table: ActorTable) -> str:
    """The state that a document names most often as the place of things, at least twice and more than any other; else nothing.

    The town in capitals that a report is dated from counts as often as `DATELINE` says.
    """
    counts = Counter(
        spot.entry.id
        for sentence, found in zip(sentences, spots, strict=True)
        for spot in found
        if spot.entry and spot.kind in ("name", "capital") and spot.entry.id.startswith("state:") and is_place(sentence, spot.head, table)
    )
    dated = _dateline(sentences, spots)
    counts.update({dated: DATELINE} if dated else {})
    first = counts.most_common(2)
    if not first or first[0][1] < 2 or (len(first) > 1 and first[1][1] == first[0][1]):
        return dated
    return first[0][0]


def _dateline(sentences: Sequence[Sentence], spots: Sequence[list[Spot]]) -> str:
    """The state of the town in capitals that the first lines of a report begin with; else nothing."""
    for sentence, found in zip(sentences[:3], spots, strict=False):
        first = found[0] if found and found[0].first == 0 else None
        if first is None or first.entry is None or first.kind not in ("name", "capital", "city") or len(sentence.words[0].text) < 3:
            continue
        if sentence.words_text(0, first.last).isupper() and first.last < len(sentence.words):
            return first.entry.home if first.entry.home.startswith("state:") else ""
    return ""
