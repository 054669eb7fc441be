"""Days as numbers: 0 is 1970-01-01."""

from __future__ import annotations

from datetime import date

from amity.errors import BadInput

EPOCH = date(1970, 1, 1).toordinal()


def day_text(day: int) -> str:
    """Day number -> ISO text."""
    return date.fromordinal(EPOCH + day).isoformat()


def day_number(text: str) -> int:
    """ISO text -> day number; Raises BadInput.

    >>> day_number("1970-01-02")
    1
    """
    try:
        return date.fromisoformat(text).toordinal() - EPOCH
    except ValueError:
        raise BadInput(f"day: got {text!r}, allowed is a day such as 2018-06-04") from None
