"""Which blocks of a page are the report: trafilatura's choice, or the page's own marks where that fails."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from typing import Any

from amity.reading.blocktext import HEADINGS, Block
from amity.reading.lines import STOP

WORDS = re.compile(r"\w+")
# Trees with more text than this are too slow to weigh; the page's own marks decide (characters).
LARGEST = 3_000_000
# Below this share of the text in paragraphs, trafilatura has lost the report and the page's own marks decide.
LEAST_SHARE = 0.2
# Words that a block outside trafilatura's choice must have to be taken for a paragraph of the report.
LEAST_WORDS = 12


def choose_blocks(tree: Any, blocks: list[Block], title: str) -> tuple[set[int], tuple[str, ...]]:
    """Blocks -> indices of those that are the report, and warnings. Never empty unless the blocks are."""
    marked = {i for i, block in enumerate(blocks) if not block.outside and not block.reason and not (block.linked and block.tag != "p")}
    told = extract_main(tree) if sum(len(b.text) for b in blocks) <= LARGEST else ""
    chosen = match_blocks(blocks, told)
    size = sum(len(blocks[i].text) for i in chosen)
    paragraphs = sum(len(blocks[i].text) for i in marked if blocks[i].tag == "p")
    warnings: tuple[str, ...] = ()
    if not chosen or size < LEAST_SHARE * paragraphs:
        chosen = marked or set(range(len(blocks)))
        warnings = ("page: the main part was not found; blocks are kept by their place on the page",)
    return rescue_between(blocks, chosen | title_block(blocks, title)), warnings


def rescue_between(blocks: list[Block], chosen: set[int]) -> set[int]:
    """The chosen blocks, and full sentences between the first and the last of them that nothing marks as furniture."""
    between = range(min(chosen, default=0), max(chosen, default=-1))
    return chosen | {i for i in between if is_told(blocks[i])}


def is_told(block: Block) -> bool:
    """Whether a block reads as a paragraph of a report."""
    free = not block.outside and block.reason is None and not block.linked
    return free and len(block.text.split(None, LEAST_WORDS)) >= LEAST_WORDS and STOP.search(block.text[-12:]) is not None


def extract_main(tree: Any) -> str:
    """The report as trafilatura sees it, one block a line, empty where it finds none or fails."""
    import trafilatura

    log = logging.getLogger("trafilatura")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(deepcopy(tree), include_comments=False, include_tables=True, no_fallback=False, deduplicate=False) or ""
    except Exception:  # a fault in a page must not lose it, whatever the library raises
        return ""
    finally:
        log.setLevel(level)


def squeeze(text: str) -> str:
    """Text -> its words in lower case with single spaces, so that both sides compare."""
    return " ".join(WORDS.findall(text.casefold()))


def match_blocks(blocks: list[Block], told: str) -> set[int]:
    """Blocks whose words stand in the extracted text; short ones only as whole lines of it."""
    lines = {squeeze(line.lstrip("-*• |")) for line in told.splitlines()} - {""}
    whole = f" {squeeze(told)} "
    found: set[int] = set()
    for index, block in enumerate(blocks):
        words = squeeze(block.text)
        if words in lines or (len(words) >= 25 and len(words) <= len(whole) and f" {words} " in whole):
            found.add(index)
    return found


def title_block(blocks: list[Block], title: str) -> set[int]:
    """The block that gives the title: the first heading that is the title or part of it, else the first h1."""
    wanted = squeeze(title)
    for index, block in enumerate(blocks):
        words = squeeze(block.text)
        if block.tag in HEADINGS and len(words.split()) >= 3 and wanted and (words in wanted or wanted in words):
            return {index}
    return next(({i} for i, block in enumerate(blocks) if block.tag == "h1" and not block.linked and len(block.text) > 15), set())
