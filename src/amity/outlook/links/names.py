"""Entity names -> country and sector, as far as the name or the company it keeps tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from amity.outlook.links.facts import Doubled, Ints

_BRACKET = re.compile(r"([^()]*[^() _])[ _]*\((.+)\)$")


def read_names(entities: Sequence[str]) -> tuple[Ints, Ints]:
    """Names such as "Police (Kenya)" -> number of country and of sector of each, -1 where the name tells none.

    A name that stands in the brackets of others is a country, and of a sector of its own.

    >>> country, sector = read_names(["Kenya", "Police (Kenya)", "Police (Mali)", "Ada Obi"])
    >>> country[0] == country[1], sector[1] == sector[2], country[3], sector[0] != sector[1]
    (np.True_, np.True_, np.int64(-1), np.True_)
    """
    clean = [name.replace("_", " ").strip() for name in entities]
    split = [_BRACKET.match(name) for name in clean]
    homes = {m.group(2) for m in split if m}
    countries = {home: i for i, home in enumerate(sorted(homes))}
    sectors = {name: i + 1 for i, name in enumerate(sorted({m.group(1) for m in split if m}))}
    country = [countries[m.group(2)] if m else countries.get(name, -1) for m, name in zip(split, clean, strict=True)]
    sector = [sectors[m.group(1)] if m else 0 if name in homes else -1 for m, name in zip(split, clean, strict=True)]
    return np.array(country, np.int64), np.array(sector, np.int64)


def infer_countries(facts: Doubled, named: Ints) -> tuple[Ints, Ints]:
    """Facts and countries by name -> a country for others too, and the first day each entity was met.

    An entity whose name tells no country is given, once and for all, the one its partners of its first day
    have most often (the lowest number among equals); so it is known from the day after, and by nothing later.
    """
    country = named.copy()
    first = np.full(facts.entities, np.iinfo(np.int64).max)
    np.minimum.at(first, facts.subject, facts.day)
    fresh = facts.day == first[facts.subject]
    rows = np.flatnonzero(fresh & (named[facts.subject] < 0))
    bounds = np.flatnonzero(np.diff(facts.day[rows], prepend=-1))
    for begin, end in zip(bounds, np.append(bounds[1:], len(rows)), strict=True):
        part = rows[begin:end]
        homes = country[facts.object[part]]
        part, homes = part[homes >= 0], homes[homes >= 0]
        if not len(part):
            continue
        keys, many = np.unique(facts.subject[part] * (named.max() + 2) + homes, return_counts=True)
        who, home = np.divmod(keys, named.max() + 2)
        order = np.lexsort((-home, many))
        country[who[order]] = home[order]
    return country, first
