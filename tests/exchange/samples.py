"""Small files of every dialect, written for these tests: two parties a reader knows, one row that is none, one name unknown."""

# ruff: noqa: E501 - a row of a dataset is one line
from __future__ import annotations

import json
from pathlib import Path

ICEWS_HEAD = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
    "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)
POLECAT_HEAD = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\t"
    "Primary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\t"
    "Recipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\t"
    "Story People\tStory Organizations\tStory Locations\tLanguage\tVersion"
)
ACLED_HEAD = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,location,notes,fatalities,timestamp"
)
UCDP_HEAD = "id,year,type_of_violence,conflict_name,side_a,side_b,where_coordinates,country,date_prec,date_start,date_end,best,high,low"
MAPPING = """
dataset: Border log
date_format: "%d/%m/%Y"
columns: {date: when, actor: who, recipient: whom, type: what, place: where, confidence: sure}
types: {shelling: ASSAULT/heavy-weapons, talks: CONSULT}
actors: {our neighbours: "state:NER"}
"""


def gdelt_row(number: int, code_1: str, name_1: str, code_2: str, name_2: str, event: str) -> str:
    """A row of the 61 columns of GDELT 2.0."""
    fields = [""] * 61
    fields[0], fields[1], fields[5], fields[6], fields[15], fields[16] = str(number), "20240315", code_1, name_1, code_2, name_2
    fields[26], fields[52], fields[59], fields[60] = event, "Niamey, Niger", "20240316120000", "https://example.org/a"
    return "\t".join(fields)


def icews_row(day: str, source: str, code: str, label: str, target: str) -> str:
    """A row of the 20 columns of ICEWS."""
    front = f"17\t{day}\t{source}\tGovernment\tMali\t{label}\t{code}\t-2.0\t{target}\t{'Insurgents' if 'Front' in target else 'Government'}\tNiger"
    return f"{front}\t3\t1\tSome Agency\tGao\tGao\tGao\tMali\t16.2\t0.1"


def polecat_row(day: str, kind: str, actor: str, recipient: str) -> str:
    """A row of the 40 columns of POLECAT."""
    fields = [""] * 40
    fields[0], fields[1], fields[2], fields[6], fields[7], fields[8], fields[15], fields[16] = (
        "p1",
        day,
        kind,
        "military",
        actor,
        "",
        recipient,
        "",
    )
    fields[24], fields[34], fields[38], fields[39] = "Gao", day, "en", "NGEC"
    return "\t".join(fields)


def write_samples(folder: Path) -> dict[str, list[Path]]:
    """A folder -> the files of each kind, written there: 3 events and 1 bad line a kind (mentions: 2 and 2)."""
    icews = [ICEWS_HEAD, icews_row("2024-03-15", "Mali", "190", "Use conventional military force", "Niger")]
    icews += [icews_row("2024-03-16", "Police (Kenya)", "040", "Consult", "Xyzzy Front"), "broken\tline"]
    icews += [icews_row("2024-03-17", "Mali", "010", "Make statement", "Niger")]
    polecat = [
        POLECAT_HEAD,
        polecat_row("2024-03-15", "ASSAULT", "Mali", "Niger"),
        polecat_row("2024-03-16", "CONSULT", "Mali;Kenya", "Niger"),
    ]
    polecat += [polecat_row("2024-13-77", "ASSAULT", "Mali", "Niger"), polecat_row("2024-03-17", "AID", "Xyzzy Front", "Niger")]
    gdelt = [gdelt_row(1, "MLIMIL", "MALI", "NER", "NIGER", "190"), gdelt_row(2, "MLI", "MALI", "KENGOV", "KENYA", "040")]
    gdelt += ["1\t2\t3", gdelt_row(3, "QQQ", "NOBODY", "NER", "NIGER", "0331")]
    mention = "1\t20240315000000\t20240316000000\t1\texample.org\thttps://example.org/a\t1\t-1\t10\t20\t1\t80\t900\t-2.1\t\t"
    mentions = [
        mention,
        mention.replace("1\t2024", "2\t2024", 1).replace("\t80\t", "\t20\t"),
        mention.replace("1\t2024", "99\t2024", 1),
        "x\ty",
    ]
    acled = [
        ACLED_HEAD,
        'A1,2024-03-15,2024,1,Battles,Armed clash,Military Forces of Mali (2021-),Niger,Mali,Gao,"Fire, and\nmore ""fire"".",3,1710500000',
    ]
    acled += ["A2,2024-03-16,2024,2,Protests,Peaceful protest,Protesters (Mali),,Mali,Gao,none,0,1710500000", "A3,only,three"]
    acled += ["A4,2024-03-17,2024,3,Strategic developments,Other,Xyzzy Front,Niger,Mali,Gao,none,0,"]
    ucdp = [
        UCDP_HEAD,
        "1,2024,1,Mali: Government,Government of Mali,Niger,Gao,Mali,1,2024-03-15 00:00:00.000,2024-03-15 00:00:00.000,3,4,2",
    ]
    ucdp += [
        "2,2024,3,x,Xyzzy Front,Civilians,Gao,Mali,2,2024-03-15,2024-03-17,1,1,1",
        "3,2024,1,x,Mali,Niger,Gao,Mali,1,2024-03-15,2024-03-01,1,1,1",
    ]
    ucdp += ["4,2024,2,x,Mali,Niger,Gao,Mali,1,2024-03-18,2024-03-18,1,1,1"]
    keds = [
        "790415\tSYRMIL\tISR\t223\t(MIL ENGAGEMENT)\tFIRED",
        "790416  EGY     ISR     031     MEET",
        "79041\tx",
        "790417\tQQQ\tISR\t02\tCOMMENT",
    ]
    cameo = ["20240315\tSYRMIL\tISR\t190\t(FIGHT)", "20240316\tEGY\tISR\t040", "UNK UNK", "20240317\tQQQ\tISR\t010\tSTATE"]
    plover = [
        {"id": "1", "date": "2024-03-15", "source": [{"actorText": "Malian", "code": "MLI"}], "target": [{"actorText": "Niger", "code": "NER"}], "event": "ASSAULT"},
        {"id": "2", "date": "2024-03-16", "source": [{"actorText": "Mali", "code": "MLI"}, {"actorText": "Niger", "code": "NER"}], "target": "", "event": "AGREE"},
        {"id": "3", "date": "2024-03-16", "source": "Mali", "event": "NOTHING"},
        {"id": "4", "date": "2024-03-17", "actor": ["Xyzzy Front"], "recipient": ["Niger"], "event": "AID", "mode": "", "text": "a } brace"},
    ]  # fmt: skip
    mine = ["when,who,whom,what,where,sure", '15/03/2024,Mali,our neighbours,shelling,"Gao, north",0.5', "16/03/2024,Mali,Niger,talks,,"]
    mine += ["2024-03-16,Mali,Niger,talks,,", "17/03/2024,Xyzzy Front,Niger,unheard of,,"]
    graph = folder / "ICEWS18"
    graph.mkdir()
    (graph / "entity2id.txt").write_text("Mali\t0\nNiger\t1\nXyzzy Front\t2\n", encoding="utf-8")
    (graph / "relation2id.txt").write_text("Make statement\t0\nfight with small arms and light weapons\t1\nConsult\t2\n", encoding="utf-8")
    (graph / "train.txt").write_text("0\t1\t1\t0\t0\n0\t2\t1\t48\t0\nnot a row\n2\t0\t1\t24\n", encoding="utf-8")
    (folder / "mine.yaml").write_text(MAPPING, encoding="utf-8")
    texts = {
        "icews": ("icews.tab", icews), "polecat": ("polecat.txt", polecat), "gdelt": ("a.export.CSV", gdelt),
        "gdelt-mentions": ("a.mentions.CSV", mentions), "acled": ("acled.csv", acled), "ucdp": ("ged.csv", ucdp),
        "keds": ("keds.dat", keds), "cameo": ("cameo.txt", cameo), "csv": ("mine.csv", mine),
    }  # fmt: skip
    for name, lines in texts.values():
        (folder / name).write_bytes(("\n".join(lines) + "\n").encode())
    (folder / "plover.json").write_text(json.dumps(plover, indent=1), encoding="utf-8")
    paths = {kind: [folder / name] for kind, (name, _) in texts.items()}
    paths["gdelt-mentions"] = [folder / "a.mentions.CSV", folder / "a.export.CSV"]
    return paths | {"plover": [folder / "plover.json"], "graph": [graph / "train.txt"]}
