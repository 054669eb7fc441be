"""Calendar conflicts: 200 planted slips, of which each must be named; the same reports without their slip, TempEval and
PolNeAR, in which nothing may be. What is named in real text is printed by `python -m bench.calendar`, to be looked at.

Nothing was tuned on the planted reports. `--data` names a folder of texts (`*.txt`) without slips.
"""

from __future__ import annotations

import re
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from amity.claims.later import find_later
from amity.claims.order import find_order
from amity.language import Reader, load_reader
from amity.reading import read_paths, split_sentences
from amity.reading.weekdays import find_conflicts
from amity.records import Conflict, Document
from amity.worlds.slips import Slip, plant_slips
from bench import SHARED, need
from bench.timex import documents as timeml
from bench.timex import read_timeml

SEED, COUNT = 11, 200
POLNEAR = SHARED / "data" / "claims" / "polnear_train_dev.tar.gz"
NAMED = re.compile(r"cannot|no day|do not fit|is told as past|^date: .* against ")


def named_in(text: str, reader: Reader, folder: Path) -> list[str]:
    """A text file as read -> its calendar warnings."""
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = (d for d in read_paths([path]) if isinstance(d, Document))
    return [w for w in (*document.warnings, *(c.say() for c in in_the_tree(document, reader))) if NAMED.search(w)]


def in_the_tree(document: Document, reader: Reader) -> list[Conflict]:
    """The conflicts that the tree of the sentences tells: dates after publication, "last year" against the order told."""
    sentences = reader.parse(document.id, split_sentences(document))
    return [*find_later(document, sentences), *find_order(document, sentences)]


def real_texts(data: Path | None) -> Iterator[tuple[str, str, str | None]]:
    """Name, text and publication of real reports."""
    if data:
        yield from ((p.name, p.read_text(encoding="utf-8"), None) for p in sorted(data.glob("*.txt")))
        return
    for number, xml in enumerate(timeml(None)):
        text, published, _ = read_timeml(xml)
        yield f"tempeval {number}", text, published[0].isoformat() if published and published[0] == published[1] else None
    with tarfile.open(need(POLNEAR)) as archive:
        for member in archive.getmembers():
            stream = archive.extractfile(member) if "/dev/text/" in member.name and member.name.endswith(".txt") else None
            told = re.search(r"_(\d{4}-\d{2}-\d{2})_", member.name)
            if stream:
                yield Path(member.name).name, stream.read().decode("utf-8"), told[1] if told else None


def alarms(data: Path | None, reader: Reader) -> Iterator[tuple[str, str]]:
    """Conflicts named in real reports."""
    for name, text, published in real_texts(data):
        document = Document(name, text, "text", published=published)
        yield from ((name, c.say()) for c in (*find_conflicts(text, published), *in_the_tree(document, reader)))


def run(data: Path | None) -> dict[str, float | int | str]:
    """Recall by kind of slip, alarms on the right twins, alarms on real reports."""
    reader = load_reader()
    planted, found, false = Counter[str](), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        for slip in plant_slips(SEED, COUNT):
            planted[slip.kind] += 1
            found[slip.kind] += is_named(slip, reader, Path(folder))
            false += bool(named_in(slip.right, reader, Path(folder)))
    figures: dict[str, float | int | str] = {f"found_{k.replace(' ', '_')}": found[k] / n for k, n in planted.items()}
    texts = list(real_texts(data))
    return {
        "planted": planted.total(),
        "recall": found.total() / planted.total(),
        "alarms_on_right_twins": false,
        **figures,
        "real_reports": len(texts),
        "named_in_real_reports": len(list(alarms(data, reader))),
    }


def is_named(slip: Slip, reader: Reader, folder: Path) -> bool:
    """Whether the planted slip is named: by its words, or for the head's own dates by both readings."""
    return bool(named_in(slip.wrong, reader, folder))


def main() -> None:
    """Print what is named in real reports."""
    for name, words in alarms(None, load_reader()):
        print(name, "|", words)


if __name__ == "__main__":
    main()
