"""How likely two actors are one: a sum of log-odds, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from amity.actors.name_words import load_name_words
from amity.actors.names import name_key
from amity.actors.spelling import consonants as bones_of
from amity.actors.spelling import romanise, spelling_key

# Log-odds (natural) before anything is compared, for two actors that share a block: about one pair in twenty is one actor.
PRIOR = -3.0
# Chance from which a pair is proposed as one, and below which it is not worth a look; set on the hard pairs of the bench.
PROPOSED, LOOKED_AT = 0.9, 0.05


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an actor when it is compared: its names, side, home, sector, and whether the tables hold it."""

    id: str
    names: tuple[str, ...]
    side_id: str = ""
    home: str = ""
    sector: str = ""
    tabled: bool = False

    @property
    def person(self) -> bool:
        """Whether it is a person."""
        return self.id.startswith("person:")


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the waterfall: what was compared, how it came out, what it adds to the log-odds."""

    what: str
    found: str
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two actors with the chance (0 to 1) that they are one, and the steps that lead there."""

    a: str
    b: str
    reasons: tuple[Reason, ...]

    @property
    def log_odds(self) -> float:
        """Sum of the steps."""
        return sum(r.weight for r in self.reasons)

    @property
    def chance(self) -> float:
        """The log-odds as a chance.

        >>> Likeness("a", "b", (Reason("prior", "", 0.0),)).chance
        0.5
        """
        return 1.0 / (1.0 + exp(-max(-40.0, min(40.0, self.log_odds))))


def compare(a: Profile, b: Profile) -> Likeness:
    """Two profiles -> how likely they are one actor; the best pair of their names counts."""
    steps = [Reason("before comparing", "pairs of one block", PRIOR)]
    named = max((_names(x, y, a.person and b.person) for x in a.names for y in b.names), key=lambda r: sum(s.weight for s in r))
    steps += [*named, *_sides(a, b), *_homes(a, b), *_sectors(a, b), *_kinds(a, b)]
    return Likeness(a.id, b.id, tuple(steps))


def _names(x: str, y: str, persons: bool) -> list[Reason]:
    """Two names -> steps: the whole of them, then what tells namesakes, wings and generations apart."""
    if name_key(x) == name_key(y):
        known = load_name_words()
        bare = not set(name_key(x).split()) - known.common - known.generic
        return [Reason("names", f"{x!r} is {y!r}" + (", common nouns only" if bare else ""), 1.5 if bare else 6.5)]
    first, second = words_of(x), words_of(y)
    if sorted(first) == sorted(second) and (first[-1:] == second[-1:] or not persons):
        return [Reason("names", f"{x!r} and {y!r} sound alike", 6.0)]
    if persons and _as_one(first, second) and not _generation(x, y):
        return [Reason("names", f"{x!r} and {y!r} sound alike, written together or apart", 6.0)]
    if persons:
        return [*_generation(x, y), *_person(x, y, first, second)]
    initials = _acronym(x, y)
    return [initials] if initials else _groups(x, y)


@lru_cache(maxsize=262144)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name by sound, titles and articles left out.

    >>> words_of("Ayatollah Ali Khamenei") == words_of("Ali Khamenei")
    True
    """
    words = name_key(romanise(name)).split()
    named = [w for w in words if w not in load_name_words().title]
    return tuple(spelling_key(" ".join(named or words)).split())


def _acronym(x: str, y: str) -> Reason | None:
    """Whether one name is the initials of the other's words."""
    short, long = sorted((x, y), key=len)
    bare = short.replace(".", "")
    fits = bare.isupper() and 2 <= len(bare) <= 6 and bare.lower() in initials_of(long)
    return Reason("names", f"{short} are the initials of {long!r}", 6.0 if len(bare) > 2 else 4.0) if fits else None


def initials_of(name: str) -> set[str]:
    """The initials that a name of several words may go by, with and without its small words."""
    words = name_key(name).split()
    small = [w for w in words if w not in load_name_words().small]
    return {"".join(w[0] for w in some) for some in (words, small, small[:-1]) if len(some) > 1}


def _alike(a: str, b: str) -> float:
    """How alike two words sound: 1 the same, 0.8 a letter or only vowels differ, 0 not."""
    if a == b:
        return 1.0
    first, second = _opening(a), _opening(b)
    if first[0] != second[0] or (a, b) in _apart():
        return 0.0
    from rapidfuzz.distance import DamerauLevenshtein

    shorter = min(len(first), len(second))
    bones = bones_of(first)
    if shorter >= 3 and abs(len(first) - len(second)) <= 1 and bones == bones_of(second) and len(bones) >= (1 if shorter > 3 else 2):
        return 0.8
    return 0.8 if shorter >= 5 and DamerauLevenshtein.distance(first, second) <= (1 if shorter < 8 else 2) else 0.0


def _opening(word: str) -> str:
    """A key by sound with its first sound as a German or a Pole writes it: W before a vowel is a V ("Wagner", "Vagner")."""
    return "f" + word[1:] if len(word) > 3 and word[0] == "u" and word[1] in "aiu" else word


@lru_cache(maxsize=1)
def _apart() -> frozenset[tuple[str, str]]:
    """Given names that sound alike and are two, by sound, either way round."""
    keys = [(spelling_key(x), spelling_key(y)) for x, y in load_name_words().apart]
    return frozenset([*keys, *((y, x) for x, y in keys)])


def _generation(x: str, y: str) -> list[Reason]:
    odd = set(name_key(x).split()) ^ set(name_key(y).split())
    if odd & load_name_words().ordinal:
        return [Reason("generation", "one of them is told apart by a number, senior or junior", -7.0)]
    first, second = ({w for w in name_key(n).split() if len(w) == 1} for n in (x, y))
    return [Reason("generation", "other initials", -7.0)] if first and second and first != second else []


def _person(x: str, y: str, first: Sequence[str], second: Sequence[str]) -> list[Reason]:
    """Persons: the surname must agree, and the given name where both have one."""
    like = max(_alike(first[-1], second[-1]), 0.8 * _alike(_bare(first[-1]), _bare(second[-1])))
    if not like and min(len(first), len(second)) > 1 and _within(first, second) and _alike(first[0], second[0]):
        return [Reason("names", f"all words of one are in the other, {x!r} and {y!r}", 6.0)]
    if not like:
        return [Reason("surname", f"{x.split()[-1]} is not {y.split()[-1]}", -6.0)]
    out = [Reason("surname", f"{x.split()[-1]} and {y.split()[-1]}", 2.5 if like == 1.0 else 1.5)]
    if min(len(first), len(second)) == 1:
        return [*out, Reason("given name", "only one of them has it", 0.0)]
    return [*out, *_given(x, y, first[:-1], second[:-1])]


def _bare(surname: str) -> str:
    """A surname by sound without an article written together with it ("Elaraby")."""
    cut = surname[2:] if surname[:2] in ("il", "al") else surname
    return cut if len(cut) > 3 else surname


def _within(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether all words of one name have their like in the other, whichever of the two."""
    return any(all(any(_alike(a, b) for b in many) for a in few) for few, many in ((first, second), (second, first)))


def _given(x: str, y: str, first: Sequence[str], second: Sequence[str]) -> list[Reason]:
    given, other = x.split()[0], y.split()[0]
    short = load_name_words().short
    like = max(_alike(first[0], second[0]), 1.0 * (frozenset((short.get(given, given), short.get(other, other))) in ({given}, {other})))
    if like or short.get(given, given) == short.get(other, other):
        clash = len(first) > 1 and len(second) > 1 and not any(_alike(a, b) for a in first[1:] for b in second[1:])
        step = Reason("given name", f"{given} and {other}", 4.0 if like == 1.0 else 3.0)
        return [step, *([Reason("middle name", "not the same", -7.0)] if clash else [])]
    if min(len(first[0]), len(second[0])) == 1 and first[0][0] == second[0][0]:
        return [Reason("given name", "an initial that fits", 2.0)]
    if _are_initials(x, y) or _are_initials(y, x):
        return [Reason("given name", "initials that fit", 3.0)]
    if _within(first, second):
        # "Mahamat Idriss Deby" is the son of Idriss Deby: where names are one's own and the father's, the first tells who.
        return [Reason("given name", "one of several, and not the first", 1.0)]
    return [Reason("given name", f"{given} is not {other}", -7.0)]


def _are_initials(x: str, y: str) -> bool:
    """Whether the first word of one name is the initials of the other's given names ("CQ Brown", "Charles Q. Brown")."""
    bare = x.split()[0].replace(".", "")
    return 2 <= len(bare) <= 3 and bare.isupper() and bare == "".join(w[0] for w in y.split()[:-1]).upper()


def _groups(x: str, y: str) -> list[Reason]:
    """Groups: the words that both have, by sound, and those that only one has."""
    words = load_name_words()
    first, second = _group_words(x), _group_words(y)
    if _as_one(first, second):
        return [Reason("names", f"{x!r} and {y!r} sound alike, written together or apart", 6.0)]
    sounds = {w: spelling_key(w) for w in (*first, *second)}
    own = [w for w in first if not any(_alike(sounds[w], sounds[v]) for v in second if sounds[w] and sounds[v])]
    other = [w for w in second if not any(_alike(sounds[w], sounds[v]) for v in first if sounds[w] and sounds[v])]
    shared = [w for w in first if w not in own and w not in words.generic | words.common]
    if not shared:
        return [Reason("names", f"{x!r} and {y!r} have no telling word in common", -4.0)]
    out = [Reason("names", f"both have {', '.join(shared)}", 6.0)]
    return [*out, *_only_one(own, other)]


@lru_cache(maxsize=262144)
def _group_words(name: str) -> tuple[str, ...]:
    """The words of a group's name, those that reports translate in English."""
    means = load_name_words().means
    return tuple(means.get(w, w) for w in name_key(romanise(name)).split())


def _as_one(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two names are one but for where words part ("Ansar Eddine", "Ansareddine")."""
    a, b = (spelling_key("".join(words)).removeprefix("il") for words in (first, second))
    return len(first) != len(second) and len(a) > 5 and _alike(a, b) > 0


def _only_one(own: Sequence[str], other: Sequence[str]) -> list[Reason]:
    """Words of one name only: a generic word says little, a number, a wing's word or another name much."""
    words = load_name_words()
    extra = {*own, *other} - words.generic
    out = []
    kinds = (set(own) & words.generic) - words.small, (set(other) & words.generic) - words.small
    if all(kinds):
        out.append(Reason("kind", f"{', '.join(sorted(kinds[0]))} is not {', '.join(sorted(kinds[1]))}", -5.0))
    numbers = {w for w in extra if w in words.ordinal or any(c.isdigit() for c in w)}
    if numbers:
        out.append(Reason("number", f"not both have {', '.join(sorted(numbers))}", -7.0))
    wings = extra & (words.wing | words.common)
    if wings:
        out.append(Reason("wing", f"only one is called {', '.join(sorted(wings))}", -6.0))
    rest = extra - wings - numbers
    if rest & set(own) and rest & set(other):
        out.append(Reason("words", f"each has its own: {', '.join(sorted(rest))[:60]}", -7.0))
    elif rest:
        out.append(Reason("words", f"only one has {', '.join(sorted(rest))[:60]}", -2.5 * len(rest)))
    return out


def _sides(a: Profile, b: Profile) -> list[Reason]:
    told = a.side_id not in ("", a.id), b.side_id not in ("", b.id)
    if a.id in (b.side_id,) or b.id in (a.side_id,):
        return [Reason("side", "one is the other's side: a part and its whole", -4.0)]
    if not all(told):
        return []
    same = a.side_id == b.side_id
    return [Reason("side", f"both of {a.side_id}" if same else f"{a.side_id} is not {b.side_id}", 1.5 if same else -4.0)]


def _homes(a: Profile, b: Profile) -> list[Reason]:
    if not a.home or not b.home:
        return []
    return [Reason("home", f"both in {a.home}", 1.5)] if a.home == b.home else [Reason("home", f"{a.home} is not {b.home}", -5.0)]


def _sectors(a: Profile, b: Profile) -> list[Reason]:
    known = a.sector and b.sector and "" not in (a.sector, b.sector)
    if not known:
        return []
    return (
        [Reason("sector", f"both {a.sector}", 0.5)] if a.sector == b.sector else [Reason("sector", f"{a.sector} is not {b.sector}", -2.0)]
    )


def _kinds(a: Profile, b: Profile) -> list[Reason]:
    out = []
    if a.person != b.person and not a.id.startswith("unknown:") and not b.id.startswith("unknown:"):
        out.append(Reason("kind", "a person and a party", -8.0))
    if a.tabled and b.tabled:
        out.append(Reason("tables", "the tables hold them as two", -8.0))
    return out
