"""Tests of the report: safe, alone, complete, the same every time, and small enough."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from amity.errors import BadInput
from amity.show import Picture, write_report
from amity.show.network import MOST_NODES
from amity.show.report import MOST_BYTES, render_report
from amity.show.wording import clean_text

LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"}


@pytest.fixture(scope="module")
def page(picture: Picture) -> str:
    """The report of the invented sentences."""
    return render_report(picture)


@pytest.fixture(scope="module")
def tree(page: str) -> html.HtmlElement:
    """The same, parsed."""
    return html.document_fromstring(page)


@pytest.fixture(scope="module")
def big(large: Picture) -> str:
    """The report of three hundred parties."""
    return render_report(large)


def test_policy_forbids_every_call(tree: html.HtmlElement) -> None:
    """The policy stands before anything that could load, and lets in only what the file holds."""
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(policy) == 1
    for part in ("default-src 'none'", "style-src 'unsafe-inline'", "script-src 'unsafe-inline'", "img-src data:", "form-action 'none'"):
        assert part in policy[0]
    assert [e.tag for e in tree.head][:2] == ["meta", "meta"]


def test_only_the_reports_own_script_is_allowed(page: str, tree: html.HtmlElement) -> None:
    """There is one script, and the policy names its digest, so that another would not run even if it got in."""
    import base64
    import hashlib

    scripts = tree.xpath("//script")
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].text.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page


def test_nothing_would_be_loaded(page: str, tree: html.HtmlElement) -> None:
    """No element refers to anything outside the file, but for addresses that a reader may choose to open."""
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //base | //form | //audio | //video")
    for element in tree.iter(html.etree.Element):
        assert not LOADS & set(element.attrib), element.attrib
    assert "@import" not in page
    assert not re.search(r"url\(", page)
    outside = tree.xpath("//a[not(starts-with(@href, '#'))][@href]")
    assert {a.get("href").split(":")[0] for a in outside} == {"https"}
    assert all("noreferrer" in a.get("rel") for a in outside)


def test_hostile_text_stays_text(tree: html.HtmlElement) -> None:
    """Tags, quotes and template signs of a report come out as words, and no handler or foreign address comes in."""
    words = tree.text_content()
    for text in (
        "<script>alert('5')</script>",
        "{{ 7*7 }}",
        "</blockquote></details>",
        '"><img src=x onerror=alert(2)>',
        "javascript:alert(3)",
    ):
        assert text in words
    assert not [a for e in tree.iter(html.etree.Element) for a in e.attrib if a.startswith("on")]
    assert tree.xpath("//head/title/text()") == ["Two alliances under strain"]


def test_lone_surrogates_and_controls_are_replaced(picture: Picture, tmp_path: Path, plain: re.Pattern[str]) -> None:
    """A title with half a character is written all the same, and nothing that HTML forbids remains."""
    write_report(replace(picture, title="half \ud83d of it\x00"), tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "<title>half \ufffd of it\ufffd</title>" in page
    assert not plain.search(page)


def test_direction_is_isolated(tree: html.HtmlElement) -> None:
    """Every quotation takes its own direction, so that overrides in it reach nothing around it."""
    quotes = tree.xpath("//blockquote | //q | //div[@class='text']")
    assert quotes
    assert all(q.get("dir") == "auto" for q in quotes)
    assert "2 hidden controls of writing direction" in tree.text_content()


def test_every_claim_is_quoted_without_scripts(picture: Picture, tree: html.HtmlElement) -> None:
    """Each claim has its anchor, and its quotation stands in the page and in its marked document."""
    anchors = set(tree.xpath("//@id"))
    texts = {d.id: tree.get_element_by_id(f"doc-{d.id}").text_content() for d in picture.documents}
    for claim in picture.claims:
        assert f"c-{claim.id}" in anchors
        assert clean_text(claim.quote) in texts[claim.document_id]


def test_a_quote_without_its_document_is_shown_all_the_same(picture: Picture) -> None:
    """Where the document is not at hand, the quotation stands with the claim."""
    claim = next(c for c in picture.claims if c.recipient is None)
    tree = html.document_fromstring(render_report(replace(picture, documents=())))
    assert claim.quote in tree.get_element_by_id(f"c-{claim.id}").text_content()


@pytest.mark.parametrize("which", ["page", "big"])
def test_ids_are_unique_and_links_arrive(which: str, request: pytest.FixtureRequest) -> None:
    """No id stands twice, and every inner link has its target."""
    tree = html.document_fromstring(request.getfixturevalue(which))
    ids = Counter(tree.xpath("//@id"))
    assert [i for i, n in ids.items() if n > 1] == []
    assert {h[1:] for h in tree.xpath("//a/@href") if h.startswith("#")} <= set(ids)


def test_changes_are_told_in_words_with_chances(tree: html.HtmlElement) -> None:
    """A change says who, which way, on which day, with the word and number of the chance and its confidence apart."""
    text = " ".join(tree.get_element_by_id("changes").text_content().split())
    assert "Algeria and Mali turned sharply colder" in text
    assert "1 April 2025" in text
    assert "likely (66 %) before, very unlikely (19 %) after. Confidence is" in text
    assert "alignment +0.60 → +0.31" in text


def test_negative_ties_are_dashed_by_class_and_named(tree: html.HtmlElement) -> None:
    """Every tie of the picture is a line of the network that says its sign in words, not in colour alone."""
    net = tree.xpath("//*[local-name()='svg'][@class='net']")[0]
    titles = {t.getparent().get("class"): t.text for t in net.xpath(".//*[local-name()='a']/*[local-name()='title']")}
    assert set(titles) == {"pos", "neg", "flat", "pos lean", "neg lean"}
    assert ": cold, warmth −" in titles["neg"]
    assert len(net.xpath(".//*[local-name()='a']")) == len(tree.xpath("//table[contains(@class, 'ties')]/tbody/tr"))


def test_cuts_are_shown_with_their_reasons(tree: html.HtmlElement) -> None:
    """What was cut is named, quoted, and struck where it stood."""
    text = tree.get_element_by_id("documents").text_content()
    assert "list of search questions" in text
    assert [d.text for d in tree.xpath("//del")].count("By a staff writer, Beirut") == 1
    assert "that day was a Wednesday" in text
    assert "scan-07.pdf" in tree.get_element_by_id("unread").text_content()


def test_output_is_the_same_every_time(picture: Picture, page: str) -> None:
    """The bytes depend on the picture alone, not on the order of its rows."""
    turned = replace(picture, claims=picture.claims[::-1] + picture.claims[:9], ties=picture.ties[::-1], documents=picture.documents[::-1])
    assert render_report(picture) == page
    assert render_report(turned) == page


def test_three_hundred_parties_and_five_thousand_claims_fit(large: Picture, big: str) -> None:
    """The largest picture stays under 5 MB and loses no claim; network and matrix hold the parties with most."""
    assert len(big.encode()) <= MOST_BYTES
    tree = html.document_fromstring(big)
    assert len(tree.xpath("//*[starts-with(@id, 'c-')]")) == len(large.claims) == 5000
    assert {f"#q-{c.id}" for c in large.claims} <= {f"#{i}" for i in tree.xpath("//mark/@id")}
    assert len(tree.xpath("//*[local-name()='svg'][@class='net']/*[local-name()='circle']")) <= MOST_NODES
    assert len(tree.xpath("//table[@class='matrix']/tbody/tr")) == 60


def test_long_texts_are_shown_in_part(picture: Picture) -> None:
    """A document of ten megabytes is counted, not printed, and its quotations are kept."""
    long = replace(picture.documents[0], text=picture.documents[0].text + " x" * 5_000_000)
    claims = tuple(replace(c, document_id=long.id) for c in picture.claims if c.document_id == picture.documents[0].id)
    page = render_report(replace(picture, documents=(long,), claims=claims, ties=(), changes=()))
    assert len(page) < 200_000
    assert "characters left out]" in page
    assert all(clean_text(c.quote) in page for c in claims)


def test_an_empty_picture_says_so() -> None:
    """Nothing read still gives a page that says what is missing."""
    page = render_report(Picture((), (), (), (), (), "2025-01-01"))
    assert "No tie turned" in page
    assert "No report here says how two parties stand" in page


def test_a_file_that_cannot_be_written_is_one_sentence(picture: Picture, tmp_path: Path) -> None:
    """A path without a folder gives one clear sentence with the remedy."""
    with pytest.raises(BadInput, match="name another with -o"):
        write_report(picture, tmp_path / "none" / "r.html")


def test_without_a_turn_the_latest_acts_open_the_report(picture: Picture) -> None:
    """The opening is never empty: it says that nothing is proven, and quotes what was done last."""
    tree = html.document_fromstring(render_report(replace(picture, changes=())))
    changes = tree.get_element_by_id("changes")
    assert "No tie turned by more than its own uncertainty" in changes.text_content()
    assert "Latest acts that speak for a change" in changes.text_content()
    assert changes.xpath(".//blockquote") and changes.xpath(".//a[starts-with(@href, '#c-')]")


def test_unnamed_parties_are_left_out_of_network_and_count(picture: Picture) -> None:
    """A tie with a party that no table names stands in a list of its own."""
    nobody = replace(picture.ties[0], a="state:X", b="unknown:men", a_name="Xland", b_name="men", claims=())
    tree = html.document_fromstring(render_report(replace(picture, ties=(*picture.ties, nobody))))
    assert "Xland – men" in tree.get_element_by_id("unnamed").text_content()
    assert "Xland" not in tree.xpath("//*[local-name()='svg'][@class='net']")[0].text_content()
    rows = tree.xpath("//table[contains(@class, 'ties')]/tbody/tr")
    counts = [int(row.xpath("./td")[5].text) for row in rows]
    assert len(rows) == len(picture.ties) and counts == sorted(counts, reverse=True)
