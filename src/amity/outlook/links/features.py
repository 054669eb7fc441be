"""Questions with candidate objects -> what speaks for each, in columns; every one counts past events."""

from __future__ import annotations

import numpy as np

from amity.outlook.links.facts import Floats, Ints
from amity.outlook.links.memory import PAIR, REPEAT, WIDE, Memory

Read = tuple[Floats, Floats, Floats]
# Weight put beside a decayed count when a share of it is taken, so that shares of next to nothing are small.
WHOLE = 0.1


class Sheet:
    """The columns of a day's rows (subject, relation, object, number of the question), filled one by one."""

    def __init__(self, memory: Memory, rows: tuple[Ints, Ints, Ints, Ints], day: int) -> None:
        self.memory, self.day = memory, day
        self.s, self.r, self.o, self.question = rows
        relations = memory.facts.relations
        self.turned = np.where(self.r < relations, self.r + relations, self.r - relations)
        self.names: list[str] = []
        self.columns: list[Floats] = []

    def put(self, name: str, values: Floats) -> None:
        """A column."""
        self.names.append(name)
        self.columns.append(values.astype(np.float32, copy=False))

    def put_best(self, name: str, values: Floats) -> None:
        """A column against the best candidate of its question."""
        top = np.zeros(int(self.question.max(initial=0)) + 1, np.float32)
        np.maximum.at(top, self.question, values)
        self.put(name, values / (top[self.question] + np.float32(1e-6)))

    def put_place(self, name: str, values: Floats) -> None:
        """A column's place among the candidates of its question, from 0 for the greatest; equals share the best place."""
        order = np.lexsort((-values, self.question))
        at = np.arange(len(values))
        fresh = (np.diff(values[order], prepend=np.nan) != 0) | (np.diff(self.question, prepend=-1) != 0)
        best = np.maximum.accumulate(np.where(fresh, at, 0))
        first = np.maximum.accumulate(np.where(np.diff(self.question, prepend=-1) != 0, at, 0))
        out = np.empty(len(values), np.float32)
        out[order] = best - first
        self.put(name, out)

    def look(self, table: str, turned: bool = False) -> Read:
        """A table at the rows' keys: decayed counts, count ever, days since; `turned` looks the other way."""
        tally = self.memory.tables[table]
        keys = self.memory.key(table, self.s, self.turned if turned else self.r, self.o, self.day)
        return tally.at(tally.find(keys), self.day)

    def put_heat(self, name: str, heat: Floats, lives: tuple[float, ...]) -> None:
        """Decayed counts, a column a half-life."""
        for k, half_life in enumerate(lives):
            self.put(f"{name} {half_life:g}", heat[:, k])


def make_features(
    memory: Memory, rows: tuple[Ints, Ints, Ints, Ints], day: int, said: tuple[Floats, tuple[Floats, Floats] | None]
) -> tuple[list[str], Floats]:
    """Rows of (subject, relation, object, number of the question) on a day -> names of the columns, and the columns.

    `said` holds the simple sum, and of the network the log of the share and the part that its vectors give, if there is one.
    """
    simple, network = said
    sheet = Sheet(memory, rows, day)
    if network is not None:
        share, fit = network
        sheet.put("network share", share)
        sheet.put("network fit", fit)
    sheet.put("simple", simple)
    sheet.put_best("simple best", simple)
    asked, acted = sheet.look("sr"), sheet.look("s")
    _put_repeats(sheet, asked)
    _put_pairs(sheet, acted)
    _put_objects(sheet)
    _put_questions(sheet, asked, acted)
    _put_names(sheet, asked, acted)
    _put_company(sheet)
    return sheet.names, np.column_stack(sheet.columns)


def _put_repeats(sheet: Sheet, asked: Read) -> None:
    """How often the very answer came to the very question, and the same act the other way round."""
    heat, ever, gap = sheet.look("sr_o")
    sheet.put("repeat gap less asked gap", gap - asked[2])
    sheet.put_best("repeats best", heat[:, 3])
    sheet.put_heat("repeats", heat, REPEAT)
    sheet.put_place("repeats 15 place", heat[:, 2])
    sheet.put_place("repeats 150 place", heat[:, 4])
    sheet.put_place("repeat gap place", -gap)
    sheet.put("repeats ever", ever)
    sheet.put("repeat gap", gap)
    sheet.put("repeat share", heat[:, 3] / (asked[0][:, 1] + WHOLE))
    sheet.put("repeat share ever", ever / (asked[1] + 1.0))
    heat, ever, gap = sheet.look("sr_o", turned=True)
    sheet.put("inverse 5", heat[:, 1])
    sheet.put("inverse 150", heat[:, 4])
    sheet.put("inverse gap", gap)


def _put_pairs(sheet: Sheet, acted: Read) -> None:
    """Any act between the two, in either direction."""
    for name, turned in (("same way", False), ("other way", True)):
        heat, ever, gap = sheet.look("s_o", turned)
        sheet.put_heat(name, heat, PAIR)
        sheet.put(f"{name} ever", ever)
        sheet.put(f"{name} gap", gap)
        sheet.put(f"{name} share", heat[:, 2] / (acted[0][:, 1] + WHOLE))
        sheet.put_best(f"{name} best", heat[:, 1])
        sheet.put_best(f"{name} best 100", heat[:, 2])
        sheet.put_place(f"{name} place", heat[:, 1])
        sheet.put_place(f"{name} gap place", -gap)


def _put_objects(sheet: Sheet) -> None:
    """How often the object answers the relation, and is met at all, in either role."""
    whole = sheet.look("r")[0][:, 1]
    heat, _, gap = sheet.look("r_o")
    sheet.put_heat("answers", heat, PAIR)
    sheet.put("answer gap", gap)
    sheet.put_place("answers place", heat[:, 1])
    sheet.put_best("answers best", heat[:, 2])
    sheet.put("answer share", heat[:, 2] / (whole + WHOLE))
    sheet.put("relation 100", whole)
    sheet.put("answer of met", heat[:, 2] / (sheet.look("o", turned=True)[0][:, 2] + WHOLE))
    for name, turned in (("met same role", False), ("met other role", True)):
        heat, _, gap = sheet.look("o", turned)
        sheet.put_heat(name, heat, PAIR)
        sheet.put(f"{name} gap", gap)
    first = sheet.memory.first_met[sheet.o]
    sheet.put("days known", np.minimum(sheet.day - np.minimum(first, sheet.day), 400).astype(np.float32))


def _put_questions(sheet: Sheet, asked: Read, acted: Read) -> None:
    """What is the same for all candidates of a question."""
    sheet.put("asked 10", asked[0][:, 0])
    sheet.put("asked 100", asked[0][:, 1])
    sheet.put("asked gap", asked[2])
    sheet.put("acted 10", acted[0][:, 0])
    sheet.put("acted 100", acted[0][:, 1])


def _put_names(sheet: Sheet, asked: Read, acted: Read) -> None:
    """Country and sector, as the names tell them: whom the subject, its country and its sector meet."""
    memory, s, o = sheet.memory, sheet.s, sheet.o
    by_home, by_sector = sheet.look("hr")[0][:, 1], sheet.look("kr")[0][:, 1]
    wholes = {
        "sr_h": asked[0][:, 1], "s_h": acted[0][:, 1], "sr_k": asked[0][:, 1], "hr_o": by_home, "h_o": None,
        "hr_h": by_home, "kr_k": by_sector, "hkr_hk": None, "hkr_o": None,
    }  # fmt: skip
    for table, whole in wholes.items():
        heat, _, gap = sheet.look(table)
        sheet.put_heat(table, heat, WIDE)
        sheet.put(f"{table} gap", gap)
        if whole is not None:
            sheet.put(f"{table} share", heat[:, 1] / (whole + WHOLE))
        if table == "hr_o":
            sheet.put_best("hr_o best", heat[:, 1])
            sheet.put_place("hr_o place", heat[:, 1])
    for table in ("h_o", "h_h"):
        sheet.put_heat(f"{table} turned", sheet.look(table, turned=True)[0], WIDE)
    for table in ("krs_k", "kr_o"):
        heat, _, gap = sheet.look(table)
        sheet.put_heat(table, heat, WIDE)
        sheet.put(f"{table} gap", gap)
    homes = memory.homes_known(sheet.day)
    sheet.put("same home", ((homes[s] == homes[o]) & (homes[o] >= 0)).astype(np.float32))
    sheet.put("same sector", (memory.sector[s] == memory.sector[o]).astype(np.float32))
    sheet.put("sector of object", memory.sector[o].astype(np.float32))
    sheet.put("self", (s == o).astype(np.float32))


def _put_company(sheet: Sheet) -> None:
    """Rules learnt from what followed what, likeness of company, and company shared."""
    memory, s, r, o, day = sheet.memory, sheet.s, sheet.r, sheet.o, sheet.day
    some, best, mean = memory.rules.say(s, r, o, day, memory.rules.strength())
    sheet.put("rules noisy-or", some)
    sheet.put("rules best", best)
    sheet.put("rules mean", mean)
    sheet.put_best("rules noisy-or best", some)
    sheet.put_place("rules place", some)
    some, best, _ = memory.slow_rules.say(s, r, o, day, memory.slow_rules.strength())
    sheet.put("slow rules noisy-or", some)
    sheet.put("slow rules best", best)
    sheet.put_best("slow rules noisy-or best", some)
    unit = memory.latent.unit
    sheet.put("alike", np.einsum("ij,ij->i", unit[s], unit[o]))
    short, long = memory.two_hops(s, o, day)
    sheet.put("two hops short", short)
    sheet.put("two hops long", long)
    sheet.put_best("two hops best", long)
    sheet.put("answers alike", memory.answers_alike(s, r, o, day))
    sheet.put("askers alike", memory.answers_alike(o, sheet.turned, s, day))
