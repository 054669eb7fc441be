"""The tree of a page -> its visible blocks of text, in order, each with what its place on the page says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from amity.records import CutReason

HIDDEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "iframe",
        "object",
        "select",
        "option",
        "button",
        "textarea",
        "canvas",
        "math",
        "datalist",
    )
)
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form"  # noqa: SIM905 - a list of words reads best as words
    " h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead tr ul".split()
)
OUTSIDE = frozenset(("nav", "footer", "aside", "form", "header"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SPACES = re.compile(r"\s+")
STYLE_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
# What class and id names of a block or of those round it say; the innermost that fits stands.
HINTS: tuple[tuple[CutReason, re.Pattern[str]], ...] = (
    ("share_line", re.compile(r"\b(?:social|share|sharing|addthis|sharedaddy)", re.IGNORECASE)),
    ("author_box", re.compile(r"author[-_]?(?:box|bio|info|card|about)|about[-_]?author", re.IGNORECASE)),
    ("read_more_list", re.compile(r"\b(?:related|read-?more|recommend|more-?on|most-?read|trending|also-?read)", re.IGNORECASE)),
    ("caption", re.compile(r"caption|photo-?credit|image-?credit", re.IGNORECASE)),
)
# A tree deeper than this is broken or hostile; what is deeper is read as part of the block at this depth.
DEEPEST = 400


@dataclass(frozen=True, slots=True)
class Block:
    """A line of visible text: its tag, whether it stands outside the report by its place, and a reason its place gives."""

    text: str
    tag: str
    outside: bool
    reason: CutReason | None
    linked: bool


@dataclass(slots=True)
class Place:
    """Where the walk stands: the block being filled and what holds for it."""

    tag: str
    outside: bool
    reason: CutReason | None


def read_blocks(tree: Any) -> list[Block]:
    """A page -> its visible blocks; spaces are made single, blocks without text left out."""
    blocks: list[Block] = []
    pieces: list[tuple[str, bool]] = []
    place = Place("body", False, None)
    stack: list[tuple[Any, bool, Place, bool]] = [(tree, True, place, False)]
    while stack:
        node, entering, place, linked = stack.pop()
        if not entering:
            if node.tag in BLOCKS:
                add_block(blocks, pieces, place_of(node, place))
            elif pieces and node.tag in ("td", "th"):
                pieces.append((" ", False))
            pieces.append((node.tail or "", linked))
            continue
        if not isinstance(node.tag, str) or is_hidden(node):
            pieces.append((node.tail or "", linked))
            continue
        inner, within = place, linked or node.tag == "a"
        if node.tag in BLOCKS:
            add_block(blocks, pieces, place)
            inner = place_of(node, place)
        stack.append((node, False, place, linked))
        pieces.append((node.text or "", within))
        stack.extend((child, True, inner, within) for child in reversed(node))
    add_block(blocks, pieces, place)
    return blocks


def add_block(blocks: list[Block], pieces: list[tuple[str, bool]], place: Place) -> None:
    """Close the block being filled."""
    text = SPACES.sub(" ", "".join(piece for piece, _ in pieces)).strip()
    if any(c.isalnum() for c in text):
        links = sum(len(piece) for piece, linked in pieces if linked)
        blocks.append(Block(text, place.tag, place.outside, place.reason, links >= 0.8 * len(text)))
    pieces.clear()


def place_of(node: Any, around: Place) -> Place:
    """What a block's tag, class and id say, on top of what those round it say."""
    names = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
    reason = (
        next((reason for reason, pattern in HINTS if pattern.search(names)), around.reason)
        if node.tag not in ("body", "html", "article", "main")
        else None
    )
    if node.tag in ("figcaption", "caption"):
        reason = "caption"
    return Place(node.tag, around.outside or node.tag in OUTSIDE, reason)


def is_hidden(node: Any) -> bool:
    """Whether a reader of the page does not see the node."""
    if node.tag in HIDDEN or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    return STYLE_HIDDEN.search(node.get("style") or "") is not None
