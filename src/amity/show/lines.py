"""Records -> single lines of the terminal, safe to print."""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from amity.records import Claim
from amity.show.wording import BIDI_CONTROL, claim_tone, clean_text, say_act, say_chain, say_over, say_party, say_recipient

TONES = {1: "dodger_blue1", 0: "default", -1: "dark_orange"}


def say_safe(text: str) -> str:
    """Text from a report -> one line that no terminal obeys: controls replaced, direction overrides removed.

    >>> say_safe("a\\n b\\x1b[2J\u202ec")
    'a b\ufffd[2Jc'
    """
    return BIDI_CONTROL.sub("", clean_text(" ".join(text.split())))


def style(text: object, look: str = "") -> Text:
    """Text -> rich text without markup, so that square brackets of a report stay what they are; blanks at its ends stay.

    >>> style("  rests on  AFP").plain
    '  rests on AFP'
    """
    plain = str(text)
    lead, tail = len(plain) - len(plain.lstrip(" ")), len(plain) - len(plain.rstrip(" "))
    return Text(" " * lead + say_safe(plain) + " " * (tail if lead < len(plain) else 0), style=look)


def print_under(text: RenderableType, console: Console, indent: int = 2) -> None:
    """Text -> printed in from the left, wrapped lines too."""
    console.print(Padding(text, (0, 0, 0, indent), expand=False))


def tell_act(claim: Claim) -> Text:
    """A claim -> actor, act, recipient and means on one line, with its status."""
    line = Text.assemble(style(say_party(claim.actor), "bold"), " ", (say_act(claim), TONES[claim_tone(claim)]))
    if claim.recipient:
        line.append(" ").append_text(style(say_recipient(claim), "bold"))
    if say_over(claim):
        line.append(f" {say_safe(say_over(claim))}")
    return line.append(f"  [{claim.status}]", "dim")


def tell_quote(claim: Claim, most: int = 220) -> Text:
    """A claim -> its quotation in curly marks, at most `most` characters, with its chain of word."""
    quote = say_safe(claim.quote)
    short = quote if len(quote) <= most else quote[: most - 1].rstrip() + "…"
    return Text.assemble((f"“{short}”", "italic"), ("  " + say_safe(say_chain(claim.sources)), "dim"))
