"""Watching as a whole: a site, a folder and a pipe, read once, kept, told once, whatever is cut off when."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from amity.engines.local import Here
from amity.errors import BadInput, LedgerError
from amity.ledger import open_ledger
from amity.rounds import Rounds
from amity.watch import Memory, read_settings

FAST = "[limits]\npause = 0\nseconds = 2\nbytes = 200_000\n"


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Text of a settings file -> a watch in a folder; all that are made are closed."""
    made: list[Any] = []

    def make(text: str, say: Callable[[str], None] = lambda _: None) -> Any:
        for rounds, ledger in made:
            rounds.close()
            ledger.close()
        made.clear()
        (tmp_path / "feeds.toml").write_text(FAST + text, encoding="utf-8")
        ledger = open_ledger(tmp_path / "a.db")
        made.append((Rounds(read_settings(tmp_path / "feeds.toml"), tmp_path / "state", ledger, Here(), say), ledger))
        return made[-1][0]

    yield make
    for rounds, ledger in made:
        rounds.close()
        ledger.close()


def settle(rounds: Any) -> list[Any]:
    """Rounds until one is idle, sources looked at each time."""
    done = []
    while True:
        rounds.memory.raw.execute("UPDATE sources SET next_at = 0")
        done.append(rounds.go_round())
        if done[-1].idle:
            return done


def test_a_feed_is_read_once_and_its_pages_are_kept(watch: Any, site: Any, feed: Any, page: Any, tmp_path: Path) -> None:
    """Pages are fetched once, read, dated by the feed where they tell no day, and stand in a WARC file that others can read."""
    one = site.put(
        "/1", page("Talks", "Norway condemned the attack on Sweden, officials said.", "It was the second in a month, they said.")
    )
    two = site.put("/2", b"Chad signed a defence pact with Niger.\n", "text/plain")
    url = site.put("/feed", feed(one, two), "application/rss+xml")
    rounds = watch(f'[[feed]]\nname = "wire"\nurl = "{url}"\nallow_private = true\n')
    first = settle(rounds)
    assert (first[0].found, first[0].fetched, first[0].documents) == (2, 2, 2) and first[0].claims >= 2
    assert [site.asked[p] for p in ("/1", "/2", "/robots.txt")] == [1, 1, 1] and site.asked["/feed"] >= 2
    documents = {d.name: d for d in rounds.ledger.documents()}
    assert documents[two].published == "2024-03-04" and documents[one].url == one
    archive = next((tmp_path / "state").glob("*.warc.gz"))
    with archive.open("rb") as stream:
        assert [r.rec_headers.get_header("WARC-Target-URI") for r in ArchiveIterator(stream)] == [one, two]
    rounds = watch(f'[[feed]]\nname = "wire"\nurl = "{url}"\nallow_private = true\n')
    assert settle(rounds)[0].idle and site.asked["/1"] == 1 and len(list(rounds.ledger.documents())) == 2


def test_a_feed_that_is_known_is_not_sent_again(watch: Any, site: Any, feed: Any, page: Any, answer: Any) -> None:
    """The mark of the last answer goes with the next question."""
    one = site.put("/1", page("Talks", "Norway met Sweden in Oslo on Monday."))
    site.do("/feed", lambda h: answer(h, b"", 304) if h.headers.get("If-None-Match") else answer(h, feed(one), kind="text/xml", etag='"7"'))
    settle(watch(f'[[feed]]\nname = "wire"\nurl = "{site.home}/feed"\nallow_private = true\n'))
    assert [h.get("if-none-match") for h in site.headers if h["path"] == "/feed"][:2] == [None, '"7"']


def test_pages_that_misbehave_are_counted_and_the_rest_is_read(watch: Any, site: Any, feed: Any, page: Any, answer: Any) -> None:
    """Each bad page ends in one unread record or waits for a later try; the good one is read; a private link is not followed."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /secret\n", "text/plain")
    site.do("/busy", lambda h: answer(h, b"", 503))
    bad = {
        "404": site.home + "/none",
        "kind application/zip": site.put("/zip", b"PK", "application/zip"),
        "200,001 bytes": site.put("/big", b"x" * 200_001),
        "redirects": site.do("/loop", lambda h: answer(h, b"", 302, location="/loop")),
        "robots.txt": site.put("/secret", b"<p>x"),
        "visible text": site.put("/empty", b"<html></html>"),
    }
    good = site.put("/good", page("Talks", "Norway condemned the attack on Sweden, officials said."))
    url = site.put("/feed", feed(*bad.values(), site.home + "/busy", good), "text/xml")
    rounds = watch(f'[[feed]]\nname = "wire"\nurl = "{url}"\nallow_private = true\n')
    settle(rounds)
    unread = {u.name: u.reason for u in rounds.ledger.unread()}
    assert {name: words in unread[name] for words, name in bad.items()} == dict.fromkeys(bad.values(), True), unread
    assert [d.name for d in rounds.ledger.documents()] == [good] and site.asked["/secret"] == 0
    waiting = rounds.memory.items("waiting")
    assert [(i.place, i.tries) for i in waiting] == [(site.home + "/busy", 1)] and site.asked["/busy"] == 1


def test_a_feed_in_trouble_is_asked_less_and_less(watch: Any, site: Any, answer: Any) -> None:
    """Failures double the wait; a private feed that is not allowed is told and never asked."""
    site.do("/feed", lambda h: answer(h, b"", 500))
    rounds = watch(
        f'[[feed]]\nname = "bad"\nurl = "{site.home}/feed"\nevery = 100\nallow_private = true\n'
        f'[[feed]]\nname = "inside"\nurl = "{site.home}/inside"\n'
    )
    waits = []
    for _ in range(3):
        rounds.memory.raw.execute("UPDATE sources SET next_at = 0")
        troubles = rounds.go_round().troubles
        waits.append(rounds.memory.source("bad")["next_at"] - time.time())
    assert [round(w / 100) for w in waits] == [2, 4, 8]
    assert any("500" in t for t in troubles) and any("private" in t or "robots" in t for t in troubles) and site.asked["/inside"] == 0


def test_a_clock_set_back_stops_nothing(watch: Any, site: Any, feed: Any) -> None:
    """A wait that seems longer than any is of another clock: the source is looked at."""
    url = site.put("/feed", feed(), "application/rss+xml")
    rounds = watch(f'[[feed]]\nname = "wire"\nurl = "{url}"\nallow_private = true\n')
    rounds.memory.source("wire")
    rounds.memory.raw.execute("UPDATE sources SET next_at = ?", (time.time() + 10 * 365 * 86_400,))
    rounds.go_round()
    assert site.asked["/feed"] == 1


def test_folders_and_pipes_are_followed(watch: Any, tmp_path: Path) -> None:
    """New and changed files that have settled, whole lines of a growing file and of a named pipe are read, each once."""
    inbox, wire, fifo = tmp_path / "inbox", tmp_path / "wire.jsonl", tmp_path / "fifo"
    (inbox / "deep").mkdir(parents=True)
    for path, text in (
        (inbox / "a.txt", "Norway condemned Sweden."),
        (inbox / "deep" / "a.txt", "Chad met Niger."),
        (inbox / "x.bin", "x"),
    ):
        path.write_text(text + "\n")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    (inbox / "new.txt").write_text("Peru met Chile.\n")
    (inbox / "out.txt").symlink_to("/etc/hostname")
    wire.write_text('{"text": "Oman met Qatar in Doha."}\n{"text": "half')
    os.mkfifo(fifo)
    rounds = watch(
        '[[folder]]\nname = "in"\npath = "inbox"\n[[pipe]]\nname = "wire"\npath = "wire.jsonl"\n[[pipe]]\nname = "fifo"\npath = "fifo"\n'
    )
    held = os.open(fifo, os.O_RDWR)
    os.write(held, b'{"text": "Togo sent aid to Ghana."}\n')
    settle(rounds)
    names = [d.name for d in rounds.ledger.documents()]
    assert names[:2] == ["a.txt", "deep/a.txt"] and len(names) == 4 and all(n.startswith(("fifo", "wire")) for n in names[2:])
    with wire.open("a") as file:
        file.write(' of it: Mali met Niger."}\n')
    (inbox / "a.txt").write_text("Norway praised Denmark.\n")
    os.utime(inbox / "a.txt", (1_700_000_100, 1_700_000_100))
    os.utime(inbox / "new.txt", (1_700_000_000, 1_700_000_000))
    settle(rounds)
    os.close(held)
    texts = [d.text for d in rounds.ledger.documents()]
    assert len(texts) == 6 and "half of it: Mali met Niger." in texts and "Norway praised Denmark.\n" in texts
    assert rounds.ledger.stats().versions == 7


TURN = [f"Norway signed a defence pact with Sweden on {day} {month} 2023." for month in ("March", "May", "July") for day in (2, 9, 16, 23)]
BREAK = [f"Norway bombed Sweden on {day} {month} 2024." for month in ("January", "February") for day in (3, 10, 17, 24)]


def test_changes_are_told_once_everywhere(watch: Any, site: Any, tmp_path: Path) -> None:
    """A turn goes to the terminal, a file, a feed of changes and a webhook; a webhook that is down is told when it is back."""
    inbox, said, posted = tmp_path / "inbox", [], []
    inbox.mkdir()
    up = False
    site.do(
        "/hook",
        lambda h: (
            posted.append((h.headers["Idempotency-Key"], h.body)) if up else None,
            h.send_response(204 if up else 500),
            h.end_headers(),
        ),
    )
    text = f'[[folder]]\npath = "inbox"\n[announce]\njsonl = "out.jsonl"\nrss = "out.xml"\nwebhook = "{site.home}/hook"\n'
    rounds = watch(text, said.append)
    for number, lines in enumerate((TURN, BREAK)):
        (inbox / f"{number}.txt").write_text("\n\n".join(lines) + "\n")
        os.utime(inbox / f"{number}.txt", (1_700_000_000, 1_700_000_000))
        settle(rounds)
    told = [line for line in said if "turned colder" in line]
    assert len(told) == 1 and "Norway" in told[0], said
    assert not posted
    up = True
    rounds = watch(text, said.append)
    settle(rounds)
    settle(rounds)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [r["key"] for r in rows] == [key for key, _ in posted] and json.loads(posted[-1][1]) == rows[-1]
    assert [r["direction"] for r in rows][-1] == -1 and rows[-1]["quotes"][0] in BREAK
    assert [line for line in said if "turned colder" in line] == told
    assert (tmp_path / "out.xml").read_text().count("<item>") == len(rows)


def test_a_second_watch_of_the_same_place_is_refused(watch: Any, tmp_path: Path) -> None:
    """Two processes on one memory would fetch and tell twice."""
    (tmp_path / "inbox").mkdir()
    watch('[[folder]]\npath = "inbox"\n')
    with pytest.raises(LedgerError, match="another amity watches here"):
        Memory(tmp_path / "state" / "watch.db")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no source"),
        ("[[feed]]\n", "no url"),
        ('[[feed]]\nurl = "file:///etc"\n', "http://"),
        ('[[feed]]\nurl = "http://a"\nevrey = 5\n', "did you mean every"),
        ('[[feed]]\nurl = "http://a"\nevery = 1\n', "10 seconds"),
        ('[feed]\nurl = "http://a"\n', "two brackets"),
        ('[[feed]]\nname = "../x"\nurl = "http://a"\n', "letters, digits"),
        ('[[feed]]\nname = "a"\nurl = "http://a"\n[[folder]]\nname = "a"\npath = "b"\n', "twice"),
        ('[[folder]]\npath = "b"\n[limits]\nbytes = "x"\n', "a number"),
        ("x = [", "no TOML"),
    ],
)
def test_settings_that_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    """What is wrong in a settings file is one sentence."""
    (tmp_path / "feeds.toml").write_text(text)
    with pytest.raises(BadInput, match=words) as told:
        read_settings(tmp_path / "feeds.toml")
    assert "\n" not in str(told.value)


def test_a_watch_that_is_killed_loses_and_repeats_nothing(site: Any, feed: Any, page: Any, tmp_path: Path) -> None:
    """Killed again and again at other moments, the verb ends with every page read once, and each fetched at most once a kill more."""
    pages = [
        site.put(f"/{i}", page(f"Talks {i}", f"Norway condemned the attack on Sweden in town {i}, officials said.")) for i in range(10)
    ]
    url = site.put("/feed", feed(*pages), "application/rss+xml")
    (tmp_path / "feeds.toml").write_text(FAST + f'[[feed]]\nname = "wire"\nurl = "{url}"\nallow_private = true\n')
    command = [sys.executable, "-m", "amity.cli", "--ledger", str(tmp_path / "a.db"), "watch", str(tmp_path / "feeds.toml"), "--once"]
    kills = 0
    for number in range(4):
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None
        if number < 3:
            until = time.monotonic() + 120
            while sum(site.asked[f"/{i}"] for i in range(10)) <= 3 * number and running.poll() is None and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(0.02 * number)
            running.send_signal(signal.SIGKILL)
            kills += running.wait() == -signal.SIGKILL
        else:
            assert running.wait(300) == 0
        running.stdout.close()
    with open_ledger(tmp_path / "a.db") as ledger:
        assert sorted(d.name for d in ledger.documents()) == sorted(pages) and ledger.stats().readings == 10 and ledger.verify().holds
    assert kills >= 1 and sum(site.asked[f"/{i}"] for i in range(10)) <= 10 + kills
    names = []
    for path in sorted((tmp_path / "a.db.watch").glob("*.warc.gz")):
        with path.open("rb") as stream:
            names += [record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(stream)]
    assert sorted(names) == sorted(pages)
