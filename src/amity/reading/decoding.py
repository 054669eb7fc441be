"""Bytes -> text: byte-order marks, UTF-8, a declared or detected encoding; the doubt is told."""

from __future__ import annotations

import codecs
import re

# Order matters: the mark of UTF-32-LE begins with that of UTF-16-LE.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"BZh",
    b"\xfd7zXZ",
    b"Rar!",
    b"SQLite format 3",
)
CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""")
HIGH = re.compile(rb"[\x80-\xff]")
# Bytes looked at to tell binary files and encodings; more does not change the answer on news pages.
SAMPLE = 65536
# Broken sequences per byte above ASCII up to which a text counts as damaged UTF-8 and not as another encoding.
DAMAGE = 0.05


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: a known mark, or more control signs and NULs than text has."""
    if data.startswith(MAGIC):
        return True
    if any(data.startswith(mark) for mark, _ in MARKS):
        return False
    sample = data[:SAMPLE]
    if guess_wide(sample):
        return False
    return sample.count(0) > max(4, 0.02 * len(sample)) or len(CONTROL.findall(sample)) > 0.05 * len(sample)


def guess_wide(sample: bytes) -> str | None:
    """UTF-16 without a mark, told by NULs in every second place."""
    half = len(sample) // 2
    if half < 2 or sample.count(0) < 0.3 * half:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if even <= 0.02 * half and odd > 0.6 * half:
        return "utf-16-le"
    return "utf-16-be" if odd <= 0.02 * half and even > 0.6 * half else None


def decode_bytes(data: bytes, declared: bool = False) -> tuple[str, tuple[str, ...]]:
    """Bytes -> text and warnings; never raises. `declared` looks for a charset named in the head of the bytes.

    >>> decode_bytes("é".encode())
    ('é', ())
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return decode_with(data[len(mark) :], name)
    wide = guess_wide(data[:SAMPLE])
    if wide:
        return decode_with(data, wide)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        first = error.start
    named = find_declared(data) if declared else None
    if named:
        return decode_with(data, named)
    return decode_doubtful(data, first)


def decode_with(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Bytes in a known encoding -> text; what does not decode becomes U+FFFD and is counted."""
    text = data.decode(name, "replace")
    broken = text.count("\ufffd")
    return text, (f"encoding: {broken} places do not decode as {name} and stand as U+FFFD",) if broken else ()


def find_declared(data: bytes) -> str | None:
    """A charset that the bytes declare and Python knows, UTF-8 left out as it was tried."""
    found = DECLARED.search(data[:4096])
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name if found else None
    except LookupError:
        return None
    return None if name in (None, "utf-8", "utf-8-sig") else name


def decode_doubtful(data: bytes, first: int) -> tuple[str, tuple[str, ...]]:
    """Bytes that are no clean UTF-8 -> damaged UTF-8 if little is broken, else the encoding that fits best."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    high = len(HIGH.findall(data[:SAMPLE])) * max(1.0, len(data) / SAMPLE)
    if broken > DAMAGE * high + 1:
        name = detect_encoding(data, first)
        if name:
            text, more = decode_with(data, name)
            return text, (f"encoding: not UTF-8, read as {name}", *more)
    return text, (f"encoding: {broken} broken UTF-8 sequences, the first at byte {first}, stand as U+FFFD",)


def detect_encoding(data: bytes, first: int) -> str | None:
    """The encoding that charset-normalizer finds best for a sample about the first broken byte."""
    from charset_normalizer import from_bytes

    begin = max(0, first - SAMPLE // 4)
    best = from_bytes(data[begin : begin + SAMPLE // 2]).best()
    if best is None:
        return None
    return "cp1252" if is_western(data) else str(best.encoding)


def is_western(data: bytes) -> bool:
    """Whether bytes fit Windows-1252 and have few signs beyond ASCII; other code pages serve scripts that need many.

    Turkish and Polish have more than 5 % of such letters, English with a few names under 1 %.
    """
    if len(HIGH.findall(data[:SAMPLE])) > 0.02 * min(len(data), SAMPLE):
        return False
    try:
        return bool(data.decode("cp1252"))
    except UnicodeDecodeError:
        return False
