"""The book of incidents in memory: claims in, one at a time or all at once, the same groups out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from amity.incidents.blocking import MOST_IN_BLOCK, Key, name_keys, split_keys
from amity.incidents.episodes import join_acts
from amity.incidents.joining import Pair, join_pairs
from amity.incidents.scoring import score_pair, told_apart
from amity.incidents.traits import Traits, read_traits
from amity.records import Claim, Document

# Log-odds that a pair forced together or apart by a person counts for.
DECIDED = 1000.0
# Pairs below these log-odds hold nothing together and are only kept inside a component.
LEAST = 0.0


class IncidentBook:
    """Claims of events, filed by keys, their scored pairs, and the groups they fall into.

    `add` compares new claims with their neighbours only, and groups anew only the components that they touch. The
    groups are a function of the set of claims and decisions, whatever the order in which they came.
    """

    def __init__(self) -> None:
        self.traits: dict[str, Traits] = {}
        self.blocks: dict[Key, set[str]] = defaultdict(set)
        self.split: set[Key] = set()
        self.odds: dict[str, dict[str, float]] = defaultdict(dict)
        self.decided: dict[Pair, bool] = {}
        self.group: dict[str, tuple[str, ...]] = {}

    def add(self, claims: Iterable[Claim], documents: Iterable[Document] = ()) -> set[tuple[str, ...]]:
        """Claims, with their documents where these are at hand -> the groups that are new or changed.

        Standings and known claims add nothing. What a claim's document tells around it counts only where the document
        comes with it.
        """
        texts = {d.id: d.text for d in documents}
        fresh = {c.id: c for c in claims if c.kind == "event" and c.id not in self.traits}
        touched: set[str] = set()
        for id in sorted(fresh):
            self.traits[id] = read_traits(fresh[id], texts.get(fresh[id].document_id, ""))
            touched |= self.file(id)
        return self.regroup(touched | set(fresh))

    def decide(self, a: str, b: str, same: bool) -> set[tuple[str, ...]]:
        """A person's word that two claims are one incident, or are not -> the groups that changed; unknown ids change nothing."""
        if a == b or a not in self.traits or b not in self.traits:
            return set()
        pair = (min(a, b), max(a, b))
        self.decided[pair] = same
        self.odds[a][b] = self.odds[b][a] = DECIDED if same else -DECIDED
        return self.regroup({a, b})

    def groups(self) -> list[tuple[str, ...]]:
        """Every group, each sorted, in order of their first id."""
        return sorted(set(self.group.values()))

    def incidents(self) -> list[tuple[str, ...]]:
        """Every incident: groups of one act joined with those told as steps of one happening."""
        apart = [pair for pair, same in self.decided.items() if not same]
        return join_acts(self.groups(), self.traits, apart)

    def file(self, id: str) -> set[str]:
        """File a claim under its keys and compare it with its neighbours -> all claims whose pairs changed."""
        touched: set[str] = set()
        for key in sorted(name_keys(self.traits[id])):
            touched |= self.put(key, id)
        return touched

    def put(self, key: Key, id: str) -> set[str]:
        """A claim under a key -> claims whose pairs changed; an overfull key is split, one overfull again is given up."""
        block = self.blocks[key]
        block.add(id)
        fine = "/" in key
        if len(block) <= MOST_IN_BLOCK:
            return self.compare(id, block)
        if key in self.split:
            return set() if fine else self.put_finer(key, [id])
        self.split.add(key)
        touched = self.drop(block)
        return touched if fine else touched | self.put_finer(key, sorted(block))

    def put_finer(self, key: Key, ids: Iterable[str]) -> set[str]:
        """Members of an overfull key under its finer keys."""
        return {t for id in ids for finer in split_keys(key, self.traits[id]) for t in self.put(finer, id)}

    def compare(self, id: str, others: set[str]) -> set[str]:
        """Score a claim against others that it was not scored against yet -> those with a say in any group.

        Those told on days apart are left unscored, as if nothing had brought them together: most of what one party does
        to another is another day's.
        """
        mine, known = self.traits[id], self.odds[id]
        touched = set()
        for other in others:
            if other == id or other in known or told_apart(mine, self.traits[other]):
                continue
            value = score_pair(mine, self.traits[other])
            known[other] = self.odds[other][id] = value
            touched.add(other)
        return touched

    def drop(self, block: set[str]) -> set[str]:
        """Pairs that only an overfull key brought together are forgotten -> claims that lost one."""
        live = {id: self.live_keys(id) for id in block}
        touched = set()
        for a in block:
            for b in [o for o in self.odds[a] if o in block and o > a]:
                if (a, b) not in self.decided and not live[a] & live[b]:
                    del self.odds[a][b], self.odds[b][a]
                    touched |= {a, b}
        return touched

    def live_keys(self, id: str) -> set[Key]:
        """Keys of a claim under which it is compared now."""
        keys = name_keys(self.traits[id])
        fine = {f for key in keys & self.split for f in split_keys(key, self.traits[id])}
        return (keys | fine) - self.split

    def regroup(self, touched: set[str]) -> set[tuple[str, ...]]:
        """Group anew the components of touched claims, and the groups they stood in -> groups that are new."""
        before = {self.group[t] for t in touched if t in self.group}
        wanted = set(touched) | {m for g in before for m in g}
        changed = set()
        for component in self.components(wanted):
            pairs = {(a, b): v for a in component for b, v in self.odds[a].items() if a < b and b in component}
            for group in join_pairs(sorted(component), pairs, LEAST):
                if self.group.get(group[0]) != group:
                    changed.add(group)
                for member in group:
                    self.group[member] = group
        return changed

    def components(self, wanted: set[str]) -> Iterator[set[str]]:
        """Connected components, over pairs that speak for joining, of the claims wanted."""
        left = set(wanted)
        while left:
            start = left.pop()
            component, stack = {start}, [start]
            while stack:
                for other, value in self.odds[stack.pop()].items():
                    if value > LEAST and other not in component:
                        component.add(other)
                        stack.append(other)
            left -= component
            yield component
