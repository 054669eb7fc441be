"""Tests of the drawing: places and marks that say what the records say."""

from __future__ import annotations

from math import dist

from hypothesis import given, settings
from hypothesis import strategies as st

from amity.show import Picture
from amity.show.layout import Link, place_labels, place_nodes
from amity.show.network import build_matrix, draw_network
from amity.show.picture import gather_dyads
from amity.show.strip import MIDDLE, draw_strip

SIZE, MARGIN = (640, 560), (60, 30)
links = st.lists(st.builds(Link, st.integers(0, 11), st.integers(12, 23), st.sampled_from([-1, 0, 1]), st.integers(1, 9)), max_size=40)


@settings(max_examples=15, deadline=None)
@given(links)
def test_nodes_stay_in_the_box_and_apart(found: list[Link]) -> None:
    """Every node lies in the drawing, no two on one place, and the same links give the same places."""
    spots = place_nodes(24, found, SIZE, MARGIN)
    assert all(MARGIN[i] - 0.1 <= s[i] <= SIZE[i] - MARGIN[i] + 0.1 for s in spots for i in (0, 1))
    assert min(dist(a, b) for i, a in enumerate(spots) for b in spots[:i]) > 12
    assert spots == place_nodes(24, found, SIZE, MARGIN)


def test_camps_lie_apart() -> None:
    """Two camps of friends with foes between them are nearer within than across."""
    inner = [Link(a, b, 1, 3) for camp in (range(4), range(4, 8)) for a in camp for b in camp if a < b]
    across = [Link(a, b, -1, 3) for a in range(4) for b in range(4, 8)]
    spots = place_nodes(8, inner + across, SIZE, MARGIN)
    near = max(dist(spots[k.a], spots[k.b]) for k in inner)
    far = min(dist(spots[k.a], spots[k.b]) for k in across)
    assert near < far


def test_labels_choose_the_free_side() -> None:
    """A label does not run over its neighbour or out of the drawing."""
    (_, _, left), (_, _, right) = place_labels([(600.0, 100.0), (100.0, 100.0)], [6, 6], ["Eastern Front", "West"], SIZE)
    assert (left, right) == ("end", "start")


def test_every_label_and_tie_is_drawn(picture: Picture) -> None:
    """The network has a line for every tie and a name for every party."""
    dyads, _ = gather_dyads(picture)
    net = str(draw_network(dyads))
    assert net.count('class="hit"') == len(picture.ties)
    assert all(f">{t.a_name}</text>" in net for t in picture.ties if len(t.a_name) < 24)


def test_matrix_is_symmetric(picture: Picture) -> None:
    """A field and its mirror say the same."""
    parties, rows = build_matrix(gather_dyads(picture)[0])
    assert all(rows[i][j] == rows[j][i] for i in range(len(parties)) for j in range(len(parties)))
    assert sum(cell is not None for row in rows for cell in row) == 2 * len(picture.ties)


def test_strip_puts_conflict_below_the_line(picture: Picture) -> None:
    """Cooperation ends above the middle, conflict below, and what did not happen is told apart."""
    from lxml import html

    dyad = next(d for d in gather_dyads(picture)[0] if d.label == "Syria – Turkey")
    marks = html.fragment_fromstring(str(draw_strip(dyad, picture.as_of))).xpath(".//*[local-name()='a']")
    ends = {a.get("class"): float(a.xpath("./*[local-name()='line'][last()]/@y2")[0]) for a in marks if a.xpath("./*[local-name()='line']")}
    assert ends["neg real"] > MIDDLE > ends["pos unreal"]
    assert len(marks) == len(dyad.claims)


def test_few_dated_claims_give_no_strip(picture: Picture) -> None:
    """One or two claims are read faster than drawn."""
    dyad = next(d for d in gather_dyads(picture)[0] if len(d.claims) == 1 and not d.changes)
    assert draw_strip(dyad, picture.as_of) == ""
