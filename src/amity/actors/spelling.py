"""Names as they sound: one key for the spellings under which Arabic, Persian and Cyrillic names come into Latin letters."""

from __future__ import annotations

import re
from functools import lru_cache

from amity.actors.name_words import load_name_words
from amity.actors.names import name_key

# Cyrillic letters (Russian, Ukrainian, Serbian) -> Latin, as newspapers write them.
_CYRILLIC = dict(
    zip("абвгдезийклмнопрстуфыэіґ", "abvgdeziiklmnoprstufyeig", strict=True),
    ё="e", ж="zh", х="kh", ц="ts", ч="ch", ш="sh", щ="shch", ъ="", ь="", ю="yu", я="ya", є="ye", ї="yi", ј="y", љ="ly", њ="ny", ћ="c",
    ђ="dj", џ="dz",
)  # fmt: skip
# Arabic and Persian letters -> Latin; short vowels are not written, so such names are compared by consonants.
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d",
    "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh",
    "ف": "f",
    "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w", "ي": "y", "ی": "y", "ى": "a",
    "ئ": "",
    "ؤ": "w", "ء": "",
}  # fmt: skip
_LETTERS = str.maketrans(_CYRILLIC | _ARABIC)
# What one sound is written as, tried from the left: the rule of each is that no two names of the tables are told apart by it alone.
_SOUNDS = (
    (re.compile("sch|sh|ch|tch|cz|sz"), "s"),
    (re.compile("dzh|dj|zh|dz"), "j"),
    (re.compile("kh|gh|ck|qu"), "k"),
    (re.compile("th|dh|tt|dd"), "t"),
    (re.compile("ph"), "f"),
    (re.compile("ou|oo|w"), "u"),
    (re.compile("ei|ai|ae|ay|ey|ee|ie|iy|yi|y"), "i"),
    (re.compile("ts|tz|x"), "s"),
)
_ONE_FOR_ALL = str.maketrans("qgcdzvwbeop", "kkstsfufiuf")
# The Arabic article before letters that it takes the sound of.
_ASSIMILATED = frozenset({"ad", "an", "ar", "as", "ash", "at", "az", "ul", "ud", "wal", "ed", "es"})
# A silent sign between an h and a vowel ("Khameneh'i") leaves no h to hear.
_SILENT = re.compile(r"h['’‘`ʼ](?=[aeiou])")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou")
_FOREIGN = re.compile("[\u0400-\u06ff]")


def romanise(name: str) -> str:
    """Cyrillic and Arabic letters -> Latin ones, as newspapers do; Latin text stays as it is, but for an h that a sign makes silent.

    >>> romanise("Лавров"), romanise("حزب")
    ('lavrov', 'hzb')
    """
    return _SILENT.sub("", name.lower().translate(_LETTERS) if _FOREIGN.search(name) else name)


@lru_cache(maxsize=65536)
def spelling_key(name: str) -> str:
    """A name -> its key by sound, one for the usual spellings; words in order, blanks kept.

    >>> spelling_key("Hizbullah") == spelling_key("Hezbollah"), spelling_key("Qadhafi") == spelling_key("Gaddafi")
    (True, True)
    >>> spelling_key("Khamenei") == spelling_key("Khomeini")
    False
    """
    words = name_key(romanise(name)).split()
    means = load_name_words().means
    key = " ".join(means.get(w, w) for w in words if w not in _ASSIMILATED or len(words) < 2)
    for form, sound in _SOUNDS:
        key = form.sub(sound, key)
    return _DOUBLE.sub(r"\1", key.translate(_ONE_FOR_ALL)).removesuffix("h")


def consonants(name: str) -> str:
    """The key by sound without vowels, for names from scripts that write none."""
    return spelling_key(name).translate(_VOWELS)
