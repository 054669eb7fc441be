"""The claims of an incident -> its accounts: a row for each voice on each origin, and who is silent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from amity.incidents.figures import find_figures
from amity.incidents.origins import origin_of_claim, voice_key, voice_of
from amity.incidents.traits import find_places
from amity.incidents.words import find_names, name_key
from amity.records import Account, Claim, Document, Origin, Party, Silent, Telling

# A sentence that says itself that someone keeps silent.
NO_COMMENT = re.compile(
    r"\b(?:declin|refus)\w* to (?:comment|say|answer|confirm|discuss)|\bno (?:immediate |official )?(?:comment|response|reaction)\b"
    r"|\b(?:did|has|have|had|was|were) (?:not|n['’]t) (?:immediately |yet )?(?:comment|respon|repl|reach|react|available|issue)\w*",
    re.IGNORECASE,
)
# Parties that have a voice of their own; people behind unknown words have none that would be missed.
SPEAKING = ("state:", "group:", "body:", "org:", "person:")


def tell_claim(claim: Claim) -> Telling:
    """A claim -> what it tells, ready to be set beside others."""
    recipient = claim.recipient
    return Telling(
        claim=claim.id,
        document=claim.document_id,
        quote=claim.quote,
        act=claim.type,
        actor=claim.actor.name,
        actor_side=claim.actor.side_id or claim.actor.id,
        target=recipient.name if recipient else "",
        target_side=(recipient.side_id or recipient.id) if recipient else "",
        status=claim.status,
        when=claim.date,
        published=claim.published,
        places=tuple(find_places(claim)),
        figures=tuple(find_figures(claim.quote)),
    )


def lay_accounts(claims: Sequence[Claim], texts: Mapping[str, Origin]) -> tuple[Account, ...]:
    """Claims of one incident -> its accounts, those of most documents first, then by voice."""
    rows: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    origins: dict[str, Origin] = {}
    for claim in sorted(claims, key=lambda c: (c.published or "9999", c.document_id, c.start, c.id)):
        origin = origin_of_claim(claim, texts)
        origins.setdefault(origin.key, origin)
        rows[origin.key, voice_key(voice_of(claim))].append(claim)
    found = [
        Account(voice_of(held[0]), origins[key], tuple(dict.fromkeys(c.document_id for c in held)), tuple(tell_claim(c) for c in held))
        for (key, _), held in rows.items()
    ]
    return tuple(sorted(found, key=lambda a: (-len(a.documents), a.origin.key, a.voice)))


def count_origins(accounts: Iterable[Account]) -> tuple[int, int]:
    """Accounts -> how many independent origins stand behind them, and how many documents beyond one for each.

    An unnamed source of an agency and the agency's own voice are one origin.
    """
    printed: dict[str, set[str]] = defaultdict(set)
    for account in accounts:
        printed[account.origin.key.removesuffix("/unnamed")].update(account.documents)
    documents = set().union(*printed.values()) if printed else set()
    return len(printed), max(0, len(documents) - len(printed))


def find_silent(claims: Sequence[Claim], documents: Mapping[str, Document]) -> tuple[Silent, ...]:
    """Claims of one incident -> its parties that no account lets speak, with the words where a report says so itself."""
    parties: dict[str, Party] = {}
    for claim in claims:
        for party in (claim.actor, claim.recipient):
            if party and party.side_id.startswith(SPEAKING) and not party.anonymous:
                parties.setdefault(party.side_id, party)
    heard = {side for claim in claims for side in heard_sides(claim, parties)}
    found = []
    for side, party in sorted(parties.items()):
        if side in heard:
            continue
        said = say_silence(party, claims, documents)
        role = "told to have acted" if any(c.actor.side_id == side for c in claims) else "told to have been acted on"
        found.append(Silent(side, party.side or party.name, said or f"{role}; no account carries the word of this side"))
    return tuple(found)


def heard_sides(claim: Claim, parties: Mapping[str, Party]) -> set[str]:
    """Sides that a claim lets speak: its named sources by their words, and the actor of a denial or utterance."""
    heard = {side for side, p in parties.items() for s in claim.sources if speaks_for(s.name, p)}
    if claim.status == "denied" or claim.type in UTTERED:
        heard.add(claim.actor.side_id)
    return heard


UTTERED = frozenset(("AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))


def speaks_for(source: str, party: Party) -> bool:
    """Whether a source's words name the party or its side."""
    keys = {name_key(n) for *_, n in find_names(f"- {source}")} | {name_key(w) for w in (source, *source.split())}
    return bool(keys & {name_key(party.side), name_key(party.name), name_key(party.words)})


def say_silence(party: Party, claims: Sequence[Claim], documents: Mapping[str, Document]) -> str:
    """The words in which a report of the incident says that the party keeps silent; empty where none does."""
    for claim in claims:
        document = documents.get(claim.document_id)
        text = document.text[max(0, claim.start - 400) : claim.end + 400] if document else claim.quote
        for match in NO_COMMENT.finditer(text):
            sentence = text[text.rfind(". ", 0, match.start()) + 1 : match.end()]
            if speaks_for(sentence, party):
                return f"“{' '.join(sentence.split())}”"
    return ""
