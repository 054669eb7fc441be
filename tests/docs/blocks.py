"""Pages -> their fenced blocks, and the commands in them; how a block is run is told by its info string.

```              commands where lines begin with `amity` or `$ amity`, else a drawing
```python        doctest where it has prompts, else run as it stands
```sql, yaml, json, toml
``` KIND not run: REASON     counted, with its reason
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\$ )?(amity .*)$", re.MULTILINE)
INLINE = re.compile(r"`amity ([a-z-]+)")
BENCH = re.compile(r"`(?:python -m )?bench ([a-z]+)|python -m bench(?:\.| )([a-z]+)")


@dataclass(frozen=True)
class Block:
    """One fenced block: the page, the line of its fence, its kind, why it is not run (empty: it is), its text."""

    page: Path
    line: int
    kind: str
    reason: str
    text: str

    @property
    def name(self) -> str:
        """What a test calls it."""
        return f"{self.page.name}:{self.line}"


def read_blocks(page: Path) -> list[Block]:
    """A page -> its blocks, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        kind, _, reason = match["info"].strip().partition("not run:")
        found.append(Block(page, text.count("\n", 0, match.start()) + 1, kind.strip(), reason.strip(), match["body"]))
    return found


def commands_of(block: Block) -> list[list[str]]:
    """The amity commands of a block as arguments; a comment after two blanks and a `#` is none of them."""
    return [shlex.split(re.split(r"\s#\s", line)[0])[1:] for line in COMMAND.findall(block.text) if "|" not in line or "export" in line]


BLOCKS = [block for page in PAGES for block in read_blocks(page)]
