"""What can go wrong, as one sentence each: what, where, got, allowed, and the remedy.

AmityError
├── BadInput     a file, line or option that cannot be used as it is
├── BadRecord    a record that breaks its own rules (a fault in amity or in a hand-made file)
├── BadTable     a row of our own or the user's tables that the linter refuses
├── LedgerError  the store cannot be opened, read or written
└── NotFound     a name or id that nothing answers to; says what is near
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class AmityError(Exception):
    """Base of all errors that a user may see; `str()` is the sentence to print."""


class BadInput(AmityError):
    """A file, line or option that cannot be used as it is."""


class BadRecord(AmityError):
    """A record that breaks its own rules."""


class BadTable(AmityError):
    """A table row that the linter refuses."""


class LedgerError(AmityError):
    """The store cannot be opened, read or written."""


class NotFound(AmityError):
    """A name or id that nothing answers to."""


def suggest(wanted: str, known: Iterable[str]) -> str:
    """Near names as the end of a sentence, or nothing; suggested, never substituted.

    >>> suggest("Tukey", ["Turkey", "Syria"])
    '; did you mean Turkey?'
    """
    near = get_close_matches(wanted, list(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""
