"""Which pairs of actors are worth comparing: those that share a rare word, an acronym or the sound of a name."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from amity.actors.likeness import LOOKED_AT, Likeness, Profile, compare, initials_of
from amity.actors.names import is_acronym
from amity.actors.spelling import consonants, spelling_key

# A word shared by more actors than this tells nothing of who they are; the block is then left out. With 100,000
# names it keeps pairs to a few a name.
LARGEST = 12


def find_candidates(profiles: Sequence[Profile], least: float = LOOKED_AT) -> Iterator[Likeness]:
    """Profiles -> pairs that may be one actor, with their reasons, the likeliest first."""
    found = [compare(a, b) for a, b in pairs_in_blocks(profiles)]
    yield from sorted((f for f in found if f.chance >= least), key=lambda f: (-f.log_odds, f.a, f.b))


def pairs_in_blocks(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Each pair of profiles that shares a block, once, in order of the profiles."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, profile in enumerate(profiles):
        for key in block_keys(profile.names):
            blocks[key].append(place)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if 1 < len(members) <= LARGEST:
            for i, a in enumerate(members):
                for b in members[i + 1 :]:
                    if (a, b) not in seen and a != b:
                        seen.add((a, b))
                        yield profiles[a], profiles[b]


def block_keys(names: Iterable[str]) -> set[str]:
    """Names -> keys under which one actor's spellings meet: the whole name by sound, its words, its initials, its consonants."""
    out: set[str] = set()
    for name in names:
        words = spelling_key(name).split()
        out.add("whole " + " ".join(sorted(words)))
        out |= {f"word {w}" for w in words if len(w) > 3}
        out |= {f"whole {a}{b}" for a, b in itertools.pairwise(words)} | {"whole " + "".join(words)}
        bones = consonants(name).split()
        out |= {f"bones {bones[-1]}", "bones " + "".join(bones)} if bones else set()
        out |= {f"initials {i}" for i in initials_of(name)}
        if is_acronym(name):
            out.add("initials " + name.replace(".", "").lower())
    return out
