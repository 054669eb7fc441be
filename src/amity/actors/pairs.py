"""`The two sides`, `both countries`, `the three governments`, `the leaders` -> the parties last spoken of together."""

from __future__ import annotations

from amity.actors import phrases
from amity.actors.memory import Memory, joint_actor
from amity.actors.sheet import Sheet
from amity.records import Actor, Word, is_rel

# Sentences back within which two parties may be meant, and the share of weight kept with each sentence back; by links read.
REACH, KEPT = 8, 0.75
# Nouns that stand for those last named together, and nouns that do so only where they are counted.
PAIRED = frozenset({"pair", "counted"})
_COUNTED = {"two": 2, "both": 2, "three": 3, "four": 4}
_PEOPLE = frozenset({"leaders", "presidents", "ministers", "men", "women"})
_LANDS = frozenset(
    {"countries", "nations", "states", "governments", "capitals", "neighbors", "neighbours", "armies", "militaries", "navies"}
)


class Pairs:
    """Reads the nouns of one sentence that stand for two parties, or for all those named together."""

    def __init__(self, sheet: Sheet, memory: Memory) -> None:
        self.sheet, self.memory, self.sentence = sheet, memory, sheet.sentence

    def read(self, word: Word, uncounted: bool) -> bool:
        """`the two sides`: one mention each for the two parties; `the leaders`, where they need no number: those last named together."""
        low = word.text.lower()
        two = self._counting_word(word)
        if two < 0 and not (uncounted and self._is_plain(word)):
            return False
        count = _COUNTED[self.sentence.words[two].text.lower()] if two >= 0 else 2
        actors = self._named_as_one(low, count) or self._meant(word, low, count)
        if len(actors) < count:
            return False
        joint = joint_actor(actors)
        if count == 2 and two >= 0 and two + 1 == word.index:
            self.sheet.joint.append((word.index, joint))
            self.sheet.add((two, two + 1), word.index, "pronoun", actors[0], "the two last spoken of together")
            self.sheet.add((word.index, word.index + 1), word.index, "pronoun", actors[1], "the two last spoken of together")
            return True
        last = self._last_joint(low) if two < 0 else None
        self.sheet.add((word.index, word.index + 1), word.index, "noun", last or joint, "those last named together", frozenset({"joint"}))
        return True

    def _last_joint(self, low: str) -> Actor | None:
        """Those for whom the same noun stood before ("the presidents of Iran, Russia and Turkey"), else those last joined."""
        joint = [t for t in reversed(self.memory.traces) if t.actor.id.startswith("joint:")]
        return next((t.actor for t in joint if t.noun == low), joint[0].actor if joint else None)

    def _counting_word(self, word: Word) -> int:
        """Where `two` or `both` stands before the noun, or a small number before a definite one, else -1."""
        words = self.sentence.words
        few = _COUNTED if phrases.is_definite(self.sentence, word.index) else ("two", "both")
        kids = (k for k in self.sentence.children[word.index] if k < word.index and words[k].text.lower() in few)
        return next(kids, -1)

    def _is_plain(self, word: Word) -> bool:
        extra = self.sentence.kids(word.index, "amod", "compound", "nmod:poss", "nmod", "nummod")
        return not extra and phrases.is_definite(self.sentence, word.index)

    def _named_as_one(self, low: str, count: int) -> list[Actor]:
        """Three and more: those last named together, if they were so many."""
        joint = (t.actor for t in reversed(self.memory.traces) if t.actor.id.startswith("joint:")) if count > 2 else ()
        return next((p for p in ([a for a, _ in self._shared(j, low, 1.0)] for j in joint) if len(p) == count), [])

    def _meant(self, word: Word, low: str, count: int) -> list[Actor]:
        """The parties of most weight: near, subjects, joined by `and`; the subject's own side counts only as a speaker."""
        weights: dict[str, float] = {}
        actors: dict[str, Actor] = {}
        doing = self._doers(word)
        for actor, weight in self._candidates(word, low):
            if actor.side_id in doing:
                continue
            key = actor.side_id if low not in _PEOPLE else actor.id
            weights[key] = weights.get(key, 0.0) + weight
            actors.setdefault(key, actor)
        best = sorted(weights, key=lambda k: -weights[k])[:count]
        return [actors[k] for k in sorted(best, key=lambda k: list(actors).index(k))]

    def _doers(self, word: Word) -> set[str]:
        """Sides that do to the noun what its own verb tells: who urges both sides is neither."""
        if not is_rel(word.rel, "obj", "iobj", "obl") or word.head < 0:
            return set()
        return self.sheet.sides_at(self.sentence.kids(word.head, "nsubj"))

    def _candidates(self, word: Word, low: str) -> list[tuple[Actor, float]]:
        """Parties with their weights, before the word in the sentence and in those before it."""
        out: list[tuple[Actor, float]] = []
        for found in self.sheet.found:
            mention = found.mention
            if mention.actor and mention.last <= word.index and not mention.place and not self._says(mention.head, word, low):
                out += self._shared(mention.actor, low, 1.0)
        for trace in self.memory.traces:
            gap = self.memory.clock - trace.sentence
            if 0 < gap <= REACH and not trace.heard:
                joined = 2.0 if trace.actor.id.startswith("joint:") else 1.0
                out += self._shared(trace.actor, low, joined * KEPT**gap * (1.5 if trace.subject else 1.0))
        return out

    def _says(self, head: int, word: Word, low: str) -> bool:
        """Whether a party says what is said of `the sides`: then it is as likely to be neither."""
        words = self.sentence.words
        above = {words[a].head for a in self.sentence.ancestors(word.index) if words[a].rel == "ccomp"}
        return low in ("sides", "parties") and is_rel(words[head].rel, "nsubj") and words[head].head in above

    def _shared(self, actor: Actor, low: str, weight: float) -> list[tuple[Actor, float]]:
        """A party as what the noun may mean: persons for `leaders`, states for `countries`, else sides; a joint one is its members."""
        if low in _PEOPLE:
            return [(actor, weight)] if actor.id.startswith("person:") and actor.known else []
        if actor.anonymous or actor.sector == "media":
            return []
        out = []
        for side in actor.side_id.split(";"):
            own = self.memory.table.get(side) or (actor if ";" not in actor.side_id and side == actor.id else None)
            if own and (low not in _LANDS or own.id.startswith("state:")) and not own.id.startswith("person:"):
                out.append((own, weight))
        return out
