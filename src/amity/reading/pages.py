"""HTML pages: every visible block is stored, what is not the report is cut."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amity.reading.blocktext import Block, read_blocks
from amity.reading.cleaning import remove_controls
from amity.reading.dates import parse_date
from amity.reading.decoding import decode_bytes
from amity.reading.documents import Found, make_document
from amity.reading.mainpart import choose_blocks
from amity.records import Document, Unread

# A page larger than this is an archive, not an article (bytes).
LARGEST_PAGE = 20_000_000
# Attributes of one element beyond which it is no markup but an attack: looking one up walks through all of them.
MOST_ATTRIBUTES = 200
DATE_FIELDS = (
    "article:published_time og:published_time datepublished date pubdate publish-date publication_date dc.date dc.date.issued"  # noqa: SIM905 - a list of words reads best as words
    " dcterms.created dcterms.date parsely-pub-date sailthru.date article.published citation_publication_date".split()
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head of a page says of it; `date_basis` names the field."""

    url: str = ""
    title: str = ""
    outlet: str = ""
    date: str = ""
    date_basis: str = ""


class HtmlPage:
    """HTML: one visible block a line, furniture included and cut by reason."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")
    streams = False

    def read(self, path: Path, data: bytes, name: str) -> Iterator[Document | Unread]:
        """One page -> one document, or why there is none."""
        if len(data) > LARGEST_PAGE:
            yield Unread(name, f"got a page of {len(data):,} bytes, allowed are {LARGEST_PAGE:,}", "split it into one page per report")
            return
        text, warnings = decode_bytes(data, declared=True)
        tree = parse_page(remove_controls(text))
        blocks = [] if tree is None else read_blocks(tree)
        if tree is None or not blocks:
            yield Unread(name, "got HTML without visible text", "save the page after its scripts have run, or give its text as .txt")
            return
        yield make_document(look(name, tree, blocks, warnings))


def parse_page(text: str) -> Any:
    """HTML text -> its tree, None where there is none."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    for node in tree.iter(etree.Element):
        if len(node.attrib) > MOST_ATTRIBUTES:
            node.attrib.clear()
    return tree


def look(name: str, tree: Any, blocks: list[Block], warnings: tuple[str, ...]) -> Found:
    """A page's tree and blocks -> what it holds and says of itself."""
    facts = read_facts(tree)
    chosen, notes = choose_blocks(tree, blocks, facts.title)
    text = "\n".join(block.text for block in blocks)
    outside = frozenset(range(len(blocks))) - chosen
    hints = tuple((i, reason) for i in sorted(outside) if (reason := blocks[i].reason))
    return Found(
        name,
        text,
        HtmlPage.name,
        facts.url,
        facts.title,
        facts.outlet,
        facts.date,
        facts.date_basis,
        (*warnings, *notes),
        outside=outside,
        hints=hints,
    )


def read_facts(tree: Any) -> Facts:
    """The page's own word on its address, title, outlet and date: meta tags, then JSON-LD, then links, then htmldate."""
    metas = read_metas(tree)
    linked = read_linked(tree)
    title = metas.get("og:title") or str(linked.get("headline") or "") or " ".join((tree.findtext(".//title") or "").split())
    canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), "")
    publisher = linked.get("publisher")
    outlet = metas.get("og:site_name") or (str(publisher.get("name") or "") if isinstance(publisher, dict) else "")
    date, basis = date_page(tree, metas, linked)
    return Facts(str(canonical) or metas.get("og:url", ""), title.strip(), outlet or metas.get("application-name", ""), date, basis)


def read_metas(tree: Any) -> dict[str, str]:
    """Meta tags by name, property or itemprop in lower case; the first of a name stands."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if key and content:
            found.setdefault(key.casefold(), remove_controls(content)[:1000])
    return found


def read_linked(tree: Any) -> dict[str, Any]:
    """The first JSON-LD object of the page that is an article, else an empty one."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            rows = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        rows = rows.get("@graph", rows) if isinstance(rows, dict) else rows
        for row in rows if isinstance(rows, list) else [rows]:
            if isinstance(row, dict) and (row.get("datePublished") or "Article" in str(row.get("@type"))):
                return row
    return {}


def date_page(tree: Any, metas: dict[str, str], linked: dict[str, Any]) -> tuple[str, str]:
    """The page's date and the field it stands in."""
    for field in DATE_FIELDS:
        if parse_date(metas.get(field)):
            return metas[field], f"meta {field}"
    if parse_date(linked.get("datePublished")):
        return str(linked["datePublished"]), "JSON-LD datePublished"
    for node in tree.iter("time"):
        if (parse_date(node.get("datetime")) and node.get("pubdate") is not None) or "publish" in str(node.get("itemprop", "")).casefold():
            return str(node.get("datetime")), "time tag"
    return find_markup_date(tree)


def find_markup_date(tree: Any) -> tuple[str, str]:
    """The date that htmldate finds in the page's markup and address, its search of the running text left out."""
    from htmldate import find_date

    log = logging.getLogger("htmldate")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        found = find_date(deepcopy(tree), extensive_search=False, original_date=True)
    except Exception:  # a fault in a page must not lose it, whatever the library raises
        return "", ""
    finally:
        log.setLevel(level)
    return (str(found), "markup of the page") if found else ("", "")
