"""SQL as a face: views of what is current, for anyone with an SQLite client; docs/ledger.md lists their columns."""

from __future__ import annotations

CURRENT = """NOT EXISTS (
    SELECT 1 FROM readings n WHERE n.report = r.report AND (n.read_at, n.seq) > (r.read_at, r.seq))"""

V_DOCUMENTS = f"""CREATE VIEW v_documents AS
SELECT d.id, d.name, d.url, r.title, r.outlet, r.published, r.published_basis, r.format, r.maker, r.read_at,
    r.claims, d.length, d.text,
    (SELECT count(*) FROM documents v WHERE v.report = d.report) AS versions
FROM readings r JOIN documents d ON d.id = r.document
WHERE {CURRENT}"""

V_CLAIMS = f"""CREATE VIEW v_claims AS
SELECT c.id, d.name AS document, c.document AS document_id, c.kind, c.type, c.status,
    c.actor_id, json_extract(c.record, '$.actor.name') AS actor, c.actor_side,
    c.recipient_id, json_extract(c.record, '$.recipient.name') AS recipient, c.recipient_side,
    json_extract(c.record, '$.score') AS score, json_extract(c.record, '$.confidence') AS confidence,
    c.anonymous, c.earliest, c.latest, c.published, c.read_at, r.maker,
    json_extract(c.record, '$.start') AS start, json_extract(c.record, '$.end') AS "end",
    json_extract(c.record, '$.quote') AS quote, c.record
FROM claims c JOIN readings r ON r.seq = c.reading JOIN documents d ON d.id = c.document
WHERE {CURRENT}
AND NOT EXISTS (
    SELECT 1 FROM judgements j WHERE j.about = c.id AND j.verdict = 'reject' AND NOT EXISTS (
        SELECT 1 FROM judgements k WHERE k.about = c.id AND k.verdict = 'accept'
        AND (k.judged_at, k.seq) > (j.judged_at, j.seq)))"""


def view_statements() -> tuple[str, ...]:
    """The views, in the order in which they are made."""
    return V_DOCUMENTS, V_CLAIMS
