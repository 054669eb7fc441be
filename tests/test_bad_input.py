"""Bad input, as a user meets it: one clear sentence, a telling exit code, the ledger unharmed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "The minister met the rebels in Oslo on Monday.\n\nNorway condemned the attack on Sweden, officials said.\n"


def amity(*words: object, ledger: Path, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the command line; `limit` caps the size of any file it writes, in bytes, as a full disk would."""
    command = [sys.executable, "-m", "amity.cli", "--ledger", str(ledger), *map(str, words)]
    if limit:
        command = ["bash", "-c", f'ulimit -f {limit // 1024}; trap "" XFSZ; exec "$@"', "bash", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


def claims_in(ledger: Path) -> int:
    """Claims that the ledger holds, by its own check."""
    done = amity("verify", ledger=ledger)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[0])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with one good report in it."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    assert amity("read", folder / "good.txt", ledger=folder / "a.db").returncode == 0
    return folder / "a.db"


def make_bad(folder: Path, kind: str) -> Path:
    """A bad file or folder of a kind."""
    folder.mkdir(exist_ok=True)
    contents: dict[str, tuple[str, bytes]] = {
        "empty": ("empty.txt", b""),
        "binary": ("image.txt", bytes(range(256)) * 200),
        "no_text_html": ("page.html", b"<html><head><title>x</title></head><body><script>1</script></body></html>"),
        "json_without_text": ("rows.jsonl", b'{"url": "http://x.example/1", "title": "t", "date": "2024-01-01"}\n'),
        "broken_json": ("rows.jsonl", b'{"url": "http://x.example/1", "text": \n'),
        "huge_line": ("line.txt", b"word " * 10_000_000),
        "unknown": ("report.xyz", b"text"),
    }
    if kind in contents:
        name, data = contents[kind]
        (folder / name).write_bytes(data)
        return folder / name
    if kind == "no_articles":
        (folder / "notes.cfg").write_text("x=1")
        return folder
    return folder / "not-there.txt"


@pytest.mark.parametrize(
    "kind",
    ["empty", "binary", "no_text_html", "json_without_text", "broken_json", "huge_line", "unknown", "no_articles", "missing"],
)
def test_bad_input_is_one_sentence_and_harms_nothing(kind: str, kept: Path, tmp_path: Path) -> None:
    """Nothing was done, so the exit code says so; the reason names the file; no trace; the ledger stands."""
    before = claims_in(kept)
    bad = make_bad(tmp_path / "in", kind)
    done = amity("read", bad, ledger=kept)
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert bad.name.split(".")[0] in lines[0]
    assert "Traceback" not in done.stderr + done.stdout
    assert claims_in(kept) == before


def test_broken_utf8_is_read_with_a_warning(tmp_path: Path) -> None:
    """A report in another encoding, or with broken bytes, is read all the same."""
    file = tmp_path / "latin.txt"
    file.write_bytes("Türkiye criticised Sweden on Monday. Málaga hosted talks.\n".encode("latin-1") + b"\xff\xfe broken\n")
    done = amity("read", file, ledger=tmp_path / "a.db")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 documents read")


def test_good_and_bad_together_read_the_good(kept: Path, tmp_path: Path) -> None:
    """In a folder of both, the good one is read and the bad one told; the exit code is 0."""
    make_bad(tmp_path / "in", "binary")
    (tmp_path / "in" / "good.txt").write_text(GOOD + "Chad thanked Niger.\n", encoding="utf-8")
    done = amity("read", tmp_path / "in", ledger=kept)
    assert done.returncode == 0
    assert "1 not read" in done.stdout
    assert "image.txt" in done.stderr


AS_NOBODY = """
import os, sys
from pathlib import Path
from amity.reading import read_paths
good, secret = map(Path, sys.argv[1:])
list(read_paths([good]))
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
print(list(read_paths([secret])))
"""


def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    """A file that may not be read is one Unread with its reason; root, who may read all, tries as nobody."""
    good, secret = tmp_path / "good.txt", tmp_path / "secret.txt"
    for file in (good, secret):
        file.write_text(GOOD, encoding="utf-8")
    secret.chmod(0)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.name.startswith(("pytest-", "popen-", "test_")):
            folder.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", AS_NOBODY, str(good), str(secret)], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("[Unread(name='secret.txt'"), done.stderr
    assert "permission" in done.stdout.lower()


def test_a_full_disk_leaves_the_ledger_whole(kept: Path, tmp_path: Path) -> None:
    """Where the disk takes no more, one sentence says so and what was kept before still holds."""
    before = claims_in(kept)
    big = tmp_path / "big.txt"
    big.write_text("\n\n".join(f"Norway condemned the attack on Sweden in town {i}, officials said." for i in range(4000)))
    done = amity("read", big, ledger=kept, limit=kept.stat().st_size + 65536)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().startswith("amity: ")
    assert claims_in(kept) == before


def test_no_ledger_is_one_sentence(tmp_path: Path) -> None:
    """Asking a ledger that is not there says so and how to make one."""
    done = amity("ties", ledger=tmp_path / "none.db")
    assert done.returncode == 1
    assert done.stderr.startswith("amity: ")
    assert not (tmp_path / "none.db").exists()


def test_a_text_file_is_no_ledger(tmp_path: Path) -> None:
    """A file that is something else is refused and left as it is."""
    other = tmp_path / "notes.db"
    other.write_text("just notes, not a ledger at all\n" * 50)
    done = amity("read", make_bad(tmp_path / "in", "empty"), ledger=other)
    assert done.returncode == 1
    assert other.read_text().startswith("just notes")
