"""Text -> tokens with their places, split as the English Web Treebank splits them."""

from __future__ import annotations

import re

# One pass, leftmost alternative wins; every branch is linear.
_TOKEN = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>"”]+ | [\w.+]{1,64}@[\w.]{1,128}\w            # addresses
    | [\w-]{1,64}(?:\.[\w-]{1,32}){0,4}\.(?:com|net|org|edu|gov|info|html?|pdf|doc|xls|ppt|txt|zip|jpg)\b  # sites, files
    | [#@][A-Za-z]\w*                                                         # hashtags, handles
    | (?<!\S)[:;]-?[()DP](?!\w) | \d{3}-\d{3}-\d{4}\b | [Ee]-mails?\b             # smileys, telephone numbers
    | [A-Z]\.(?=\s[A-Z])                                                     # an initial
    | (?:[A-Za-z]\.){2,}                                                     # U.S. a.m.
    | (?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Maj|Sgt|Capt|Brig|Adm|Sen|Rep|Gov|Prof|Rev|Hon|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc
        |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Fig|approx)\.(?=\s)  # abbreviations
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|m|bn|k)?\b                            # numbers
    | \w+(?:['’](?!(?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M|t|T)\b)\w+)*             # words, O'Neill
    | ['’](?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M)\b                                # clitics
    | [!?]{2,} | ([^\w\s])\1+ | [^\w\s]                                                 # punctuation, repeated signs as one
    """,
    re.VERBOSE,
)
_NEGATED = re.compile(r"(?i)^(ca|do|does|did|is|are|was|were|wo|would|should|could|has|have|had|must|need|might|ai|sha)n$")
# Words written as one that the treebank reads as two, and where they part.
_FUSED = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "im": 1, "ive": 1, "thats": 4, "whats": 4, "alot": 1} | {
    f"{verb}nt": len(verb) for verb in ("do", "ca", "did", "does", "is", "was", "have", "could", "would", "are")
}


def split_tokens(text: str) -> list[tuple[int, int]]:
    """Text -> (start, end) of each token, in order, blanks left out.

    >>> [("Syria didn't.")[a:b] for a, b in split_tokens("Syria didn't.")]
    ['Syria', 'did', "n't", '.']
    """
    places: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if places and _joins_negation(text, places[-1], start, end):
            first = places.pop()[0]
            places += [(first, start - 1), (start - 1, end)]
        elif match.group().lower() in _FUSED and match.group() != "Im":  # a Korean name
            middle = start + _FUSED[match.group().lower()]
            places += [(start, middle), (middle, end)]
        else:
            places.append((start, end))
    return _join_negation_marks(text, places)


def _joins_negation(text: str, last: tuple[int, int], start: int, end: int) -> bool:
    return text[start:end] in ("'t", "’t", "'T", "’T") and last[1] == start and bool(_NEGATED.match(text[last[0] : last[1]]))


def _join_negation_marks(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """`didn`, `'`, `t` -> `did`, `n't`."""
    out: list[tuple[int, int]] = []
    for start, end in places:
        is_t = text[start:end] in ("t", "T") and len(out) >= 2 and text[out[-1][0] : out[-1][1]] in ("'", "’")
        if is_t and out[-1][1] == start and out[-2][1] == out[-1][0] and _NEGATED.match(text[out[-2][0] : out[-2][1]]):
            out.pop()
            first, last = out.pop()
            out += [(first, last - 1), (last - 1, end)]
        else:
            out.append((start, end))
    return out
