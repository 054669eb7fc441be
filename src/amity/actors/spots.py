"""Words -> spots: stretches that the table of actors or the name model takes for a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amity.actors.names import ARTICLES, BREAK, name_key, word_keys
from amity.actors.rows import Entry
from amity.actors.table import ActorTable, Match
from amity.records import Name, Sentence, Word, is_rel

# A form of this many pieces is the longest looked for; no table row is longer.
LONGEST = 12
_JOINING = frozenset({"'s", "’s", "of", "for", "the"})


@dataclass(slots=True)
class Spot:
    """Words [first, last) that name something; `entry` is what the table knows, `label` what the model says."""

    first: int
    last: int
    head: int
    entry: Entry | None
    kind: str
    label: str = ""

    @property
    def person(self) -> bool:
        """Whether a person is named."""
        return self.kind == "person" or (self.entry is None and self.label == "PER")

    @property
    def land(self) -> bool:
        """Whether the name may mean a place as well as a party."""
        return self.kind in ("capital", "seat") or (self.entry is not None and self.kind in ("name", "hint") and is_land(self.entry))


def is_land(entry: Entry) -> bool:
    """Whether an actor's name is a land's name too: a state, or a group that governs one."""
    return entry.id.startswith("state:") or (entry.sector == "government" and entry.id.startswith("group:"))


def find_spots(sentence: Sentence, table: ActorTable, day: str | None, homes: frozenset[str], hinted: set[int] | None = None) -> list[Spot]:
    """A sentence -> its spots in order, table first, then what only the model sees; none overlap.

    `homes` are the sides named anywhere in the document: forms marked as hints need theirs among them. `hinted` takes the
    `id` of the sentence where such a form was met.
    """
    hinted = set() if hinted is None else hinted
    spots = list(_from_table(sentence, table, day, homes, hinted))
    spots = [s for s in spots if not _inside_person(s, sentence) and not _ends_longer(s, sentence)]
    taken = {i for s in spots for i in range(s.first, s.last)}
    for name in (*_worded_names(sentence, table), *_joined_names(sentence)):
        free = [i for i in range(name.first, name.last) if i not in taken]
        if (
            len(free) == name.last - name.first
            and (len(free) > 1 or len(sentence.words[free[0]].text) > 1)
            and any(sentence.words[i].text[0].isupper() for i in free)
            and not all("thing" in table.nouns.get(sentence.words[i].text.lower(), ()) for i in free)
        ):
            spots.append(Spot(name.first, name.last, head_of(sentence, name.first, name.last), None, "name", name.label))
            taken.update(free)
    return sorted(spots, key=lambda s: s.first)


def _worded_names(sentence: Sentence, table: ActorTable) -> Iterator[Name]:
    """Names built on a noun of a party, all in capitals' dress: `Popular Front for Green Valleys`, `Brigade of Silent Rivers`."""
    words = sentence.words
    start = 0 if any(w.text[0].isupper() and w.text.lower() in table.founded for w in words) else len(words)
    while start < len(words):
        noun, last = start, start
        while noun < len(words) and (words[noun].text[0].isupper() or _is_genitive(words, noun)) and not _names_party(words[noun], table):
            noun += 1
        if noun < len(words) and _names_party(words[noun], table):
            last = _end_of_name(words, noun + 1)
        if last > noun + 1:
            yield Name(start + (words[start].text == "The"), last, "ORG")
        start = max(last, noun, start) + 1


def _is_genitive(words: tuple[Word, ...], at: int) -> bool:
    """Whether a possessive sign stands between two words in capitals ("People's Coalition")."""
    return (
        words[at].text in ("'s", "’s") and 0 < at < len(words) - 1 and words[at - 1].text[0].isupper() and words[at + 1].text[0].isupper()
    )


def _names_party(word: Word, table: ActorTable) -> bool:
    return word.text[0].isupper() and word.text.lower() in table.founded


def _end_of_name(words: tuple[Word, ...], at: int) -> int:
    """The word after `of` or `for` and the capitals that follow it; where none follow, the place given."""
    after = at + 1
    if at >= len(words) or words[at].text not in ("of", "for"):
        return at
    after += after < len(words) and words[after].text == "the"
    end = after
    while end < len(words) and words[end].text[0].isupper():
        end += 1
    return end if end > after else at


def _joined_names(sentence: Sentence) -> list[Name]:
    """The model's spans, joined where one name was taken for two: bodies around `'s`, `of` or `for`, places with nothing between.

    "People's Coalition for the Sahel"; "Middle" and "East".
    """
    out: list[Name] = []
    for name in sentence.names:
        gap = [sentence.words[i].text for i in range(out[-1].last, name.first)] if out else []
        if out and len(gap) <= 2 and gap and out[-1].label == "ORG" and set(gap) <= _JOINING and gap != ["the"]:
            out[-1] = Name(out[-1].first, name.last, "ORG")
        elif out and not gap and out[-1].label == name.label == "LOC" and _leads(sentence, out[-1], name):
            out[-1] = Name(out[-1].first, name.last, "LOC")
        else:
            out.append(name)
    return out


def _leads(sentence: Sentence, first: Name, then: Name) -> bool:
    """Whether the tree hangs the last word of one name on a word of the next."""
    word = sentence.words[first.last - 1]
    return is_rel(word.rel, "compound", "amod", "flat") and then.first <= word.head < then.last


def _ends_longer(spot: Spot, sentence: Sentence) -> bool:
    """Whether a body's name only ends in the spot ("National Dialogue Congress"), or a direction begins it ("the West African")."""
    after = sentence.words[spot.last] if spot.last < len(sentence.words) else None
    if spot.first and after and sentence.words[spot.last - 1].text in ("West", "North", "South") and after.text[0].isupper():
        return True
    if spot.entry is None or is_land(spot.entry) or spot.person or spot.last - spot.first > 1:
        return False
    if spot.entry.id.startswith("outlet:") and after and after.tag == "NNP" and after.text[0].isupper():
        # "National Interest", "National Security Council": a word of a longer name; what is written in capitals is an outlet's own.
        return sentence.words[spot.first].rel == "amod" and not sentence.words[spot.first].text.isupper()
    return any(
        n.label == "ORG" and n.first < spot.first and n.last == spot.last and sentence.words[spot.first - 1].tag == "NNP"
        for n in sentence.names
    )


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The word of a stretch that hangs on a word outside it; the last such one."""
    return next((i for i in range(last - 1, first - 1, -1) if not first <= sentence.words[i].head < last), last - 1)


def _from_table(sentence: Sentence, table: ActorTable, day: str | None, homes: frozenset[str], hinted: set[int]) -> Iterator[Spot]:
    keys = [word_keys(w.text) for w in sentence.words]
    start = 0
    starts = table.starts
    while start < len(keys):
        if not keys[start] or keys[start][0] not in starts:
            start += 1
            continue
        found = _longest(sentence, keys, start, table)
        match = found and _choose(found[1], table, day, homes)
        if found and any(m.form.kind == "hint" for m in found[1]):
            hinted.add(id(sentence))
        if not found or not match:
            start += 1
            continue
        last, first = found[0], _with_article(sentence, start)
        yield Spot(first, last, head_of(sentence, first, last), match.entry, match.form.kind)
        start = last


def _with_article(sentence: Sentence, start: int) -> int:
    """Where a name begins when its Arabic article stands before it, as `al` and a hyphen or as `al` alone."""
    words = sentence.words
    joint = start - 1 if start and words[start - 1].text == "-" else start
    if joint and words[joint - 1].text.lower() in ARTICLES:
        return joint - 1
    return start


def _longest(sentence: Sentence, keys: list[tuple[str, ...]], start: int, table: ActorTable) -> tuple[int, list[Match]] | None:
    """The longest form from a word on: the word after it and who it may be."""
    if not keys[start] or keys[start][0] == BREAK:
        return None
    key, best = "", None
    for end in range(start, min(len(keys), start + LONGEST)):
        for piece in keys[end]:
            key = f"{key} {piece}" if key else piece
        if keys[end] and key in table.index:
            fitting = [m for m in table.index[key] if _written(sentence, start, end + 1, m)]
            if fitting:
                best = end + 1, fitting
        if key not in table.prefixes:
            break
    return best


def _written(sentence: Sentence, first: int, last: int, match: Match) -> bool:
    """Whether the words are written as the form demands: capitals, and the article where it needs one."""
    text = sentence.words[first].text
    if match.article and not (first and sentence.words[first - 1].text.lower() == "the"):
        return False
    if match.acronym:
        bare = "".join(c for w in sentence.words[first:last] for c in w.text if c.isalnum())
        return bare.isupper() or bare == match.form.text or (len(bare) >= 4 and bare[0].isupper())
    return match.form.text[0].islower() or text[0].isupper() or not match.form.text[0].isalpha()


def _choose(matches: list[Match], table: ActorTable, day: str | None, homes: frozenset[str]) -> Match | None:
    sure = [m for m in matches if m.form.kind != "hint" or _home_named(m.entry, table, homes)]
    return table.best(sure, day)


def _home_named(entry: Entry, table: ActorTable, homes: frozenset[str]) -> bool:
    home = table.home(entry.id)
    return entry.side in homes or (home is not None and f"state:{home}" in homes)


def _inside_person(spot: Spot, sentence: Sentence) -> bool:
    """Whether the model sees a longer person's name around a spot that does not name that person ("Michael Jordan")."""
    for name in sentence.names:
        if name.label != "PER" or not (name.first <= spot.first and spot.last <= name.last):
            continue
        outside = [sentence.words[i] for i in (*range(name.first, spot.first), *range(spot.last, name.last))]
        if not outside:
            return False
        if spot.kind == "person" and spot.last - spot.first > 1:
            return False
        return not _same_person(spot, outside) if spot.person else any(w.text[0].isupper() and w.tag.startswith("NNP") for w in outside)
    return False


def _same_person(spot: Spot, outside: list[Word]) -> bool:
    """Whether the words around a bare surname are titles, initials or the given name of the same person."""
    assert spot.entry is not None
    known = set(name_key(" ".join(f.text for f in spot.entry.forms)).split())
    return all(set(word_keys(w.text)) <= known or not w.text[0].isupper() or len(w.text) <= 2 or w.text.endswith(".") for w in outside)
