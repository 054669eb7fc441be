"""Tests of the figures for papers: every form, the same bytes, hostile names, and what cannot be drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("matplotlib")
from lxml import etree

from amity.errors import BadInput
from amity.records import Cohesion
from amity.show import Picture
from amity.show.picture import Dyad, gather_dyads
from amity.show.plots import plot_blocs, plot_cohesion, plot_tie, save_figure
from amity.ties import days_of, follow_blocs


@pytest.fixture(scope="module")
def dyad(picture: Picture) -> Dyad:
    """A pair that turned."""
    return next(d for d in gather_dyads(picture)[0] if d.changes and d.tie)


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_tie_is_drawn_in_every_form(form: str, dyad: Dyad, tmp_path: Path) -> None:
    """Each form is what its ending says, and the same tie gives the same bytes."""
    assert dyad.tie
    for name in ("one", "two"):
        save_figure(plot_tie(dyad.tie, dyad.claims, dyad.changes), tmp_path / f"{name}.{form}")
    first = (tmp_path / f"one.{form}").read_bytes()
    assert first == (tmp_path / f"two.{form}").read_bytes()
    assert first.lstrip().startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[form])


def test_names_are_letters_not_commands(dyad: Dyad, tmp_path: Path) -> None:
    """Dollar signs, tags and controls in a name neither fail nor get into the drawing."""
    assert dyad.tie
    sly = replace(dyad.tie, a_name="$\\frac{1}{0", b_name="<script>x</script>\x00\x1b")
    save_figure(plot_tie(sly, dyad.claims), tmp_path / "sly.svg")
    tree = etree.fromstring((tmp_path / "sly.svg").read_bytes())
    assert not tree.findall(".//{*}script")


def test_acts_of_both_kinds_have_their_panels(dyad: Dyad) -> None:
    """Deeds, words and warmth share one axis of time; every dated act is a mark in its panel."""
    assert dyad.tie
    deeds, words, warmth = plot_tie(dyad.tie, dyad.claims, dyad.changes).axes
    dated = [c for c in dyad.claims if c.quad and (c.date or c.published)]
    marks = [len([line for line in axes.lines if line.get_marker() in ("s", "o")]) for axes in (deeds, words)]
    assert marks == [sum(c.quad in q for c in dated) for q in ((2, 4), (1, 3))]
    assert deeds.get_shared_x_axes().joined(deeds, warmth)


def test_blocs_are_drawn_by_number(picture: Picture, tmp_path: Path) -> None:
    """Each party in a bloc has a field for each day, with the bloc's number in it, so that colour is never alone."""
    moments = follow_blocs(list(picture.claims), days_of(list(picture.claims), "year"))
    figure = plot_blocs(moments)
    stood = sum(len(b.members) for m in moments for t, b in zip(m.tracks, m.partition.blocs, strict=True) if t is not None)
    assert len(figure.axes[0].patches) == len(figure.axes[0].texts) == stood
    save_figure(figure, tmp_path / "blocs.png")


def test_what_cannot_be_drawn_says_so(dyad: Dyad, tmp_path: Path) -> None:
    """No bloc, no word of the members, another ending: one sentence each."""
    assert dyad.tie
    nothing = Cohesion("axis", "2024-01-01", ("a", "b"), None, None, None, None, None, 0, 1)
    for draw in (lambda: plot_blocs([]), lambda: plot_cohesion([nothing], {})):
        with pytest.raises(BadInput, match="plot "):
            draw()
    with pytest.raises(BadInput, match=r"allowed is \.svg, \.png, \.pdf"):
        save_figure(plot_tie(dyad.tie, ()), tmp_path / "x.gif")
