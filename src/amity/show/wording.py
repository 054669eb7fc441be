"""How codes, days and chances are said: one place for report and terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from amity.records import Change, Claim, Party, Source, When

MINUS = "\u2212"
THIN = "\u202f"
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
MONTH_NAMES = re.compile("|".join(MONTHS))
# Characters that HTML forbids, that a terminal obeys, or that UTF-8 cannot carry; tab and line feed stay.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Embeddings, overrides and isolates: they reorder what stands around them.
BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")


# Verbs that follow a party, as they follow several.
PLURALS = {"is": "are", "has": "have", "holds": "hold", "keeps": "keep", "mediates": "mediate", "plans": "plan", "threatens": "threaten"}


@cache
def wording() -> Mapping[str, Any]:
    """The table of words, read once."""
    import yaml

    table: Mapping[str, Any] = yaml.safe_load((files("amity") / "tables" / "wording.yaml").read_text("utf-8"))
    return table


@cache
def chances() -> list[tuple[float, str]]:
    """Upper end of each band of chances (closed) with its words, the same as in forecasts."""
    import yaml

    return [(row["upto"], row["words"]) for row in yaml.safe_load((files("amity") / "tables" / "likelihood.yaml").read_text("utf-8"))]


def clean_text(text: str) -> str:
    """Text -> text that can be written: control characters and lone surrogates become U+FFFD.

    >>> clean_text("a\\x1b[31m\\ud800b")
    'a\ufffd[31m\ufffdb'
    """
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def say_act(claim: Claim) -> str:
    """A claim -> the words between actor and recipient: "attacked", "plans to attack", "is allied with", "are allied with"."""
    if claim.kind == "standing":
        row = wording()["standings"].get(claim.type, {})
        word = "alone" if not claim.recipient else "means_word" if "means_word" in row and told_means(claim) else "word"
        said = str(row.get(word, claim.type.lower()))
    else:
        said = say_deed(claim.type, claim.status, bool(claim.recipient))
    verb, _, rest = said.partition(" ")
    return f"{PLURALS[verb]} {rest}".rstrip() if verb in PLURALS and are_many(claim.actor) else said


def are_many(party: Party) -> bool:
    """Whether a party is several by its own words: one that no table names, whose last word is a plural in small letters."""
    last = party.name.rsplit(" ", 1)[-1]
    return party.id.startswith("unknown:") and last.islower() and last.endswith("s") and not last.endswith("ss")


def say_deed(type: str, status: str, targeted: bool) -> str:
    """Type and status of an act, and whether it has a recipient -> its words, never firmer than the status.

    >>> say_deed("RETREAT", "requested", True), say_deed("ASSAULT", "reported", False)
    ('is asked to pull back from', 'attacked')
    """
    row = wording()["types"].get(type) or {"past": type.lower(), "base": type.lower()}
    past = str(row["past"] if targeted else row.get("alone", row["past"]))
    words = wording()["statuses"][status]
    return past if type in words.get("plain", ()) else str(words["act"]).format(past=past, base=row["base"])


def told_means(claim: Claim) -> str:
    """A standing -> the words that say what it consists of; none where `over` is but the word that states it.

    What states it is named in the claim's reasons ("word 'owes'").
    """
    return "" if not claim.over or f"word {claim.over!r}" in claim.why else claim.over


def say_over(claim: Claim) -> str:
    """A claim -> what follows its recipient: "with money", "through the debt"; nothing where no means is told."""
    shape = wording()["standings"].get(claim.type, {}).get("means", "")
    return str(shape).format(told_means(claim)) if shape and claim.recipient and told_means(claim) else ""


def tells_place(claim: Claim) -> bool:
    """Whether the claim's place says more than the name of its recipient."""
    name = claim.recipient.name if claim.recipient else ""
    return bool(claim.place) and not (name and (name in str(claim.place) or str(claim.place) in name))


def say_type(code: str) -> str:
    """A code of an act or standing -> its noun; an unknown one is said as it is.

    >>> say_type("ASSAULT"), say_type("ALLIED"), say_type("patron_of")
    ('attack', 'allied', 'patron of')
    """
    tables = wording()
    row = tables["types"].get(code) or tables["standings"].get(code)
    return str(row["noun"]) if row else code.replace("_", " ").lower()


def say_quad(quad: int | None) -> str:
    """A quad -> its words; a standing has none."""
    return str(wording()["quads"][quad]) if quad else "standing"


def claim_tone(claim: Claim) -> int:
    """1 where the claim speaks of cooperation, -1 of conflict, 0 of neither."""
    if claim.quad:
        return 1 if claim.quad <= 2 else -1
    return int(wording()["standings"].get(claim.type, {}).get("tone", 0))


def is_real(claim: Claim) -> bool:
    """Whether the claim says that it happened, or stands."""
    return bool(wording()["statuses"][claim.status]["real"])


def say_signed(value: float | None, digits: int = 2) -> str:
    """A number -> text with its sign, a true minus, and "–" where there is none.

    >>> say_signed(-0.384), say_signed(0.004), say_signed(None)
    ('−0.38', '0.00', '–')
    """
    if value is None:
        return "–"
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return ("+" if value > 0 else MINUS) + text


def say_percent(chance: float) -> str:
    """A chance 0..1 -> whole percent, never 0 or 100, which no evidence gives.

    >>> say_percent(0.714), say_percent(0.0), say_percent(0.999)
    ('71\u202f%', '<1\u202f%', '>99\u202f%')
    """
    percent = round(100 * chance)
    return f"<1{THIN}%" if percent < 1 else f">99{THIN}%" if percent > 99 else f"{percent}{THIN}%"


def say_chance(chance: float) -> str:
    """A chance 0..1 -> its word by ICD 203 with the number.

    >>> say_chance(0.55), say_chance(0.2)
    ('roughly even chance (55\u202f%)', 'very unlikely (20\u202f%)')
    """
    told = min(1.0, max(0.0, chance))
    word = next(words for upto, words in chances() if told <= upto)
    return f"{word} ({say_percent(chance)})"


def warmth_chance(warmth: float) -> float:
    """Warmth -1..1 -> the chance 0..1 that the next act is cooperative."""
    return (warmth + 1) / 2


def say_turn(change: Change) -> str:
    """A change -> its direction and size in words: "sharply colder"."""
    size = next(row["word"] for row in wording()["sizes"] if abs(change.size) >= row["from"])
    return f"{size} {wording()['directions'][1 if change.direction > 0 else -1]}"


def say_day(day: str) -> str:
    """An ISO day, month or year -> words, with "perhaps" for what is marked as inferred; other text is said as it is.

    >>> say_day("2018-06-04"), say_day("2018-06"), say_day("soon"), say_day("2018-05-24?/2018-06-08?")
    ('4 June 2018', 'June 2018', 'soon', 'perhaps 24 May 2018 to 8 June 2018')
    """
    if "?" in day and day[:4].isdigit():
        return "perhaps " + " to ".join(say_day(part) for part in day.replace("?", "").split("/"))
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?(?:T.*)?", day)
    if not found:
        return day
    year, month, number = found.groups()
    return " ".join(p for p in (str(int(number)) if number else "", MONTHS[int(month) - 1] if month else "", year) if p)


def say_short_day(day: str) -> str:
    """An ISO day -> words with the month cut short, for tables.

    >>> say_short_day("2018-09-04"), say_short_day("2018-05")
    ('4 Sep 2018', 'May 2018')
    """
    return say_briefly(say_day(day)) if re.match(r"\d{4}", day) else day


def say_briefly(text: str) -> str:
    """Words of a day -> the same with the months cut short.

    >>> say_briefly("undated, published 4 September 2018")
    'undated, published 4 Sep 2018'
    """
    return MONTH_NAMES.sub(lambda m: m[0][:3], text)


def say_when(when: When) -> str:
    """A time -> words, bounds told where it is neither a day, a month nor a year; "about" and "perhaps" from EDTF marks.

    >>> say_when(When("2018-06~", "2018-06-01", "2018-06-30", "early summer"))
    'about June 2018'
    """
    mark = "perhaps about " if "%" in when.edtf else "about " if "~" in when.edtf else "perhaps " if "?" in when.edtf else ""
    if when.earliest == when.latest:
        return mark + say_day(when.earliest)
    plain = re.sub("[~?%]", "", when.edtf)
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", plain):
        return mark + say_day(plain)
    return f"{mark}{say_day(when.earliest)} to {say_day(when.latest)}"


def say_claim_day(claim: Claim) -> str:
    """A claim -> when it happened, or when it was published where no time is told."""
    if claim.date:
        return say_when(claim.date)
    return f"undated, published {say_day(claim.published)}" if claim.published else "undated"


def say_party(party: Party) -> str:
    """A party -> its name, with its side where that is another and not told by the name, and whether it is unnamed.

    Several that act as one are told as a list: "Iran, Russia and Turkey".
    """
    joint = party.id.startswith("joint:")
    name = say_list(party.name.split("; ")) if joint else party.name
    extra = [party.side] if party.side and not joint and party.side_id != party.id and party.side not in party.name else []
    extra += ["unnamed"] if party.anonymous else []
    return f"{name} ({', '.join(extra)})" if extra else name


def say_recipient(claim: Claim) -> str:
    """Whom a claim's act is to: the recipient, "one another" for several that act among themselves, nothing where none is told."""
    if claim.recipient is None:
        return ""
    return "one another" if claim.recipient.id == claim.actor.id else say_party(claim.recipient)


def say_list(names: Sequence[str]) -> str:
    """Names -> one phrase.

    >>> say_list(["Iran", "Russia", "Turkey"]), say_list(["Iran"])
    ('Iran, Russia and Turkey', 'Iran')
    """
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def say_chain(sources: Iterable[Source]) -> str:
    """A source chain, outermost first -> "Reuters > two officials (unnamed)"; the report's own voice where empty."""
    return " > ".join(s.name + (" (unnamed)" if s.anonymous else "") for s in sources) or "in the report's own voice"


def say_count(number: int, noun: str, plural: str = "") -> str:
    """A number and a noun -> both in agreement.

    >>> say_count(1, "claim"), say_count(1200, "claim"), say_count(0, "party", "parties")
    ('1 claim', '1,200 claims', '0 parties')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
