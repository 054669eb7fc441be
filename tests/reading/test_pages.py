"""HTML: what is seen is stored, what is not the report is cut, what the page says of itself is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.reading import read_paths, split_sentences
from amity.records import Document

# Raw pages stand beside the checkout, where there are any.
FORMS = Path(__file__).resolve().parents[3] / "shared" / "forms"
PAGE = """<html><head><title>Rivals sign | Post</title><meta charset="utf-8">
<meta property="og:site_name" content="The Hill Post"><meta property="og:title" content="Rivals sign a truce">
<link rel="canonical" href="https://p.example/t">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-12-05T10:00:00Z"}</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Rivals sign a truce</h1>
<figure><img src="x.jpg"><figcaption>Ministers shake hands in the hall last year</figcaption></figure>
<p>The rivals signed a truce on Monday after three weeks of talks in the old capital, two officials said.</p>
<p hidden>Nobody sees this line at all.</p>
<p>Fighters will withdraw from the northern hills within ten days, and prisoners will be exchanged by both sides.</p>
<div class="related"><h3>Related</h3><ul><li><a href="/a">League threatens war</a></li></ul></div>
<p>The league welcomed the truce, but its general warned that it might not hold through the coming winter.</p></article>
<footer>Contact us</footer></body></html>"""


def read_page(tmp_path: Path, text: str) -> Document:
    """A page's document."""
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    (document,) = read_paths([tmp_path / "page.html"])
    assert isinstance(document, Document)
    return document


def test_a_page_keeps_everything_seen_and_reads_only_the_report(tmp_path: Path) -> None:
    """Furniture is stored and cut by reason; hidden text is not stored; the report's sentences are kept."""
    document = read_page(tmp_path, PAGE)
    told = [s.text for s in split_sentences(document)]
    assert told[0] == "Rivals sign a truce" and len(told) == 4 and told[-1].startswith("The league welcomed")
    assert "League threatens war" in document.text and "Nobody sees" not in document.text
    reasons = {c.reason for c in document.cuts}
    assert {"caption", "read_more_list", "page_furniture"} <= reasons


def test_a_page_tells_date_outlet_address_and_title(tmp_path: Path) -> None:
    """Meta tags, JSON-LD and the canonical link are read, and the basis of the date is named."""
    document = read_page(tmp_path, PAGE)
    assert (document.published, document.published_basis[:7]) == ("2024-12-05", "JSON-LD")
    assert (document.outlet, document.url, document.title) == ("The Hill Post", "https://p.example/t", "Rivals sign a truce")


def test_a_page_without_a_main_part_is_kept_by_its_marks(tmp_path: Path) -> None:
    """Where no report can be told from the rest, visible blocks outside navigation stay."""
    document = read_page(tmp_path, "<div>They met.</div><nav>Home</nav><div>They parted.</div>")
    assert [s.text for s in split_sentences(document)] == ["They met.", "They parted."]


def test_unclosed_and_nested_tags_do_not_break_a_page(tmp_path: Path) -> None:
    """Broken markup and thousands of open tags still give the text or a reason."""
    document = read_page(tmp_path, "<p>One<p>Two <b>three<div><td>four" + "<span>" * 3000 + "five")
    assert "Two three" in document.text


@pytest.mark.skipif(not FORMS.exists(), reason="the shared forms are not beside this checkout")
def test_real_pages_of_many_kinds_are_read() -> None:
    """Every page and text of the shared forms is read, and every sentence stands where it says."""
    for record in read_paths([FORMS]):
        assert isinstance(record, Document), record
        sentences = split_sentences(record)
        assert sentences and all(record.text[s.start : s.end] == s.text for s in sentences)
