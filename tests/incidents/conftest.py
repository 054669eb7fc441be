"""Claims and documents for the room's tests, made in one place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amity.records import Claim, Party, Source, When

MakeClaim = Callable[..., Claim]


@pytest.fixture(scope="session")
def make_claim() -> MakeClaim:
    """Words and what was read in them -> a claim."""

    def make(  # noqa: PLR0913 - a claim has many parts, and a test names the one it is about
        quote: str,
        document: str = "d1",
        type: str = "ASSAULT",
        actor: str = "Chad",
        recipient: str | None = "Sudan",
        status: str = "reported",
        day: str | None = "2021-03-01",
        published: str | None = "2021-03-02",
        sources: tuple[Source, ...] = (),
        start: int = 0,
        place: str | None = None,
    ) -> Claim:
        def party(name: str) -> Party:
            at = start + max(0, quote.find(name))
            return Party(f"state:{name}", name, name, f"state:{name}", False, name, at, at + len(name))

        return Claim(
            document=document, document_id=document, start=start, end=start + len(quote), quote=quote, kind="event", actor=party(actor),
            recipient=party(recipient) if recipient else None, type=type, mode=None, quad=4, contexts=(), score=-9.0,
            status=status, sources=sources, date=When(day, day, day, "told") if day else None,  # type: ignore[arg-type]  # tests name statuses
            place=place, confidence=0.9, why=(), published=published,
        )  # fmt: skip

    return make
