"""Text -> words as an incident compares them: stems weighted by how rare they are, and names however they are spelt."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ARTICLE = re.compile(r"^(?:al|el|ad|as|ash|at|an|ar|az)[-‐‑ ](?=\w)|^(?:the|al|el) ")
# A name begins with a capital and goes on over capitals, hyphens and small particles between capitals.
NAME = re.compile(r"(?:[aA]l-|[eE]l-)?[A-Z][\w'’.-]*(?:[ -](?:al-|el-|de |la |of |bin |ben |Al |El )?[A-Z][\w'’-]*)*")
VOWELS = str.maketrans("", "", "aeiouwyh'’.- ")
SOUNDS = str.maketrans({"q": "k", "c": "k", "g": "j", "v": "f", "z": "s"})
# Words so common in news that they join nothing. Chosen by hand; what is merely frequent is weighed down by its count.
# fmt: off
STOP = frozenset((
    "the", "a", "an", "of", "to", "in", "on", "at", "by", "for", "from", "with", "as", "and", "or", "but", "nor", "that", "this",
    "these", "those", "it", "its", "he", "she", "they", "his", "her", "their", "them", "him", "who", "whom", "which", "what", "when",
    "where", "while", "after", "before", "since", "until", "than", "then", "there", "here", "is", "are", "was", "were", "be", "been",
    "being", "has", "have", "had", "do", "does", "did", "will", "would", "shall", "should", "can", "could", "may", "might", "must",
    "not", "no", "yes", "also", "more", "most", "some", "any", "all", "each", "both", "other", "such", "only", "own", "same", "so",
    "too", "very", "just", "into", "onto", "over", "under", "again", "further", "about", "against", "between", "through", "during",
    "above", "below", "up", "down", "out", "off", "said", "say", "says", "told", "tell", "according", "reported", "reportedly",
    "report", "reports", "including", "include", "one", "two", "mr", "mrs", "ms", "new",
))
# fmt: on


@cache
def load_stemmer() -> Any:
    """The English Snowball stemmer."""
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem_word(word: str) -> str:
    """A word -> its stem in lower case; possessives are left aside.

    >>> stem_word("Deployments"), stem_word("Syria's")
    ('deploy', 'syria')
    """
    plain = fold(word)
    plain = plain[:-2] if plain.endswith("'s") else plain
    return str(load_stemmer().stemWord(plain))


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Text -> lower case without accents, apostrophes straight."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def list_stems(text: str) -> list[str]:
    """Text -> stems of its content words in order."""
    return [stem_word(t) for t in TOKEN.findall(text) if fold(t) not in STOP and len(t) > 1]


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """A name -> what its spellings share: sounds without vowels, articles and doubled letters; a short one stays whole.

    >>> name_key("al-Qusayr") == name_key("Qusair"), name_key("Lavrentiev") == name_key("Lavrentyev")
    (True, True)
    >>> name_key("Iran") == name_key("Iraq")
    False
    """
    plain = plain_form(name)
    bones = re.sub(r"(.)\1+", r"\1", plain.translate(VOWELS).translate(SOUNDS))
    return f"{plain[0]}{bones}" if len(bones) >= 3 and plain[0] in "aeiou" else bones if len(bones) >= 3 else plain


@lru_cache(maxsize=200_000)
def plain_form(name: str) -> str:
    """A name -> folded, without article, possessive and marks at its ends.

    >>> plain_form("al-Qusayr's")
    'qusayr'
    """
    plain = ARTICLE.sub("", fold(name).strip(" .'"))
    return plain[:-2] if plain.endswith("'s") else plain


def find_names(text: str) -> list[tuple[int, int, str]]:
    """Text -> place and words of each name; the first word of a sentence counts where it is not a common word.

    >>> [n for _, _, n in find_names("The army left al-Qusayr for Homs.")]
    ['al-Qusayr', 'Homs']
    """
    found = []
    for match in NAME.finditer(text):
        start, words = match.start(), match.group()
        first = words.split(" ")[0]
        if fold(first) in STOP or (start == 0 and " " not in words and is_common(first)):
            rest = words[len(first) :].lstrip()
            start, words = match.end() - len(rest), rest
        words = words.rstrip(".'’-")
        if len(words) > 1:
            found.append((start, start + len(words), words))
    return found


def is_common(word: str) -> bool:
    """Whether a word at the head of a sentence is one that texts mostly write small."""
    every, small = load_counts().get(stem_word(word), (0, 0))
    return fold(word) in STOP or 2 * small > every


@cache
def load_counts() -> Mapping[str, tuple[int, int]]:
    """Stem -> in how many background documents it stands, and in how many with a small first letter; "" counts them all."""
    table = files("amity") / "tables" / "word_counts.csv"
    if not table.is_file():
        return {"": (1, 1)}
    with table.open(encoding="utf-8") as rows:
        return {row["stem"]: (int(row["documents"]), int(row["small"])) for row in csv.DictReader(rows)}


@lru_cache(maxsize=200_000)
def rarity(stem: str) -> float:
    """A stem -> its weight, the log of how rare it is in the background; never below 0."""
    counts = load_counts()
    return max(0.0, math.log((counts[""][0] + 1) / (counts.get(stem, (0, 0))[0] + 1)))


def weigh_words(stems: Iterable[str]) -> dict[str, float]:
    """Stems -> a vector of unit length, each stem weighted by its rarity; empty where none weighs anything."""
    weights = {s: rarity(s) for s in set(stems)}
    length = math.sqrt(sum(w * w for w in weights.values()))
    return {s: w / length for s, w in weights.items() if w} if length else {}


def compare_words(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Two vectors -> their cosine, 0..1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(w * b[s] for s, w in a.items() if s in b)
