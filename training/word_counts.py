"""Background counts of stems, names ("=key") and numbers ("#12"): in how many documents each stands, from texts that may train.

    python -m training.word_counts ../shared/data

Sources: ECB+ topics 1-35 (CC BY 3.0) and the documents of UD English-EWT train (CC BY-SA 4.0). Stems of one
document only are left out, since what is unknown weighs most anyway.
"""

from __future__ import annotations

import csv
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from amity.incidents.stories import NUMBER
from amity.incidents.words import STOP, TOKEN, find_names, fold, name_key, stem_word
from bench.ecb import read_ecb

TABLE = Path(__file__).resolve().parents[1] / "src" / "amity" / "tables" / "word_counts.csv"
# Topics that the usual split of ECB+ trains on; 36-45 are its test.
LAST_TOPIC = 35


def read_ewt(path: Path) -> Iterator[str]:
    """The treebank's archive -> the text of each training document."""
    with tarfile.open(path) as archive:
        member = next(m for m in archive.getmembers() if m.name.endswith("ewt-ud-train.conllu"))
        stream = archive.extractfile(member)
        assert stream is not None
        lines = stream.read().decode().splitlines()
    text: list[str] = []
    for line in lines:
        if line.startswith("# newdoc") and text:
            yield " ".join(text)
            text = []
        if line.startswith("# text = "):
            text.append(line[9:])
    yield " ".join(text)


def main(data: Path) -> None:
    """Count and write the table."""
    texts = [d.text for d in read_ecb(data / "incidents" / "ecbplus.tar.gz") if d.topic <= LAST_TOPIC]
    texts += list(read_ewt(data / "language" / "ud_english_ewt.tar.gz"))
    every: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        tokens = [t for t in TOKEN.findall(text) if fold(t) not in STOP and len(t) > 1]
        every.update({stem_word(t) for t in tokens})
        every.update({f"={name_key(p)}" for *_, n in find_names(text) for p in n.split() if fold(p) not in STOP})
        every.update({f"#{n.strip('.,:')}" for n in NUMBER.findall(text)})
        small.update({stem_word(t) for t in tokens if t[0].islower()})
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["stem", "documents", "small"])
        rows.writerow(["", len(texts), len(texts)])
        rows.writerows([s, n, small[s]] for s, n in sorted(every.items()) if n > 1)
    print(f"{len(texts)} documents, {sum(n > 1 for n in every.values())} stems -> {TABLE.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
