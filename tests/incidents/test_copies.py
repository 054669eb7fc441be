"""Copies are found however they were made, and traced to where they come from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from amity.incidents import find_copies
from amity.incidents.origins import origin_of_claim, origin_of_text, text_origins
from amity.records import Document, Source
from amity.worlds import plant_copies

CREDITS = list(csv.DictReader(Path(__file__).with_name("credits.csv").open(encoding="utf-8")))
TOPICS = ("grain convoys", "border posts", "fishing quotas", "prisoner lists", "river dams", "rail tolls")


def make_texts() -> list[str]:
    """Texts of twelve sentences each, no two alike."""
    return [
        " ".join(
            f"In the matter of {topic} the delegation of province {i}{j} told envoys number {i * 31 + j} that {topic} clause {j * 7 + i} "
            f"stays as written in {1900 + i * 12 + j}."
            for j in range(12)
        )
        for i, topic in enumerate(TOPICS)
    ]


def test_planted_copies_are_found_and_nothing_else() -> None:
    """Cut, re-headlined, merged and rewritten copies all meet what they were made from."""
    texts = make_texts()
    planted = plant_copies(texts, 3, 12)
    documents = [Document(f"a{i}", t, "text") for i, t in enumerate(texts)] + [
        Document(f"p{i}", c.text, "text") for i, c in enumerate(planted)
    ]
    groups = find_copies(documents)
    home = {d: i for i, g in enumerate(groups) for d in g.documents}
    for i, copy in enumerate(planted):
        for number in copy.of:
            assert home[documents[len(texts) + i].id] == home[documents[number].id], copy.ways


def test_unlike_texts_are_no_copies() -> None:
    """Texts of one shape that share no sentence make no group."""
    assert find_copies([Document(f"a{i}", t, "text") for i, t in enumerate(make_texts())]) == ()


@pytest.mark.parametrize("case", CREDITS, ids=lambda c: c["text"])
def test_credits_name_the_agency(case: dict[str, str]) -> None:
    """Datelines, bylines and source lines count; a contribution does not."""
    text = case["text"].replace("\\n", "\n")
    origin = origin_of_text(Document("d", text, "text"))
    assert origin.key == case["origin"] if case["origin"] else origin.kind == "document"


def test_copies_have_the_origin_that_their_credits_name(make_claim) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """One credit among copies is the origin of all, and claims without a source stand on it."""
    text = make_texts()[0]
    one, two = Document("a", f"LIMA (AFP) - {text}", "text", outlet="The Delta Gazette"), Document("b", text, "text", outlet="Hill Courier")
    origins = text_origins([one, two], find_copies([one, two]))
    assert {o.name for o in origins.values()} == {"Agence France-Presse"}
    assert origin_of_claim(make_claim("Chad shelled Sudan.", document=two.id), origins).key == "outlet:agence-france-presse"


def test_two_papers_that_cite_one_ministry_have_one_origin(make_claim) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """A named source is an origin of its own; an unnamed one is that of the agency cited."""
    ministry, reuters, unnamed = (
        Source("the Foreign Ministry", "body", False),
        Source("Reuters", "media", False),
        Source("two officials", "anonymous", True),
    )
    origins = text_origins([], ())
    keys = [origin_of_claim(make_claim("Chad shelled Sudan.", document=d, sources=(ministry,)), origins).key for d in ("x", "y")]
    assert keys[0] == keys[1]
    cited = [origin_of_claim(make_claim("Chad shelled Sudan.", document=d, sources=(reuters, unnamed)), origins) for d in ("x", "y")]
    assert cited[0].key == cited[1].key == "outlet:reuters/unnamed"
    assert not cited[0].named
