"""Claims as a whole: quotes hold, dates attach through the tree, doubt is carried, tables are checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amity.claims.codebook import load_codebook
from amity.claims.cues import CUES_TABLE, load_cues
from amity.claims.lemmas import inflect, known_forms
from amity.errors import BadTable
from amity.records import Claim


def test_quote_is_the_sentence(code: Callable[..., Claim]) -> None:
    """The quote is the whole sentence, at its place; the party's words are at theirs."""
    lines = ["The road was closed.", "The rebels attacked the town."]
    claim = code([lines], "attacked", "ASSAULT", "rebels")
    assert claim.quote == lines[1]
    assert " ".join(lines)[claim.start : claim.end] == claim.quote
    assert " ".join(lines)[claim.actor.start : claim.actor.end] == claim.actor.words == "rebels"


def test_claim_survives_its_json(code: Callable[..., Claim]) -> None:
    """A claim written as JSON and read back is the same claim."""
    claim = code("Two officials said rebels attacked the town on Monday.", "attacked", "ASSAULT", "rebels")
    assert Claim.from_json(claim.to_json()) == claim


def test_type_gives_quad_and_score(code: Callable[..., Claim]) -> None:
    """Quad class and score are the codebook's."""
    claim = code("The rebels attacked the town.", "attacked")
    assert (claim.quad, claim.score) == (4, load_codebook().score["ASSAULT", None])


@pytest.mark.parametrize(
    ("text", "predicate", "edtf"),
    [
        ("Israel attacked the base on Monday.", "attacked", "2018-06-04"),
        ("Israel carried out attacks on Monday.", "attacks", "2018-06-04"),
        ("The minister said on Monday that Israel had attacked the base.", "attacked", None),
        ("The minister said on Monday that Israel had attacked the base in May.", "attacked", "2018-05"),
        ("Russia will withdraw its troops on Monday.", "withdraw", "2018-06-11"),
        ("The army has attacked the town since 2011.", "attacked", "2011/.."),
        ("The army attacked the town before May 3.", "attacked", None),
        ("The army attacked the town.", "attacked", None),
    ],
)
def test_date_attaches_through_the_tree(code: Callable[..., Claim], text: str, predicate: str, edtf: str | None) -> None:
    """A time dates the act of its own clause, not what another clause tells."""
    claim = code(text, predicate)
    assert (claim.date.edtf if claim.date else None) == edtf


def test_could_not_verify_lowers_what_it_covers(code: Callable[..., Claim]) -> None:
    """An outlet's notice lowers the confidence of the claims before it, and says why."""
    told = "The group said its fighters attacked the base."
    plain = code([[told]], "attacked")
    doubted = code([[told, "Reuters could not independently verify the claim."]], "attacked")
    assert doubted.confidence < plain.confidence
    assert any("could not verify" in reason for reason in doubted.why)


def test_every_cue_list_is_read(tmp_path: Path) -> None:
    """A cue list that is missing or no list is refused by name."""
    broken = tmp_path / "cues.yaml"
    broken.write_text(CUES_TABLE.read_text(encoding="utf-8").replace("deny: [", "denying: [", 1), encoding="utf-8")
    with pytest.raises(BadTable, match="'deny'"):
        load_cues.__wrapped__(broken)


def test_type_without_score_is_refused(tmp_path: Path) -> None:
    """A type of the table needs a quad class and a score."""
    broken = tmp_path / "types.yaml"
    broken.write_text("ASSAULT: {quad: 5, score: -9}\n", encoding="utf-8")
    with pytest.raises(BadTable, match="ASSAULT"):
        load_codebook.__wrapped__(broken)


def test_forms_lead_back_to_cues() -> None:
    """Every regular form of a cue verb leads back to a cue."""
    forms = known_forms()
    assert [forms[f] for f in ("denied", "planned", "said", "accused", "officials", "begging")] == [
        "deny",
        "plan",
        "say",
        "accuse",
        "official",
        "beg",
    ]
    assert all(forms.get(f) for verb in ("deny", "plan", "vow") for f in inflect(verb))
