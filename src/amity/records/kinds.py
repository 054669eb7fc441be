"""Closed lists of kinds, and the hash that names a record by its content."""

from __future__ import annotations

import hashlib
from typing import Any, Literal, get_args

Json = dict[str, Any]
ClaimKind = Literal["event", "standing"]
Status = Literal["reported", "denied", "rumoured", "planned", "threatened", "requested", "hypothetical"]
STATUSES: tuple[Status, ...] = get_args(Status)
SourceKind = Literal["person", "body", "anonymous", "official", "media", "document", "social", "paper"]
MentionKind = Literal["name", "demonym", "office", "noun", "pronoun", "implied"]
# fmt: off
CutReason = Literal["read_more_list", "author_box", "question_spam", "caption", "share_line", "repeated_title", "repeated_teaser",
                    "page_furniture", "machine_notice", "byline", "date_line", "unverified_notice"]
# fmt: on


def fingerprint(*parts: object) -> str:
    """Parts -> 16 hexadecimal digits that name them; parts are told apart, so ("ab",) is not ("a", "b")."""
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
