"""Names as keys: what is the same name under another spelling of case, accent, apostrophe, hyphen or article."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h"})
_DROPPED = re.compile(r"['’‘`´ʼʻ.\u02bf\u02be]")
_PIECE = re.compile(r"[a-z0-9]+|[\u0370-\U0010ffff]+")
# The Arabic article in its written forms; "el" too, so that el-Sisi and al-Sisi are one.
ARTICLES = frozenset({"al", "el"})
_POSSESSIVE = re.compile(r"['’]s\b")
# Token texts over which a name may run on; every other sign ends it.
_JOINTS = frozenset({"-", "–", "'", "’", "/", "&", "+", ".", "'s", "’s", "´", "`"})
BREAK = "\0"


@lru_cache(maxsize=65536)
def word_keys(text: str) -> tuple[str, ...]:
    """One word -> its key pieces; an article, hyphen or possessive gives none, other signs give a break.

    >>> word_keys("al-Assad"), word_keys("Türkiye"), word_keys("U.S."), word_keys(",")
    (('assad',), ('turkiye',), ('us',), ('\\x00',))
    """
    if text in _JOINTS:
        return ()
    pieces = _split(text)
    if not pieces:
        return (BREAK,)
    return tuple(p for p in pieces if p not in ARTICLES)


def name_key(text: str) -> str:
    """A whole name -> its key, pieces joined by one blank; a name that is only an article keeps it.

    >>> name_key("Hay’at Tahrir al-Sham"), name_key("Niger's junta"), name_key("AL")
    ('hayat tahrir sham', 'niger junta', 'al')
    """
    pieces = _split(_POSSESSIVE.sub("", text))
    return " ".join([p for p in pieces if p not in ARTICLES] or pieces)


def _split(text: str) -> list[str]:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(c for c in text if not unicodedata.combining(c)).translate(_PLAIN)
    return _PIECE.findall(_DROPPED.sub("", text.lower()))


def is_mixed(alias: str) -> bool:
    """Whether an alias is a short word with capitals after its first letter, so that it must be written as it is.

    >>> is_mixed("LeT"), is_mixed("Hamas"), is_mixed("McCain")
    (True, False, False)
    """
    return len(alias) <= 4 and alias.isalpha() and not alias.isupper() and any(c.isupper() for c in alias[1:])


def is_acronym(alias: str) -> bool:
    """Whether an alias is written in capitals and short, so that only capitals may stand for it.

    >>> is_acronym("US"), is_acronym("U.N."), is_acronym("HTS"), is_acronym("Hamas")
    (True, True, True, False)
    """
    bare = alias.replace(".", "")
    return bare.isupper() and len(bare) <= 5 and " " not in bare
