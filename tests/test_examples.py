"""The example reports are what their tables say: every planted defect stands where it is named, nothing else is wrong."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from amity.records import CutReason

FOLDER = Path(__file__).parents[1] / "examples"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
TABLE = yaml.safe_load((FOLDER / "defects.yaml").read_text(encoding="utf-8"))
REPORTS: dict[str, dict[str, Any]] = {r["file"]: r for r in TABLE["reports"]}
DEFECTS: list[dict[str, Any]] = TABLE["defects"]
OTHER_KINDS = {
    "wrong_weekday",
    "impossible_date",
    "undated",
    "denial",
    "told_differently",
    "syndicated_copy",
    "unclosed_quote",
    "encoding",
    "byte_order_mark",
}
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WEEKDAY = "(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
DAY_FIRST = re.compile(rf"{WEEKDAY},?\s+(\d{{1,2}})\s+({'|'.join(MONTHS)})(?:\s+(\d{{4}}))?")
MONTH_FIRST = re.compile(rf"{WEEKDAY},?\s+({'|'.join(MONTHS)})\s+(\d{{1,2}})(?:,\s+(\d{{4}}))?")
VOID = {"meta", "link", "img", "br", "input"}


def of_kind(kind: str) -> list[Any]:
    """The planted defects of one kind, as test parameters."""
    found = [d for d in DEFECTS if d["kind"] == kind]
    assert found, f"no {kind} is planted"
    return [pytest.param(d, id=f"{d['file']}:{d['line']}") for d in found]


def of_form(form: str) -> list[str]:
    """The files of one form."""
    return [name for name, report in REPORTS.items() if report["form"] == form]


def read_lines(name: str) -> list[str]:
    """The lines of a file as stored, with character references and JSON escapes resolved."""
    lines = (FOLDER / name).read_bytes().decode(REPORTS[name]["encoding"]).splitlines()
    if REPORTS[name]["form"] == "jsonl":
        return ["\n\n".join(json.loads(line).values()) for line in lines]
    return [html.unescape(line) for line in lines]


def read_stories(name: str) -> list[tuple[str, str | None]]:
    """Each story of a file, planted junk left out, with the day it was published."""
    if REPORTS[name]["form"] == "jsonl":
        rows = [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
        return [(row["text"], row["date"]) for row in rows]
    lines = read_lines(name)
    for defect in (d for d in DEFECTS if d["file"] == name and d["kind"] in get_args(CutReason) and d["kind"] != "unverified_notice"):
        for i in range(defect["line"] - 1, defect.get("last", defect["line"])):
            lines[i] = ""
    text = "\n".join(lines)
    return [(article_text(text) if REPORTS[name]["form"] == "html" else text, REPORTS[name]["published"])]


def article_text(page: str) -> str:
    """What stands inside the article element, tags removed."""
    return re.sub(r"<[^>]*>", " ", page[page.index("<article") : page.index("</article>")])


def weekday_slips(text: str, year: int) -> set[tuple[str, str]]:
    """Each weekday that does not fit the day beside it, as (weekday, ISO day)."""
    found = [(m[1], m[2], m[3], m[4]) for m in DAY_FIRST.finditer(text)] + [(m[1], m[3], m[2], m[4]) for m in MONTH_FIRST.finditer(text)]
    days = [(said, date(int(y or year), MONTHS.index(month) + 1, int(day))) for said, day, month, y in found]
    return {(said, day.isoformat()) for said, day in days if said != f"{day:%A}"}


def shingles(text: str, size: int) -> set[tuple[str, ...]]:
    """Runs of `size` words, case and punctuation ignored."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


class Page(HTMLParser):
    """Counts elements, keeps og: metadata, headings and JSON-LD, and notes tags that do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.astray: list[str] = []
        self.og: dict[str, str] = {}
        self.headings: list[str] = []
        self.linked_data: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append("json-ld" if named.get("type") == "application/ld+json" else tag)
        if tag == "meta" and (key := named.get("property") or "").startswith("og:"):
            self.og[key] = named.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        last = self.open.pop() if self.open else ""
        if last.replace("json-ld", "script") != tag:
            self.astray.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "json-ld":
            self.linked_data.append(json.loads(data))
        elif self.open and self.open[-1] == "h1":
            self.headings.append(data)


def read_page(name: str) -> Page:
    """A page, parsed to its end."""
    page = Page()
    page.feed((FOLDER / name).read_text(encoding="utf-8"))
    page.close()
    return page


def test_every_file_is_listed_and_in_the_readme() -> None:
    """The reports in the folder, in defects.yaml and in the README's table are the same ones."""
    stored = {p.name for p in FOLDER.iterdir() if p.suffix in {".txt", ".html", ".jsonl"}}
    rows = re.findall(r"^\| `([^`]+)`", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert stored == set(REPORTS) == set(rows)
    assert len(rows) == len(REPORTS) == 14


@pytest.mark.parametrize("defect", [pytest.param(d, id=f"{d['file']}:{d['line']}:{d['kind']}") for d in DEFECTS])
def test_the_words_of_a_defect_stand_in_its_line(defect: dict[str, Any]) -> None:
    """A planted defect is of a known kind, and its words, and those of its second place, are in the lines named."""
    assert defect["kind"] in OTHER_KINDS | set(get_args(CutReason))
    for place in (defect, defect.get("other", defect)):
        assert place["words"] in read_lines(place["file"])[place["line"] - 1]
    assert defect["line"] <= defect.get("last", defect["line"]) <= len(read_lines(defect["file"]))


@pytest.mark.parametrize("name", REPORTS)
def test_weekdays_are_wrong_only_where_planted(name: str) -> None:
    """Every weekday beside a date fits the calendar, but for those that defects.yaml names."""
    planted = {(d["says"], d["date"]) for d in DEFECTS if d["file"] == name and d["kind"] == "wrong_weekday"}
    slips = [weekday_slips(text, date.fromisoformat(day).year if day else 0) for text, day in read_stories(name) if day]
    assert set().union(*slips) == planted


def test_weekday_slips_reads_both_orders() -> None:
    """The calendar check sees a wrong weekday before either order of day and month, and passes a right one."""
    text = "on Friday, June 5 and Friday 5 June 2020, not Tuesday, June 5, 2018"
    assert weekday_slips(text, 2018) == {("Friday", "2018-06-05")}


@pytest.mark.parametrize("defect", of_kind("impossible_date"))
def test_impossible_dates_are_impossible(defect: dict[str, Any]) -> None:
    """A date planted as impossible is none that the calendar has."""
    assert defect["date"] in defect["words"]
    with pytest.raises(ValueError):
        date.fromisoformat(defect["date"])


@pytest.mark.parametrize("name", REPORTS)
def test_stories_are_short_reports(name: str) -> None:
    """Each story, junk left out, has 150 to 450 words."""
    assert all(150 <= len(text.split()) <= 450 for text, _ in read_stories(name))


@pytest.mark.parametrize("name", of_form("text"))
def test_text_is_laid_out_as_listed(name: str) -> None:
    """Hard-wrapped files keep to 78 columns; the others hold a paragraph in a line."""
    lines = (FOLDER / name).read_bytes().decode(REPORTS[name]["encoding"]).splitlines()
    longest = max(map(len, lines))
    assert (60 < longest <= 78) if REPORTS[name]["layout"] == "wrapped" else longest > 300


@pytest.mark.parametrize("name", [n for n in of_form("text") if REPORTS[n]["published"]])
def test_text_states_its_day(name: str) -> None:
    """A text file with a day of publication says it within its first six lines."""
    day = date.fromisoformat(REPORTS[name]["published"])
    head = "\n".join(read_lines(name)[:6])
    assert any(stated in head for stated in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"))


@pytest.mark.parametrize("defect", of_kind("encoding"))
def test_the_code_page_is_not_utf8(defect: dict[str, Any]) -> None:
    """The Windows-1252 file cannot be decoded as UTF-8 and ends its lines with CRLF."""
    stored = (FOLDER / defect["file"]).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        stored.decode("utf-8")
    assert stored.count(b"\r\n") == stored.count(b"\n") > 0


def test_one_file_has_a_byte_order_mark() -> None:
    """Just the file that is listed with a byte order mark begins with one."""
    marked = {name for name in REPORTS if (FOLDER / name).read_bytes().startswith(b"\xef\xbb\xbf")}
    assert marked == {d["file"] for d in DEFECTS if d["kind"] == "byte_order_mark"}


@pytest.mark.parametrize("name", of_form("jsonl"))
def test_json_lines_hold_the_five_fields(name: str) -> None:
    """Every line is an object of five texts, none empty, with an ISO day and an address of its own."""
    rows = [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
    assert all(list(row) == ["url", "title", "date", "source", "text"] and all(row.values()) for row in rows)
    assert all(date.fromisoformat(row["date"]).isoformat() == row["date"] for row in rows)
    assert len({row["url"] for row in rows}) == len(rows) >= 4


@pytest.mark.parametrize("name", of_form("html"))
def test_pages_are_whole_and_furnished(name: str) -> None:
    """A page nests properly, has one article amid nav, header, aside and footer, and names its outlet and title."""
    page = read_page(name)
    assert not page.astray and not page.open
    assert page.tags.count("article") == 1
    assert {"nav", "header", "aside", "footer"} <= set(page.tags)
    assert page.og["og:site_name"] == REPORTS[name]["outlet"]
    assert page.og["og:title"] in page.headings


@pytest.mark.parametrize("name", of_form("html"))
def test_pages_carry_their_day(name: str) -> None:
    """The day of publication stands in a page's metadata, in some pages only as JSON-LD."""
    head = (FOLDER / name).read_text(encoding="utf-8").split("</head>")[0]
    assert re.search(rf"(published_time\"|\"date\"|datePublished\").{{1,12}}{REPORTS[name]['published']}", head)


def test_json_ld_tells_the_day() -> None:
    """At least one page has JSON-LD that parses, with the day of publication of its article."""
    found = 0
    for name in of_form("html"):
        for block in read_page(name).linked_data:
            story = next(item for item in block.get("@graph", [block]) if item["@type"] == "NewsArticle")
            assert story["datePublished"].startswith(REPORTS[name]["published"])
            found += 1
    assert found >= 1


@pytest.mark.parametrize("defect", of_kind("caption"))
def test_a_stale_caption_is_older_than_its_report(defect: dict[str, Any]) -> None:
    """The day in the caption lies at least a month before publication."""
    shown = date.fromisoformat(defect["date"])
    assert f"{shown.day} {shown:%B} {shown.year}" in read_lines(defect["file"])[defect["line"] - 1]
    assert (date.fromisoformat(REPORTS[defect["file"]]["published"]) - shown).days >= 30


@pytest.mark.parametrize("defect", of_kind("repeated_title"))
def test_a_repeated_title_is_the_title(defect: dict[str, Any]) -> None:
    """A line planted as a repeated title begins with the first line of the file."""
    lines = read_lines(defect["file"])
    assert defect["other"]["line"] == 1 < defect["line"]
    assert lines[defect["line"] - 1].startswith(lines[0])


@pytest.mark.parametrize("defect", of_kind("repeated_teaser"))
def test_a_repeated_teaser_is_cut_from_its_paragraph(defect: dict[str, Any]) -> None:
    """A teaser ends in dots, and what stands before them begins the paragraph it was cut from."""
    lines = read_lines(defect["file"])
    teaser = lines[defect["line"] - 1]
    assert teaser.endswith(" ...")
    assert lines[defect["other"]["line"] - 1].startswith(teaser.removesuffix(" ..."))


@pytest.mark.parametrize("defect", of_kind("read_more_list"))
def test_a_read_more_list_stands_in_mid_article(defect: dict[str, Any]) -> None:
    """A list of other stories has at least two links, with paragraphs of the article before and after."""
    lines = read_lines(defect["file"])
    first, last = defect["line"] - 1, defect["last"]
    assert sum("<a " in line for line in lines[first:last]) >= 2
    assert any("<article" in line for line in lines[:first]) and any("</article>" in line for line in lines[last:])
    for around in (lines[:first], lines[last:]):
        assert any(line.startswith("<p>") and len(line) > 200 for line in around)


@pytest.mark.parametrize("defect", of_kind("question_spam"))
def test_question_spam_ends_the_article(defect: dict[str, Any]) -> None:
    """The block holds at least four questions with the scraper's mark, and no question of that form stands elsewhere."""
    lines = read_lines(defect["file"])
    asked = [i for i, line in enumerate(lines, 1) if line.endswith("? ›")]
    assert len(asked) >= 4
    assert defect["line"] < min(asked) and max(asked) < defect["last"]


def test_a_generated_author_is_not_the_author() -> None:
    """The made-up author box names somebody whom the byline does not."""
    boxes = [d for d in DEFECTS if d["kind"] == "author_box" and "name" in d]
    assert boxes
    for box in boxes:
        lines = read_lines(box["file"])
        assert any(box["name"] in line for line in lines[box["line"] - 1 : box["last"]])
        assert box["name"] not in "\n".join(lines[: box["line"] - 1])


@pytest.mark.parametrize("defect", of_kind("undated"))
def test_an_undated_report_names_no_year(defect: dict[str, Any]) -> None:
    """No year stands in the file, in figures; both clauses that fix it are there."""
    assert not re.search(r"\b(?:19|20)\d\d\b", "\n".join(read_lines(defect["file"])))
    assert REPORTS[defect["file"]]["published"] is None and {"year", "other"} <= set(defect)


@pytest.mark.parametrize("defect", of_kind("unclosed_quote"))
def test_an_unclosed_quotation_is_the_only_one(defect: dict[str, Any]) -> None:
    """One more curly mark opens than closes in the line named, and in no other line of any text file."""
    open_in = {
        (name, i)
        for name in of_form("text")
        for i, line in enumerate(read_lines(name), 1)
        if line.count("“") != line.count("”") or (REPORTS[name]["layout"] != "wrapped" and line.count('"') % 2)
    }
    assert open_in == {(defect["file"], defect["line"])}


@pytest.mark.parametrize("defect", of_kind("syndicated_copy"))
def test_a_syndicated_copy_is_shorter_and_renamed(defect: dict[str, Any]) -> None:
    """The copy has another headline, nearly all its words are the original's, and the original goes on."""
    row = json.loads((FOLDER / defect["file"]).read_text(encoding="utf-8").splitlines()[defect["line"] - 1])
    whole, part = (shingles(t, 3) for t in ("\n".join(read_lines(defect["other"]["file"])), row["text"]))
    assert row["title"] == defect["words"] != defect["other"]["words"]
    assert len(part & whole) / len(part) > 0.95 and len(part) < 0.85 * len(whole)


def test_an_incident_told_twice_differs_in_three_ways() -> None:
    """Each pair of accounts comes from two outlets and differs in number, actor and outcome."""
    pairs: dict[tuple[str, str], set[str]] = {}
    for d in (d for d in DEFECTS if d["kind"] == "told_differently"):
        pairs.setdefault((d["file"], d["other"]["file"]), set()).add(d["aspect"])
    assert pairs
    for (one, two), aspects in pairs.items():
        assert aspects == {"number", "actor", "outcome"}
        assert REPORTS[one]["outlet"] != REPORTS[two]["outlet"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the checkout (../shared/seeds)")
def test_no_sentence_of_the_seeds_is_copied() -> None:
    """No run of eight words of any example stands in a seed."""
    seen = set().union(*(shingles(p.read_text(encoding="utf-8"), 8) for p in SEEDS.glob("*.txt")))
    assert seen
    copied = {(name, run) for name in REPORTS for run in shingles("\n".join(read_lines(name)), 8) & seen}
    assert copied == set()
