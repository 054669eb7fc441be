"""Accounts of an incident -> credibility of each claim, 1 to 6, by a rule that is printed with the grade.

The steps are those of the Admiralty code's second sign. What counts is origins, never outlets or copies: an origin
stands for a claim where it tells the same act, and against it where it denies it or contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from amity.incidents.differences import tell_one_act
from amity.records import Account, Difference, Grade, Telling

# The rule, as printed: first line that holds gives the grade.
RULES: Mapping[int, str] = {
    5: "5, improbable: as many independent origins or more speak against it as for it",
    4: "4, doubtful: an independent origin speaks against it, more speak for it",
    1: "1, confirmed: three independent origins tell it, or two of which one is named, and none speaks against it",
    2: "2, probably true: two independent origins tell it, none of them named, and none speaks against it",
    6: "6, cannot be judged: one origin alone, and it is unnamed or tells it as rumoured, planned or supposed",
    3: "3, possibly true: one origin alone, named, tells it as done, and none speaks against it",
}


def grade_claims(accounts: Sequence[Account], differences: Sequence[Difference]) -> tuple[Grade, ...]:
    """Accounts and their differences -> a grade for each claim, by id."""
    against: dict[str, set[str]] = {}
    for d in differences:
        if d.relation == "contradiction":
            against.setdefault(d.a, set()).add(d.b)
            against.setdefault(d.b, set()).add(d.a)
    grades = [grade_telling(t, account, accounts, against) for account in accounts for t in account.tellings]
    return tuple(sorted(grades, key=lambda g: g.claim))


def grade_telling(telling: Telling, own: Account, accounts: Sequence[Account], against: Mapping[str, set[str]]) -> Grade:
    """One telling -> its grade: origins that tell the same act and the same way, and origins that speak against it."""
    contrary = against.get(telling.claim, set())
    supporting: dict[str, bool] = {base_of(own): own.origin.named}
    opposing: set[str] = set()
    for account in accounts:
        for other in account.tellings:
            if other.claim == telling.claim or not tell_one_act(telling, other):
                continue
            if other.denies != telling.denies or other.claim in contrary:
                opposing.add(base_of(account))
            elif other.status == telling.status or {other.status, telling.status} <= {"reported", "rumoured"}:
                supporting[base_of(account)] = supporting.get(base_of(account), False) or account.origin.named
    opposing -= {base_of(own)}
    value = choose_grade(telling, supporting, opposing)
    names = {base_of(a): a.origin.name for a in (own, *accounts)} | {a.origin.key: a.origin.name for a in (own, *accounts)}
    contra = f" ({_list_names(opposing, names)})" if opposing else ""
    why = f"{len(supporting)} for ({_list_names(supporting, names)}); {len(opposing)} against{contra}"
    return Grade(telling.claim, value, RULES[value], why)


def _list_names(keys: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(sorted(names[k] for k in keys))


def base_of(account: Account) -> str:
    """The origin that an account counts for: an agency's unnamed source is the agency."""
    return account.origin.key.removesuffix("/unnamed")


def choose_grade(telling: Telling, supporting: Mapping[str, bool], opposing: set[str]) -> int:
    """Origins for (with whether they are named) and against -> the grade by RULES."""
    if opposing:
        return 5 if len(opposing) >= len(supporting) else 4
    if len(supporting) >= 3 or (len(supporting) == 2 and any(supporting.values())):
        return 1
    if len(supporting) == 2:
        return 2
    return 3 if telling.status in ("reported", "denied") and all(supporting.values()) else 6
