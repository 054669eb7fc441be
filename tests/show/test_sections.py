"""Tests of the report's sections on incidents, blocs, outlook and sources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from amity.ledger import open_ledger
from amity.pipeline import draw_report
from amity.show import Picture
from amity.show.report import MOST_BYTES, render_report
from amity.show.sections import choose_bases, lay_blocs, rank_incidents


@pytest.fixture(scope="module")
def whole(kept: Path) -> Picture:
    """The picture with everything that is found on the ground of all claims."""
    with open_ledger(kept, create=False) as ledger:
        return draw_report(ledger)


@pytest.fixture(scope="module")
def tree(whole: Picture) -> html.HtmlElement:
    """Its report, parsed."""
    return html.document_fromstring(render_report(whole))


def test_incidents_stand_with_their_accounts(whole: Picture, tree: html.HtmlElement) -> None:
    """Every incident of several claims is there, each account with its voice and words, and every telling leads to its claim."""
    told = rank_incidents(whole.incidents)
    assert told and len(tree.xpath("//article[@class='incident']")) == len(told)
    for incident in told:
        article = tree.get_element_by_id(f"incident-{incident.id}")
        assert len(article.xpath(".//div[contains(@class, 'account ') or @class='account']")) == len(incident.accounts)
        links = {h.removeprefix("#c-") for h in article.xpath(".//p[@class='telling']/a/@href")}
        assert links == {t.claim for a in incident.accounts for t in a.tellings}


def test_what_is_contradicted_comes_first(whole: Picture) -> None:
    """Contradicted incidents before those that came to stand otherwise, and the latest first among equals."""
    told = rank_incidents(whole.incidents)
    keys = [(i.contradicted, len({s.status for s in i.stages}) > 1) for i in told]
    assert keys == sorted(keys, reverse=True)
    assert all(len(i.claims) > 1 for i in told)


def test_blocs_name_every_party_once(whole: Picture, tree: html.HtmlElement) -> None:
    """Each party of the division stands in one line, the torn with their share, the proof in words."""
    sheet = lay_blocs(whole)
    assert sheet and whole.blocs
    shown = [n for bloc in sheet.blocs for n in bloc] + list(sheet.alone)
    assert sorted(shown) == sorted(whole.blocs.name_of(m) for b in whole.blocs.blocs for m in b.members)
    text = tree.get_element_by_id("blocs").text_content()
    assert "the least possible" in text and all(n in text for n in shown)
    assert [m.share for m in sheet.torn] == sorted((m.share for m in sheet.torn), reverse=True)


def test_outlook_tells_base_rates_as_such(whole: Picture, tree: html.HtmlElement) -> None:
    """Where nothing beats the base rate, one line for each kind and horizon says so, and why."""
    text = tree.get_element_by_id("outlook").text_content()
    bases = choose_bases(whole)
    assert bases and "Base rates: nothing better is known of these" in text
    assert len({(f.kind, f.horizon) for f in bases}) == len(bases)
    assert whole.outlook and all(note in text for note in whole.outlook.notes)


def test_sources_are_listed_with_grades(whole: Picture, tree: html.HtmlElement) -> None:
    """Every source has its row and how its claims fared; grades in words have a column once somebody gave one."""
    rows = tree.xpath("//table[contains(@class, 'sources')]/tbody/tr")
    assert len(rows) == min(200, len(whole.sources)) and "cannot be judged" not in rows[0].text_content()
    first, *others = whole.sources
    graded = html.document_fromstring(render_report(replace(whole, sources=(replace(first, reliability="B"), *others))))
    cells = [r.text_content() for r in graded.xpath("//table[contains(@class, 'sources')]/tbody/tr")]
    assert "B usually reliable" in cells[0] and "F cannot be judged" in cells[1]


def test_a_picture_without_findings_says_so(picture: Picture) -> None:
    """A picture of claims and ties alone still gives every section."""
    text = html.document_fromstring(render_report(picture)).text_content()
    for said in ("No incident here is told", "Blocs were not sought", "No forecasts were made", "No source was weighed"):
        assert said in text


def test_many_incidents_stay_within_the_size(whole: Picture, large: Picture) -> None:
    """Thousands of incidents keep the report under its size: the first in full, the others in a line each."""
    told = rank_incidents(whole.incidents)[0]
    many = tuple(replace(told, id=f"{n:016x}") for n in range(1500))
    page = render_report(replace(large, incidents=many, sources=whole.sources, blocs=whole.blocs, outlook=whole.outlook))
    assert len(page.encode()) <= MOST_BYTES and "further incidents" in page
