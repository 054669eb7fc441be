"""The contract of a format, held by every one of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.reading import FORMATS, Format, read_paths, split_sentences
from amity.reading.formats import choose_format
from amity.records import Document, Unread

TITLE, FIRST, SECOND = (
    "Two states sign a pact",
    "The ministers of both states met on Monday in the capital.",
    "They agreed to open the border for trade within a month.",
)


def write_report(form: Format, path: Path) -> None:
    """The same report in each form."""
    texts = {
        "text": f"{TITLE}\r\n\r\n{FIRST}\r\n\r\n{SECOND}\r\n",
        "html": f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>",
        "jsonl": json.dumps({"title": TITLE, "text": f"{FIRST}\n\n{SECOND}"}),
    }
    path.write_bytes(texts[form.name].encode())


@pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.name)
def test_a_report_reads_the_same_in_every_form(tmp_path: Path, form: Format) -> None:
    """Title, format name and sentences come out alike, and every sentence stands where it says."""
    path = tmp_path / f"report{form.suffixes[0]}"
    write_report(form, path)
    (document,) = read_paths([path])
    assert isinstance(document, Document)
    assert (document.title, document.format) == (TITLE, form.name)
    sentences = split_sentences(document)
    assert [s.text for s in sentences if not s.heading] == [FIRST, SECOND]
    assert all(document.text[s.start : s.end] == s.text for s in sentences)


@pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.name)
def test_suffixes_are_small_and_lead_to_their_form(form: Format) -> None:
    """Each suffix begins with a point, is in lower case and chooses the form it belongs to."""
    for suffix in form.suffixes:
        assert suffix.startswith(".") and suffix == suffix.lower()
        assert choose_format(Path("x" + suffix.upper())) is form


@pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.name)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(min_size=1, max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_no_bytes_break_a_form(tmp_path: Path, form: Format, data: bytes) -> None:
    """Any bytes give at least one record and never an exception; sentences stand where they say and outside the cuts."""
    path = tmp_path / f"any{form.suffixes[0]}"
    path.write_bytes(data or b"x")
    records = list(form.read(path, b"" if form.streams else path.read_bytes(), "any"))
    assert records or not data.strip()
    for record in records:
        if isinstance(record, Unread):
            assert record.reason
            continue
        for s in split_sentences(record):
            assert record.text[s.start : s.end] == s.text
            assert record.cut_at(s.start, s.end) is None
