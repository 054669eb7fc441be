"""Watching: feeds, folders and pipes looked at politely and within bounds, pages kept as WARC, changes told once.

The room fetches, keeps and announces; `rounds.py` joins it with reading, the ledger and ties.
"""

from amity.watch.addresses import Refused
from amity.watch.archive import Archive
from amity.watch.memory import Item, Memory
from amity.watch.settings import Announced, Limits, Settings, Watched, read_settings

__all__ = ["Announced", "Archive", "Item", "Limits", "Memory", "Refused", "Settings", "Watched", "read_settings"]
