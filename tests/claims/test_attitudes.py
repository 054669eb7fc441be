"""Attitudes: who stands how to what, beside the sayings and never within one, and never in a source chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from amity.claims.attitudes import find_attitudes
from amity.claims.cues import load_cues
from amity.claims.lemmas import settle_lemmas
from amity.claims.speech import find_sayings
from amity.language import Reader
from amity.records import Claim, Sentence, Stretch

CASES = yaml.safe_load((Path(__file__).parent / "attitudes.yaml").read_text(encoding="utf-8"))


def words(sentence: Sentence, indices: Iterable[int]) -> str:
    """Words by number, in order."""
    return " ".join(sentence.words[i].text for i in sorted(indices))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:48])
def test_attitudes_of_a_sentence(reader: Reader, case: dict[str, Any]) -> None:
    """Each sentence of the table gets its attitudes; no two are about the same words' inside."""
    (parsed,) = reader.parse("case", [Stretch(0, len(case["text"]), case["text"], 0)])
    sentence, cues = settle_lemmas(parsed), load_cues()
    found = find_attitudes(sentence, cues, find_sayings(sentence, cues))
    told = [
        f"{sentence.words[a.cue].text}: {'-' if a.source is None else words(sentence, sentence.subtree(a.source))}"
        f" -> {words(sentence, a.content)}"
        for a in found
    ]
    assert told == case["attitudes"]
    assert not any(a.cue in b.content for a in found for b in found)


@pytest.mark.parametrize("verb", ["supported", "condemned", "wanted", "expected"])
def test_an_attitude_is_nobodys_word(code: Callable[..., Claim], verb: str) -> None:
    """Who wants or condemns an act is not cited for its having happened."""
    assert code(f"Paris {verb} a raid on the town.", "raid").sources == ()
