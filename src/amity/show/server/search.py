"""Search over quotations, titles and names: an index in memory (SQLite FTS5) that follows the ledger."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from threading import Lock
from typing import Any

from markupsafe import Markup, escape

from amity.show.server.desk import View
from amity.show.wording import clean_text

# Signs that stand around what was found until the text is escaped; article text cannot hold them, being cleaned first.
OPEN, CLOSE = "\x02", "\x03"
WORD = re.compile(r"\w+")
# Words of a question that count; further ones are left out.
MOST_WORDS = 12
TABLES = """
CREATE VIRTUAL TABLE quotes USING fts5(quote, parties, claim UNINDEXED, tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE names USING fts5(name, id UNINDEXED, tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE titles USING fts5(title, id UNINDEXED, tokenize="unicode61 remove_diacritics 2");
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its id, and its text with the words of the question marked."""

    id: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Found:
    """What a question finds: parties, documents, claims (best first), and how many claims there are in all."""

    parties: tuple[Hit, ...]
    documents: tuple[Hit, ...]
    claims: tuple[Hit, ...]
    total: int


class Search:
    """The index: claims are added as the ledger grows, since no row of it ever changes; names and titles are laid anew with each view."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.index = sqlite3.connect(":memory:", check_same_thread=False)
        self.index.executescript(TABLES)
        self.known: set[str] = set()
        self.state: Any = None

    def follow(self, view: View) -> None:
        """Take in what the view holds beyond what is known; what it no longer holds is left out when found."""
        told = (
            (clean_text(c.quote), clean_text(" ".join({n for p in (c.actor, c.recipient) if p for n in (p.name, p.side)})), id)
            for id, c in view.claims.items()
            if id not in self.known
        )
        self.index.executemany("INSERT INTO quotes VALUES (?, ?, ?)", told)
        self.known |= view.claims.keys()
        self.index.execute("DELETE FROM names")
        self.index.execute("DELETE FROM titles")
        self.index.executemany("INSERT INTO names VALUES (?, ?)", ((clean_text(n), i) for i, n in view.names.items() if n))
        titles = ((clean_text(f"{d.title or d.name} {d.outlet}"), d.id) for d in view.documents.values())
        self.index.executemany("INSERT INTO titles VALUES (?, ?)", titles)
        self.state = view.state

    def find(self, view: View, asked: str, most: int = 50, skip: int = 0) -> Found:
        """Words as a person types them -> what holds all of them, the last perhaps unfinished; nothing for no word."""
        question = phrase(asked)
        if not question:
            return Found((), (), (), 0)
        with self.lock:
            if self.state != view.state:
                self.follow(view)
            parties = self.look(question, "names", "name", "id", 12)
            documents = self.look(question, "titles", "title", "id", 12)
            claims = [h for h in self.look(question, "quotes", "quote", "claim", most, skip) if h.id in view.claims]
            total = self.index.execute("SELECT count(*) FROM quotes WHERE quotes MATCH ?", (question,)).fetchone()[0]
        return Found(tuple(parties), tuple(documents), tuple(claims), total)

    def look(self, question: str, table: str, column: str, key: str, most: int, skip: int = 0) -> list[Hit]:
        """A question and one of the tables -> its hits, best first; the names of tables and columns are this page's own."""
        marked = f"highlight({table}, 0, '{OPEN}', '{CLOSE}')"
        query = f"SELECT {key}, {marked} FROM {table} WHERE {table} MATCH ? ORDER BY rank, rowid LIMIT ? OFFSET ?"
        return [Hit(id, mark(text)) for id, text in self.index.execute(query, (question, most, skip))]

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()


def phrase(asked: str) -> str:
    """What a person typed -> a question to FTS5 that can mean nothing but words, all of them wanted.

    >>> phrase('Qusayr AND "x* NEAR(')
    '"Qusayr" "AND" "x" "NEAR"*'
    """
    words = WORD.findall(asked)[:MOST_WORDS]
    return " ".join(f'"{w}"' for w in words) + ("*" if words else "")


def mark(text: str) -> Markup:
    """Text with signs around what was found -> safe HTML with marks."""
    return Markup(str(escape(text)).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))
