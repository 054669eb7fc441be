"""All that is counted of the past, moved on a day at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from amity.outlook.links.facts import Doubled, Floats, Ints
from amity.outlook.links.latent import Latent
from amity.outlook.links.names import infer_countries, read_names
from amity.outlook.links.rules import Rules
from amity.outlook.links.tally import Tally

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Half-lives in days. Of a repeated question: from yesterday's news to the whole year; of the rest a short and a long one.
REPEAT = (1.5, 5.0, 15.0, 45.0, 150.0)
PAIR = (2.0, 15.0, 100.0)
WIDE = (10.0, 100.0)
# Of what stood between two before: what a fortnight's rules and what a season's rest on.
RULES = (15.0, 90.0)


class Memory:
    """Tallies of doubled facts up to a day; every one is keyed by parts of (subject, relation, object, home, sector)."""

    def __init__(self, facts: Doubled, entities: Sequence[str]) -> None:
        self.facts = facts
        named, sector = read_names(entities)
        home, self.first_met = infer_countries(facts, named)
        self.homes, self.sectors = int(named.max(initial=0)) + 2, int(sector.max(initial=0)) + 2
        self.named, self.home, self.sector = named, home, sector
        self.days = np.unique(facts.day)
        self.start = np.append(np.searchsorted(facts.day, self.days), len(facts.day))
        s, r, o = facts.subject, facts.relation, facts.object
        self.tables = {name: Tally(self.key(name, s, r, o), lives) for name, lives in TABLES.items()}
        self.rules, self.slow_rules = (Rules(facts, Tally(self.key("so_r", s, r, o), (life,))) for life in RULES)
        self.latent = Latent(facts)
        self.done = 0

    def homes_known(self, day: int) -> Ints:
        """Country of each entity as known on the morning of a day: of those not met before, only what the name tells."""
        return np.where(self.first_met < day, self.home, self.named)

    def key(self, name: str, s: Ints, r: Ints, o: Ints, day: int | None = None) -> Ints:
        """The key of a table for questions and objects; an unknown home or sector is a value of its own.

        For a question `day` says when it is asked; without, the rows are being counted and homes are as settled.
        """
        f, n, q = self.facts, self.facts.entities, 2 * self.facts.relations
        role = r // f.relations
        home = self.home if day is None else self.homes_known(day)
        hs, ho = home[s] + 1, home[o] + 1
        ks, ko = self.sector[s] + 1, self.sector[o] + 1
        h, k = self.homes, self.sectors
        parts: dict[str, tuple[Sequence[Ints], Sequence[int]]] = {
            "sr_o": ((s, r, o), (q, n)),
            "s_o": ((s, role, o), (2, n)),
            "so_r": ((s, role, o, r), (2, n, q)),
            "r_o": ((r, o), (n,)),
            "o": ((role, o), (n,)),
            "sr": ((s, r), (q,)),
            "s": ((s, role), (2,)),
            "r": ((r,), ()),
            "sr_h": ((s, r, ho), (q, h)),
            "s_h": ((s, role, ho), (2, h)),
            "sr_k": ((s, r, ko), (q, k)),
            "hr_o": ((hs, r, o), (q, n)),
            "h_o": ((hs, role, o), (2, n)),
            "hr_h": ((hs, r, ho), (q, h)),
            "hr": ((hs, r), (q,)),
            "kr_k": ((ks, r, ko), (q, k)),
            "kr": ((ks, r), (q,)),
            "h_h": ((hs, role, ho), (2, h)),
            "krs_k": ((ks, r, ko, (hs == ho) & (hs > 0)), (q, k, 2)),
            "kr_o": ((ks, r, o), (q, n)),
            "hkr_hk": ((hs, ks, r, ho, ko), (k, q, h, k)),
            "hkr_o": ((hs, ks, r, o), (k, q, n)),
        }
        columns, sizes = parts[name]
        out = columns[0].astype(np.int64)
        for column, size in zip(columns[1:], sizes, strict=True):
            out = out * size + column
        return np.asarray(out)

    def company(self, day: int, column: int) -> csr_array:
        """Who meets whom, in either role: log of one plus the decayed count, as a sparse matrix."""
        from scipy.sparse import csr_array

        table, n = self.tables["s_o"], self.facts.entities
        heat = table.heat[:, column] * np.exp((day - table.last).astype(np.float32) * table.rates[column])
        live = np.flatnonzero((table.total > 0) & (heat > 0.02))
        who, other = np.divmod(table.keys[live], n)
        return csr_array((np.log1p(heat[live]), (who // 2, other)), shape=(n, n))

    def two_hops(self, s: Ints, o: Ints, day: int) -> tuple[Floats, Floats]:
        """Pairs -> how much company they share, lately and in the last months, against how much the object keeps."""
        out = []
        subjects, row = np.unique(s, return_inverse=True)
        for column in (0, 2):
            matrix = self.company(day, column)
            size = np.sqrt(np.asarray(matrix.sum(1)).ravel() + 1.0)
            shared = (matrix[subjects] @ matrix).toarray()
            out.append((shared[row, o] / (size[s] * size[o])).astype(np.float32))
        return out[0], out[1]

    def answers_alike(self, s: Ints, r: Ints, o: Ints, day: int) -> Floats:
        """Questions with objects -> how like the past answers of the question the object is, by company kept."""
        unit, n, q = self.latent.unit, self.facts.entities, 2 * self.facts.relations
        asked, row = np.unique(s * q + r, return_inverse=True)
        table, middle = self.tables["sr_o"], np.zeros((len(asked), unit.shape[1]), np.float32)
        for i, key in enumerate(asked.tolist()):
            span = table.span(key * n, (key + 1) * n)
            heat = np.where(table.total[span] > 0, table.heat[span, 4], np.float32(0.0))
            middle[i] = heat @ unit[table.keys[span] - key * n]
        middle /= np.linalg.norm(middle, axis=1, keepdims=True) + 1e-6
        return np.asarray(np.einsum("ij,ij->i", middle[row], unit[o]), np.float32)

    def learn_until(self, day: int) -> None:
        """Take in all days before a day."""
        while self.done < len(self.days) and self.days[self.done] < day:
            now = int(self.days[self.done])
            rows = slice(int(self.start[self.done]), int(self.start[self.done + 1]))
            self.rules.add(rows, now)
            self.slow_rules.add(rows, now)
            for table in self.tables.values():
                table.add(rows, now)
            self.latent.add(rows, now)
            self.done += 1
        self.latent.refresh(day)


TABLES = {
    "sr_o": REPEAT, "s_o": PAIR, "r_o": PAIR, "o": PAIR, "sr": WIDE, "s": WIDE, "r": WIDE, "sr_h": WIDE, "s_h": WIDE,
    "sr_k": WIDE, "hr_o": WIDE, "h_o": WIDE, "hr_h": WIDE, "hr": WIDE, "kr_k": WIDE, "kr": WIDE, "hkr_hk": WIDE, "hkr_o": WIDE,
    "h_h": WIDE, "krs_k": WIDE, "kr_o": WIDE,
}  # fmt: skip
