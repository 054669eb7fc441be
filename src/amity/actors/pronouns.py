"""Pronouns -> the party they stand for, within the document and at most three sentences back; else no actor."""

from __future__ import annotations

from collections.abc import Callable

from amity.actors.antecedents import Antecedents
from amity.actors.governors import governors
from amity.actors.memory import MANY_AS_ONE, PRONOUN_REACH, THEM, WE, Found, Memory, Trace, words_used
from amity.actors.plurals import Plurals
from amity.actors.sheet import Sheet
from amity.actors.speech import QUOTES, inner_speaker
from amity.records import Actor, Word, is_rel

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_BOTH = frozenset({"both", "neither"})
_WHO = frozenset({"who", "which", "that", "whom", "whose"})
# Verbs whose object speaks, and not their subject ("the paper quoted an official as saying").
_CITING = frozenset({"cite", "quote"})
# Noun classes that are said of parties alone.
_PARTIES = frozenset({"patron", "group", "body", "opposition", "party"})
_HONOURS = frozenset({"Excellency", "Majesty", "Highness", "Holiness", "Eminence", "Excellencies"})
# All that is read here; other pronouns and determiners stand for nobody.
READ = _HE | _SHE | _IT | _BOTH | _WHO | THEM | WE
Fits = Callable[[Trace], bool]


class Pronouns:
    """Reads the pronouns of one sentence; parties before them must have been read."""

    def __init__(self, sheet: Sheet, memory: Memory) -> None:
        self.sheet, self.memory, self.sentence = sheet, memory, sheet.sentence
        self.asking = False

    def read(self, word: Word) -> None:
        """A pronoun -> its mention, where a party fits."""
        if word.index in self.sheet.taken or word.upos not in ("PRON", "DET", "SCONJ"):
            return
        if word.text.lower() in _WHO:
            self._relative(word)
            return
        actor, why = self._meant(word)
        if actor is not None:
            self.sheet.add((word.index, word.index + 1), word.index, "pronoun", actor, why, self._topic(actor))

    def resolve(self, index: int) -> Actor | None:
        """The party that the pronoun at a word stands for; with -1 - index, who speaks there."""
        if index < 0:
            return self._speaker(self.sentence.words[-1 - index])
        for found in self.sheet.found:
            if found.mention.first == index and found.mention.kind == "pronoun":
                return found.mention.actor
        return self._meant(self.sentence.words[index])[0]

    def _topic(self, actor: Actor) -> frozenset[str]:
        if actor.id.startswith("state:"):
            return frozenset({"state"})
        return frozenset({"person"} if actor.id.startswith("person:") else set())

    def _meant(self, word: Word) -> tuple[Actor | None, str]:
        low = word.text.lower()
        if self._is_honorific(word):
            return None, ""
        beside = self._bracketed(word)
        if beside is not None:
            return beside, "named in brackets after it"
        other = self._but_speaker(word) if low in _HE | _SHE else ""
        if low in _HE:
            return self._last(word, lambda t: t.person and not t.plural and not t.woman and t.actor.id != other), "last person"
        if low in _SHE:
            woman = self._last(word, lambda t: t.person and t.woman and t.actor.id != other)
            unknown = woman or self._last(word, lambda t: t.person and not t.plural and not t.actor.known and t.actor.id != other)
            return unknown, "last woman"
        if low in _IT:
            none = self._expletive(word) or self._is_thing(word)
            rules = None if none else self._last(word, _is_thing)
            # "Russia and its allies", "and accused it", "sees it as an ally": that a party is meant is told by the tree.
            if rules and (self._partner(word) or self._done_to_before(word, rules) or self._told_as_party(word)):
                return rules, "last state, body or group"
            options = Antecedents(self.sheet, self.memory).list_options(word, self._in_sentence(word), rules)
            place = self.sentence.index, word.index
            return self.memory.links.choose(place, options, rules), "the likeliest state, body or group"
        if low in THEM:
            return self._they(word), "last plural party"
        if low in _BOTH and is_rel(word.rel, "nsubj"):
            return Plurals(self.sheet, self.memory).two(self._in_sentence(word)), "the two last spoken of together"
        if low in WE:
            return self._speaker(word), "speaker of the quotation"
        return None, ""

    def _is_honorific(self, word: Word) -> bool:
        """`His Excellency`, `Her Majesty`: a title and no pronoun."""
        return word.rel == "nmod:poss" and word.head >= 0 and self.sentence.words[word.head].text in _HONOURS

    def _bracketed(self, word: Word) -> Actor | None:
        """`he [Karzai]`, `they (the Taliban)`: the party named in brackets right after the pronoun."""
        after = self.sentence.words[word.index + 1 : word.index + 2]
        found = self._just_from(word.index + 2) if after and after[0].text in ("[", "(") else None
        return found.mention.actor if found else None

    def _just_from(self, index: int) -> Found | None:
        """The mention that begins at a word, or at the word after an article there."""
        return next((f for f in self.sheet.found if f.mention.first in (index, index + 1) and f.mention.kind in ("name", "demonym")), None)

    def _but_speaker(self, word: Word) -> str:
        """The id of whoever speaks a quotation that the pronoun stands in: he would say `I`."""
        speaker = self._speaker_over(word)
        return speaker.id if speaker else ""

    def _speaker_over(self, word: Word, sure: bool = True) -> Actor | None:
        """Who speaks the quotation that a pronoun stands in; nobody while a speaker is looked for already, who may be a pronoun too."""
        if self.asking or not self._in_speech(word):
            return None
        self.asking = True
        speaker = self._speaker(word, sure)
        self.asking = False
        return speaker

    def _in_speech(self, word: Word) -> bool:
        """Whether a word stands in a quotation of whole clauses; after `that` the words are the reporter's still."""
        stretch = next((s for s in self.memory.speech.here(self.memory.position) if s.first <= word.index < s.last), None)
        return stretch is not None and (stretch.first < 2 or self.sentence.words[stretch.first - 2].text.lower() != "that")

    def _they(self, word: Word) -> Actor | None:
        return Plurals(self.sheet, self.memory).meant(word, self._in_sentence(word), self._speaker_over(word, sure=False))

    def _told_as_party(self, word: Word) -> bool:
        """`sees it as an ally`, `calls it a partner`: the noun that is said of the object is one of parties."""
        if not is_rel(word.rel, "obj") or word.head < 0:
            return False
        nouns = self.sentence.kids(word.head, "obl", "xcomp", "advcl")
        said = (k for k in nouns if k > word.index and self.sentence.words[k].upos == "NOUN")
        plain = (k for k in said if set(self.sentence.kid_texts(k, "case", "mark")) <= {"as"})
        return any(self.memory.table.nouns.get(self.sentence.words[k].text.lower(), frozenset()) & _PARTIES for k in plain)

    def _done_to_before(self, word: Word, party: Actor) -> bool:
        """`cut ties with Morocco and accused it`: object of a verb joined to the one before, whose only other party is meant."""
        verb = self.sentence.words[word.head] if word.head >= 0 else word
        if not is_rel(word.rel, "obj") or verb.rel != "conj":
            return False
        named = {t.actor.id for t in self._in_sentence(word) if not t.person}
        return named == {party.id}

    def _is_thing(self, word: Word) -> bool:
        """Whether `it` is likelier a thing than a party: told of by a noun or adjective, or with a thing named nearer before it.

        A later sentence's own `it` takes up the subject of the sentence before; where that was a thing, so is `it`.
        """
        if word.rel == "nmod:poss":
            return False
        if not is_rel(word.rel, "nsubj"):
            return self._nearer_thing(word, ("NN", "NNP"))
        head = self.sentence.words[word.head] if word.head >= 0 else word
        said = self._said_by_party(head.index)
        if head.upos in ("NOUN", "PROPN", "ADJ", "PRON", "NUM") and not said:
            return True
        if said or any(f.mention.head < word.index and _is_thing_found(f) for f in self.sheet.found):
            return False
        return self._nearer_thing(word, ("NN",)) or not self.memory.party_led

    def _said_by_party(self, clause: int) -> bool:
        """Whether a clause is what a party that is no person says or does ("Iran said it is ready")."""
        for up in (clause, *self.sentence.ancestors(clause)):
            if self.sentence.words[up].rel in ("ccomp", "advcl", "conj", "xcomp", "parataxis"):
                subject = self._subject_of(self.sentence.words[up].head)
                if subject and subject.known and not subject.id.startswith("person:") and not subject.anonymous:
                    return True
        return False

    def _nearer_thing(self, word: Word, tags: tuple[str, ...]) -> bool:
        """Whether a noun that is no party stands as subject or object before the pronoun, nearer than any party that could be meant."""
        parties = words_used(self.sheet.found)
        for i in range(word.index - 1, -1, -1):
            other = self.sentence.words[i]
            if i in parties and is_rel(other.rel, "nsubj", "obj"):
                return False
            if i not in parties and other.tag in tags and other.upos == "NOUN" and is_rel(other.rel, "nsubj", "obj", "obl", "nmod"):
                return True
        return False

    def _expletive(self, word: Word) -> bool:
        """`it is clear that`, `it seems`: no party."""
        head = self.sentence.words[word.head] if word.head >= 0 else None
        if word.rel == "expl" or head is None:
            return True
        told = is_rel(word.rel, "nsubj") and head.upos == "NOUN"
        if told and any("to" in self.sentence.kid_texts(k, "mark") for k in self.sentence.kids(head.index, "acl", "advcl")):
            return True
        kids = self.sentence.kids(head.index, "csubj", "ccomp") if is_rel(word.rel, "nsubj") and head.upos in ("ADJ", "NOUN") else []
        return bool(kids) or (head.lemma in ("seem", "appear", "happen") and is_rel(word.rel, "nsubj") and word.index < head.index)

    def _last(self, word: Word, fits: Fits) -> Actor | None:
        """The fitting party nearest back; a pronoun that opens as subject prefers an earlier subject to a nearer object."""
        framing = (self.memory.position, word.index) in self.memory.speech.framing
        # `"...," he said`: who frames a quotation is rather nobody that is only named in one.
        unquoted = self._last_of(word, lambda t: not t.quoted and fits(t)) if framing else None
        return unquoted or self._last_of(word, fits)

    def _last_of(self, word: Word, fits: Fits) -> Actor | None:
        """The party nearest back of those that fit, in the sentence first."""
        here = [t for t in self._in_sentence(word) if fits(t)]
        partner = self._partner(word)
        if partner:
            here = [t for t in here if t.word == partner.index] or here
        if here:
            return self._governing_party(word, here) or _pick(here)
        recent = [t for t in self.memory.recent() if fits(t)]
        if is_rel(word.rel, "nsubj"):
            subjects = [t for t in recent if t.subject]
            recent = subjects or recent
        if not recent:
            return None
        last = recent[-1].sentence
        return _pick([t for t in recent if t.sentence == last])

    def _governing_party(self, word: Word, here: list[Trace]) -> Actor | None:
        """Of parties before the pronoun the one nearest above it in the tree: possessor, subject, or told to do what it stands in."""
        by_word = {t.word: t for t in here}
        for index in governors(self.sentence, word, self.memory.table.controls):
            found = self._at(index)
            if found and found.mention.head in by_word:
                return by_word[found.mention.head].actor
        return None

    def _partner(self, word: Word) -> Word | None:
        """In `Iran and its allies` the first of the two: the party right before, or the noun that the pronoun's own noun is joined to."""
        noun = self.sentence.words[word.head] if word.rel == "nmod:poss" and word.head >= 0 else None
        if noun and word.index and not is_rel(noun.rel, "nsubj") and self.sentence.words[word.index - 1].text.lower() == "and":
            beside = self._ending(word.index - 1)
            if beside:
                return self.sentence.words[beside.mention.head]
        return self.sentence.words[noun.head] if noun and noun.rel == "conj" and noun.head >= 0 else None

    def _in_sentence(self, word: Word) -> list[Trace]:
        """Parties named earlier in the sentence; those that share the pronoun's own verb with it cannot be meant."""
        before = [f for f in self.sheet.found if f.mention.head < word.index]
        traces = [t for t in (self.memory.trace(f, self.sentence) for f in before) if t]
        traces += self.memory.joined(before, self.sentence)
        traces += [self.memory.joint_trace(a, self.sentence.words[w]) for w, a in self.sheet.joint if w < word.index]
        if word.rel == "nmod:poss":
            return traces
        return [t for t in traces if not self._same_verb(t, word)]

    def _same_verb(self, trace: Trace, word: Word) -> bool:
        """Whether a party is an argument of the pronoun's verb, be it a subject shared with the verb before."""
        head = self.sentence.words[trace.word]
        verbs = [word.head]
        while self.sentence.words[verbs[-1]].rel == "conj" and not self.sentence.kids(verbs[-1], "nsubj") and len(verbs) < 5:
            verbs.append(self.sentence.words[verbs[-1]].head)
        if head.head == word.head and is_rel(head.rel, "nsubj", "obj", "obl", "iobj"):
            return True
        return not is_rel(word.rel, "nsubj") and head.head in verbs and is_rel(head.rel, "nsubj")

    def _relative(self, word: Word) -> None:
        """`who`, `which`, `that` stand for the noun that their clause hangs on."""
        if word.tag not in ("WP", "WDT", "WP$") and word.text.lower() != "whose":
            return
        found = self._just_before(word.index) or self._governing(word.index)
        if found and found.mention.actor:
            span = (word.index, word.index + 1)
            self.sheet.add(span, word.index, "pronoun", found.mention.actor, "relative clause of its noun", found.topic)

    def _just_before(self, index: int) -> Found | None:
        """The party whose words end right before the pronoun, over a comma: nearer than the tree may say."""
        end = index - (self.sentence.words[index - 1].text == ",") if index else 0
        found = self._ending(end)
        return found if found and found.mention.head < end else None

    def _ending(self, end: int) -> Found | None:
        """The mention whose last word stands right before a word."""
        return next((f for f in self.sheet.found if f.mention.last == end), None)

    def _governing(self, index: int) -> Found | None:
        """The party on whose noun the relative clause hangs."""
        clause = next((a for a in (index, *self.sentence.ancestors(index)) if self.sentence.words[a].rel == "acl:relcl"), -1)
        noun = self.sentence.words[clause].head if clause >= 0 else -1
        found = self._at(noun)
        # "Russia, Chad's close ally, whose troops": what stands beside a name is no mention of its own.
        if found is None and noun >= 0 and self.sentence.words[noun].rel == "appos":
            found = self._at(self.sentence.words[noun].head)
        return found

    def _speaker(self, word: Word, sure: bool = False) -> Actor | None:
        """Who says the words: as the marks tell; else the subject of a verb over or beside them; else, unless sure, the last speaker."""
        chain = self.memory.chain_at(word.index)
        voice = (self._by_inner_mark(word) or self._voice(chain)) if chain >= 0 else None
        if voice:
            return voice
        for up in self.sentence.ancestors(word.index):
            if self.sentence.words[up].rel in ("ccomp", "parataxis"):
                found = self._subject_of(self.sentence.words[up].head)
                if found:
                    return found
            for kid in self.sentence.kids(up, "parataxis"):
                found = self._subject_of(kid)
                if found:
                    return found
        if sure:
            return None
        both = [s for s in (self.memory.speaker, self._last_person()) if s]
        last = max(both, key=lambda s: s[0], default=None)
        quoted = chain >= 0 or any(w.text in QUOTES for w in self.sentence.words) or (last and self.memory.clock - last[0] == 1)
        return last[1] if last and quoted and self.memory.clock - last[0] <= PRONOUN_REACH else None

    def _by_inner_mark(self, word: Word) -> Actor | None:
        """Of a quotation within a quotation: the subject of the verb before the inner mark."""
        subject = inner_speaker(self.sentence, word.index)
        return self._named_at(subject) if subject >= 0 else None

    def _voice(self, chain: int) -> Actor | None:
        """Whoever is named as speaking the chain: in this sentence, before it, or only after it."""
        frame = self.memory.speech.frame_of(chain, self.memory.position)
        if frame is None or frame[0] < self.memory.position:
            return self.memory.voices.get(chain)
        if frame[0] > self.memory.position:
            return self.memory.ahead(*frame)
        return self._named_at(frame[1])

    def _named_at(self, index: int) -> Actor | None:
        """The party that a word names or, as a pronoun, stands for."""
        found = self._at(index)
        if found:
            return found.mention.actor
        low = self.sentence.words[index].text.lower()
        return self._meant(self.sentence.words[index])[0] if low in _HE | _SHE | _IT | THEM else None

    def _last_person(self) -> tuple[int, Actor] | None:
        """Of a quotation without a speaker: the person who was last the subject of a sentence."""
        found = next((t for t in reversed(self.memory.traces) if t.person and t.subject and not t.plural and not t.quoted), None)
        return (found.sentence, found.actor) if found else None

    def _subject_of(self, verb: int) -> Actor | None:
        """Who does what a verb tells: its subject, the one it cites, or the noun that it is told of ("an official saying")."""
        over = self.sentence.words[verb].head if self.sentence.words[verb].rel == "advcl" else verb
        cited = self.sentence.kids(over, "obj") if self.sentence.words[over].lemma in _CITING else []
        found = next((f for f in map(self._at, cited) if f), None)
        if found:
            return found.mention.actor
        for kid in self.sentence.kids(verb, "nsubj"):
            if self.sentence.words[kid].text.lower() in (*_HE, *_SHE) and kid not in self.sheet.taken:
                return self._meant(self.sentence.words[kid])[0]
            found = self._at(kid)
            if found:
                return found.mention.actor
        head = self.sentence.words[verb].head
        if self.sentence.words[verb].rel == "conj" and head >= 0:
            return self._subject_of(head)
        found = self._at(head) if self.sentence.words[verb].rel == "acl" else None
        return found.mention.actor if found else None

    def _at(self, index: int) -> Found | None:
        """The mention that a word is part or head of."""
        return next((f for f in self.sheet.found if f.mention.first <= index < f.mention.last or f.mention.head == index), None)


def _is_thing_found(found: Found) -> bool:
    actor = found.mention.actor
    return actor is not None and not actor.id.startswith("person:") and not actor.anonymous and not found.mention.place and not found.plural


def _is_thing(trace: Trace) -> bool:
    """Whether `it` may stand for a party: one, no person, not unnamed, no paper that is only quoted."""
    many = trace.plural and not (trace.actor.known and trace.actor.id.startswith(MANY_AS_ONE))
    return not (trace.person or many or trace.actor.anonymous or trace.actor.sector == "media" or "human" in trace.topic)


def _pick(traces: list[Trace]) -> Actor:
    """A subject first, the last of them; else the last party that is no mere possessor; else the last."""
    subjects = [t for t in traces if t.subject]
    others = [t for t in traces if not t.possessor]
    return (subjects or others or traces)[-1].actor
