"""The table of actors: names and days -> actors, with their sides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from amity.actors import rows
from amity.actors.names import is_acronym, is_mixed, name_key
from amity.actors.rows import Entry, Form, Tenure
from amity.actors.spelling import spelling_key
from amity.records import Actor

# An office of a person -> the sector of the person; what is not named here is government.
_SECTORS = {
    "military commander": "military",
    "intelligence chief": "intelligence",
    "senator": "legislature",
    "speaker": "legislature",
    "lawmaker": "legislature",
    "cleric": "religious",
    "pope": "religious",
    "politician": "party",
    "businessman": "business",
    "journalist": "media",
    "activist": "civil",
    "prosecutor": "judiciary",
    "scientist": "civil",
}

# Names of fewer letters by sound are too like one another to be told by sound alone.
SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A form found under a key: the entry it names and how the form must be written."""

    entry: Entry
    form: Form
    acronym: bool
    article: bool


class ActorTable:
    """All actors of the tables, found by any of their names."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = {e.id: e for e in entries}
        self.index: dict[str, list[Match]] = defaultdict(list)
        self.prefixes: set[str] = set()
        self.surnames: dict[str, list[Entry]] = defaultdict(list)
        self.sounds: dict[str, list[Match]] = defaultdict(list)
        self.offices: dict[tuple[str, str], list[tuple[Tenure, Entry]]] = defaultdict(list)
        self.nouns: dict[str, frozenset[str]] = {}
        self.takes_up: dict[str, frozenset[str]] = {}
        self.of_kind: dict[str, frozenset[str]] = {}
        self.never_said: dict[str, frozenset[str]] = {}
        self.party_verbs: frozenset[str] = frozenset()
        self.controls: frozenset[str] = frozenset()
        self.telling: frozenset[str] = frozenset()
        self.founded: frozenset[str] = frozenset()
        self.starts: set[str] = set()
        self.oppositions: dict[str, Entry] = {}
        self.juntas: dict[str, Entry] = {}
        self.memberships: list[tuple[str, Tenure]] = []
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        for form in entry.forms:
            article = form.text.lower().startswith("the ")
            key = name_key(form.text).removeprefix("the ")
            if not any(m.entry is entry for m in self.index[key]):
                self.index[key].append(Match(entry, form, is_acronym(form.text) or is_mixed(form.text), article and form.text[0] == "t"))
            pieces = key.split(" ")
            self.starts.add(pieces[0])
            self.prefixes.update(" ".join(pieces[:n]) for n in range(1, len(pieces)))
        if entry.sector == "opposition":
            self.oppositions.setdefault(entry.home, entry)
        if entry.id.startswith("group:") and entry.name.lower().endswith(" junta"):
            self.juntas.setdefault(entry.home, entry)
        for tenure in entry.tenures:
            self.offices[tenure.side, tenure.office].append((tenure, entry))
        if entry.tenures:
            self.surnames[name_key(entry.name).split(" ")[-1]].append(entry)

    def get(self, id: str, day: str | None = None) -> Actor | None:
        """The actor with this id, if the tables hold it."""
        entry = self.entries.get(id)
        return self.actor(entry, day) if entry else None

    def find(self, name: str, day: str | None = None) -> Actor | None:
        """The actor that goes by a name on a day (ISO text; None: its last standing).

        >>> load_actors().find("hizbullah").name, load_actors().find("The Kremlin").side
        ('Hezbollah', 'Russia')
        """
        key = name_key(name).removeprefix("the ")
        found = self.best(self.index.get(key, []), day)
        return self.actor(found.entry, day) if found else None

    def heard(self, name: str, day: str | None = None) -> Actor | None:
        """The one actor whose name sounds as this one does, whatever the script or romanisation; None where two do, or it is short.

        >>> load_actors().heard("Сергей Лавров").name
        'Sergei Lavrov'
        """
        key = spelling_key(name)
        if len(key) < SHORTEST or is_acronym(name):
            return None
        found = self._sounds().get(key, [])
        match = self.best(found, day) if len({m.entry.id for m in found}) == 1 else None
        return self.actor(match.entry, day) if match else None

    def mistyped(self, name: str, day: str | None = None) -> Actor | None:
        """The one land or people whose name a word gives with two neighbouring letters in each other's place; for lone phrases.

        >>> load_actors().mistyped("Kazahks").name, load_actors().mistyped("Iranians")
        ('Kazakhstan', None)
        """
        key = name_key(name)
        if " " in key or len(key) < SHORTEST:
            return None
        turned = (key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in range(1, len(key) - 1) if key[i] != key[i + 1])
        found = [m for k in turned for m in self.index.get(k, ()) if m.form.kind in ("people", "adjective", "name")]
        lands = {m.entry.id: m.entry for m in found if m.entry.id.startswith("state:")}
        return self.actor(next(iter(lands.values())), day) if len(lands) == 1 else None

    def _sounds(self) -> dict[str, list[Match]]:
        """Names by sound, made when first asked for."""
        if not self.sounds:
            for matches in self.index.values():
                for match in matches:
                    if not match.acronym and match.form.kind in ("name", "person", "people", "adjective"):
                        self.sounds[spelling_key(match.form.text)].append(match)
        return self.sounds

    def search(self, text: str) -> list[Actor]:
        """Actors whose names hold or resemble a text, the nearest first; for suggestions, never for resolution."""
        key = name_key(text)
        held = sorted((k for k in self.index if key in k), key=len)[:10]
        near = held or get_close_matches(key, list(self.index), n=10, cutoff=0.6)
        return list({m.entry.id: self.actor(m.entry) for k in near for m in self.index[k]}.values())[:10]

    def all(self) -> list[Actor]:
        """Every actor of the tables, on its last standing, in order of the tables."""
        return [self.actor(e) for e in self.entries.values()]

    def home(self, id: str) -> str | None:
        """ISO3 code of the state an actor lives in or acts for, as far as the tables tell."""
        entry = self.entries.get(id.split("/")[0]) or self._told_home(id)
        for _ in range(4):
            if entry is None:
                return None
            if entry.id.startswith("state:"):
                return entry.id.removeprefix("state:")
            up = entry.home or (entry.tenures[-1].side if entry.tenures else "") or entry.side
            entry = None if up == entry.id else self.entries.get(up)
        return None

    def adjective(self, land: Actor) -> str:
        """The adjective of a state, else its name.

        >>> load_actors().adjective(load_actors().get("state:GMB"))
        'Gambian'
        """
        entry = self.entries.get(land.id)
        return next((f.text for f in entry.forms if f.kind == "adjective"), land.name) if entry else land.name

    def _told_home(self, id: str) -> Entry | None:
        """The state named among the words of an unknown party ("unknown:syrian-refugees")."""
        pieces = id.removeprefix("unknown:").split("-") if id.startswith("unknown:") else []
        keys = [" ".join(pieces[i:j]) for i in range(len(pieces)) for j in (i + 2, i + 1) if j <= len(pieces)]
        found = (m for k in keys for m in self.index.get(k, ()) if m.entry.id.startswith("state:"))
        match = next(found, None)
        return match.entry if match else self._told_by_place(keys)

    def _told_by_place(self, keys: list[str]) -> Entry | None:
        """The state of a town or region named among the words of an unknown party."""
        found = (m for k in keys for m in self.index.get(k, ()) if m.entry.id.startswith("place:"))
        match = next(found, None)
        return self.entries.get(match.entry.home) if match else None

    def members(self, body: str, day: str | None = None) -> list[Actor]:
        """The members of a body on a day (None: now), in order of the tables; none where the tables do not tell.

        >>> [a.name for a in load_actors().members("body:aes", "2024-01-01")]
        ['Mali', 'Burkina Faso', 'Niger']
        """
        return [self.actor(self.entries[m]) for m, t in self.memberships if t.side == body and _holds(t, day)]

    def bodies(self, member: str, day: str | None = None) -> list[Actor]:
        """The bodies that a party is a member of on a day (None: now), as far as the tables tell."""
        return [self.actor(self.entries[t.side]) for m, t in self.memberships if m == member and _holds(t, day)]

    def best(self, matches: list[Match], day: str | None) -> Match | None:
        """Of several actors under one name, the one in office on the day, else the last in office, else the first."""
        if len(matches) < 2:
            return matches[0] if matches else None
        if day:
            now = [m for m in matches if any(t.start and t.covers(day) for t in m.entry.tenures)]
            if now:
                return now[0]
            matches = [m for m in matches if not _starts_after(m.entry, day)] or matches
            matches = [m for m in matches if not m.entry.end or m.entry.end >= day[: len(m.entry.end)]] or matches
        still = [m for m in matches if not m.entry.tenures]
        return still[0] if still else max(matches, key=lambda m: max(t.end or "9999" for t in m.entry.tenures))

    def holder(self, side: str, office: str, day: str | None) -> Actor | None:
        """Who holds an office of a side on a day; None where the tables do not know or know two."""
        held = self.offices.get((side, office), [])
        now = {e.id: e for t, e in held if (t.covers(day) if day else not t.end)}
        return self.actor(next(iter(now.values())), day) if len(now) == 1 else None

    def actor(self, entry: Entry, day: str | None = None) -> Actor:
        """An entry on a day -> the actor with its side; a person out of office is its own side.

        A person not yet, or no longer, in office on the day acts for nobody; where no day is known the last office counts.
        """
        if not entry.tenures:
            return self._make(entry.id, entry.name, entry.side, entry.sector)
        tenure = tenure_on(entry, day)
        if tenure is None:
            return self._make(entry.id, entry.name, entry.id, "civil")
        return self._make(entry.id, entry.name, tenure.side, _SECTORS.get(tenure.office, "government"))

    def _make(self, id: str, name: str, side: str, sector: str) -> Actor:
        for _ in range(4):
            above = self.entries.get(side)
            if above is None or above.side == side or above.tenures:
                break
            side = above.side
        shown = self.entries[side].name if side in self.entries else name
        return Actor(id, name, side, shown, sector)


def tenure_on(entry: Entry, day: str | None) -> Tenure | None:
    """The office a person holds on a day, or held at most a month before; the last one without a day or after death.

    Reports on a fall from office are about what was done in it, and whoever has died can only have acted in his time.
    """
    if day is None or (entry.died and day >= entry.died):
        return max(entry.tenures, key=lambda t: (t.end or "9999", t.start))
    now = next((t for t in entry.tenures if t.covers(day)), None)
    return now or next((t for t in entry.tenures if t.end and t.end < day <= _month_after(t.end)), None)


def _holds(tenure: Tenure, day: str | None) -> bool:
    return tenure.covers(day) if day else not tenure.end


def _month_after(day: str) -> str:
    """A day a month on, near enough to compare: `2014-12-22` -> `2015-01-22`."""
    year, month = int(day[:4]), int(day[5:7])
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}{day[7:]}"


def _starts_after(entry: Entry, day: str) -> bool:
    first = min((t.start for t in entry.tenures), default=entry.start)
    return bool(first) and first > day[: len(first)]


def read_nouns(path: Path) -> dict[str, frozenset[str]]:
    """`nouns.csv` -> the classes of each noun."""
    classes: dict[str, set[str]] = defaultdict(set)
    for row in rows.read_rows(path):
        classes[row["noun"]].add(row["class"])
    return {noun: frozenset(kinds) for noun, kinds in classes.items()}


def load_actors(extra: Path | None = None) -> ActorTable:
    """The shipped tables, and a user's own rows after them -> the table; Raises BadTable on a bad row."""
    return _load(extra)


@lru_cache(maxsize=4)
def _load(extra: Path | None) -> ActorTable:
    table = ActorTable(read_entries(extra))
    for id, rules in rows.read_rulers(rows.TABLES / "rulers.csv").items():
        table.entries[id].rules.extend(rules)
    table.nouns = read_nouns(rows.TABLES / "nouns.csv")
    taken = list(rows.read_rows(rows.TABLES / "taken_up.csv"))
    table.takes_up = {r["noun"]: frozenset(rows.parts_of(r["topics"])) for r in taken}
    table.of_kind = {r["noun"]: frozenset(f"state:{c}" for c in rows.parts_of(r["of"])) for r in taken if r["of"]}
    # The last words of all that may be a party's noun, so that other words need no second look.
    table.telling = frozenset(n.split(" ")[-1] for n in (*table.nouns, *table.takes_up))
    table.founded = frozenset(n for n, kinds in table.nouns.items() if kinds & {"group", "military", "body"})
    table.never_said = {r["noun"]: frozenset(rows.parts_of(r["never"])) for r in taken if r["never"]}
    table.memberships = rows.read_members(rows.TABLES / "members.csv")
    table.party_verbs = frozenset(r["verb"] for r in rows.read_rows(rows.TABLES / "party_verbs.csv"))
    table.controls = frozenset(r["verb"] for r in rows.read_rows(rows.TABLES / "controls.csv"))
    return table


def read_entries(extra: Path | None = None) -> list[Entry]:
    """Every row of every table, in the order in which a name shared by two is given out."""
    return [
        *rows.read_states(rows.TABLES / "states.csv"),
        *rows.read_bodies(rows.TABLES / "bodies.csv"),
        *rows.read_groups(rows.TABLES / "groups.csv"),
        *rows.read_cities(rows.TABLES / "cities.csv"),
        *rows.read_parts(rows.TABLES / "parts.csv"),
        *rows.read_holders(rows.TABLES / "holders.csv"),
        *rows.read_outlets(rows.TABLES.parent / "outlets.csv"),
        *(rows.read_extra(extra) if extra else ()),
    ]
