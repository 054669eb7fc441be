"""SQL as a face: views of imported rows and of all acts together; docs/exchange.md lists their columns.

They are made when a ledger is made, or when one of an older form is first opened for writing.
"""

from __future__ import annotations

from amity.ledger import rowtables
from amity.ledger.faces import CURRENT

# The date of a day number; SQLite counts days of seconds since 1970.
DAY = "date({} * 86400, 'unixepoch')"

NOT_REJECTED = """NOT EXISTS (
    SELECT 1 FROM judgements j WHERE j.about = {id} AND j.verdict = 'reject' AND NOT EXISTS (
        SELECT 1 FROM judgements k WHERE k.about = j.about AND k.verdict = 'accept'
        AND (k.judged_at, k.seq) > (j.judged_at, j.seq)))"""

V_ROWS = f"""CREATE VIEW IF NOT EXISTS v_rows AS
SELECT printf('%016x', e.id) AS id, r.outlet AS dataset, d.name AS document, r.document AS document_id, e.line AS row,
    {DAY.format("e.first_day")} AS earliest, {DAY.format("e.last_day")} AS latest, {DAY.format("e.published")} AS published,
    a.id AS actor_id, a.name AS actor, a.side_id AS actor_side, a.words AS actor_words,
    b.id AS recipient_id, b.name AS recipient, b.side_id AS recipient_side, b.words AS recipient_words,
    t.scheme, t.code, t.label, t.type, t.mode, t.quad, t.score, t.contexts, t.status, p.name AS place,
    e.confidence / 100.0 AS confidence, r.read_at, r.maker, e.start, e."end",
    substr(d.text, e.start + 1, e."end" - e.start) AS quote
FROM event_rows e JOIN readings r ON r.seq = e.reading JOIN documents d ON d.id = r.document
JOIN row_parties a ON a.seq = e.actor LEFT JOIN row_parties b ON b.seq = e.recipient
JOIN row_types t ON t.seq = e.type LEFT JOIN row_places p ON p.seq = e.place
WHERE {CURRENT} AND {NOT_REJECTED.format(id="printf('%016x', e.id)")}"""

V_ACTS = """CREATE VIEW IF NOT EXISTS v_acts AS
SELECT id, earliest, latest, actor_id, actor, actor_side, recipient_id, recipient, recipient_side, type,
    json_extract(record, '$.mode') AS mode, json_extract(record, '$.quad') AS quad, score, status, confidence,
    json_extract(record, '$.place') AS place, document, published, 'read' AS origin
FROM v_claims WHERE kind = 'event'
UNION ALL
SELECT id, earliest, latest, actor_id, actor, actor_side, recipient_id, recipient, recipient_side, type,
    mode, quad, score, status, confidence, place, document, published, 'imported' AS origin
FROM v_rows"""

V_STANDINGS = """CREATE VIEW IF NOT EXISTS v_standings AS
SELECT id, earliest, latest, actor_id, actor, actor_side, recipient_id, recipient, recipient_side, type AS standing,
    json_extract(record, '$.over') AS over, status, confidence, document, published, quote
FROM v_claims WHERE kind = 'standing'"""

V_MONTHS = """CREATE VIEW IF NOT EXISTS v_months AS
SELECT substr(earliest, 1, 7) AS month, min(actor_side, recipient_side) AS a, max(actor_side, recipient_side) AS b,
    sum(quad = 1) AS verbal_cooperation, sum(quad = 2) AS material_cooperation,
    sum(quad = 3) AS verbal_conflict, sum(quad = 4) AS material_conflict, count(*) AS acts, avg(score) AS score
FROM v_acts
WHERE recipient_side IS NOT NULL AND actor_side <> recipient_side AND quad IS NOT NULL AND status NOT IN ('denied', 'hypothetical')
GROUP BY 1, 2, 3"""

V_SOURCES = """CREATE VIEW IF NOT EXISTS v_sources AS
SELECT c.id AS claim, s.key AS place, json_extract(s.value, '$.name') AS source, json_extract(s.value, '$.kind') AS kind,
    json_extract(s.value, '$.anonymous') AS anonymous
FROM v_claims c, json_each(c.record, '$.sources') s"""

V_SKIPPED = f"""CREATE VIEW IF NOT EXISTS v_skipped AS
SELECT d.name AS document, s.sentence AS place, s.rule, s.missing, r.maker
FROM silences s JOIN readings r ON r.seq = s.reading JOIN documents d ON d.id = r.document
WHERE {CURRENT}"""

V_PARTIES = "CREATE VIEW IF NOT EXISTS v_parties AS SELECT id, name FROM parties"

V_JUDGEMENTS = 'CREATE VIEW IF NOT EXISTS v_judgements AS SELECT about, verdict, who, judged AS "when", why FROM judgements'


def view_statements() -> tuple[str, ...]:
    """The views, in the order in which they are made; the tables they read are those of `rowtables`."""
    assert rowtables.EVENT_ROWS.name == "event_rows"
    return V_ROWS, V_ACTS, V_STANDINGS, V_MONTHS, V_SOURCES, V_SKIPPED, V_PARTIES, V_JUDGEMENTS
