BEGIN TRANSACTION;
CREATE TABLE claims (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reading INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	type TEXT NOT NULL, 
	actor_id TEXT NOT NULL, 
	actor_side TEXT NOT NULL, 
	recipient_id TEXT, 
	recipient_side TEXT, 
	status TEXT NOT NULL, 
	anonymous BOOLEAN NOT NULL, 
	earliest TEXT, 
	latest TEXT, 
	published TEXT, 
	day_from TEXT, 
	day_to TEXT, 
	read_at TEXT NOT NULL, 
	record TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	UNIQUE (reading, id), 
	FOREIGN KEY(reading) REFERENCES readings (seq)
);
INSERT INTO "claims" VALUES(1,1,'c43da5e1fb778736','7d253c86fbfd9cd5','event','CONSULT','state:SYR','state:SYR','state:RUS','state:RUS','reported',1,'2018-06-04','2018-06-04','2018-06-10','2018-06-04','2018-06-04','2024-01-01T00:00:00.000000Z','{"document":"a.txt","document_id":"7d253c86fbfd9cd5","start":0,"end":17,"quote":"Syria met Russia.","kind":"event","actor":{"id":"state:SYR","name":"Syria","side":"Syria","side_id":"state:SYR","anonymous":false,"words":"Syria","start":0,"end":5},"recipient":{"id":"state:RUS","name":"Russia","side":"Russia","side_id":"state:RUS","anonymous":false,"words":"Russia","start":10,"end":16},"type":"CONSULT","mode":null,"quad":1,"contexts":[],"score":4.0,"status":"reported","sources":[{"name":"an official","kind":"anonymous","anonymous":true}],"date":{"edtf":"2018-06-04","earliest":"2018-06-04","latest":"2018-06-04","basis":"stated"},"place":null,"confidence":0.75,"why":["rule"],"over":null,"published":"2018-06-10","maker":"rules 1","id":"c43da5e1fb778736"}','3e0e3a1b11b4bb1e');
CREATE TABLE documents (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	report TEXT NOT NULL, 
	name TEXT NOT NULL, 
	url TEXT NOT NULL, 
	text TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	length INTEGER NOT NULL, 
	seal TEXT NOT NULL, 
	UNIQUE (id)
);
INSERT INTO "documents" VALUES(1,'7d253c86fbfd9cd5','a65566d8c7e7cb94','a.txt','','Syria met Russia.
It was cold.','e2b87136c8f6f81cef762723a37f62c6a181886af3d2e7b149ec2b336beb9d6a',30,'3dd5490653d6b093');
CREATE TABLE forecasts (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	a TEXT NOT NULL, 
	b TEXT NOT NULL, 
	issued TEXT NOT NULL, 
	until TEXT NOT NULL, 
	maker TEXT NOT NULL, 
	issued_at TEXT NOT NULL, 
	record TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	UNIQUE (id)
);
CREATE TABLE judgements (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	about TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	who TEXT NOT NULL, 
	judged TEXT NOT NULL, 
	judged_at TEXT NOT NULL, 
	why TEXT NOT NULL, 
	seal TEXT NOT NULL
);
INSERT INTO "judgements" VALUES(1,'c43da5e1fb778736','reject','ada','2024-01-02','2024-01-02T00:00:00.000000Z','a caption','e800af39de9d7d85');
INSERT INTO "judgements" VALUES(2,'c43da5e1fb778736','accept','ada','2024-01-03','2024-01-03T00:00:00.000000Z','it was none','5ba9806195002947');
CREATE TABLE ledger_schema (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	made_at TEXT NOT NULL, 
	seal TEXT NOT NULL
);
INSERT INTO "ledger_schema" VALUES(1,2,'2026-11-21T15:10:39.633542Z','7ed9537eb0d5b13a');
CREATE TABLE parties (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	UNIQUE (id, name)
);
INSERT INTO "parties" VALUES(1,'state:RUS','Russia','russia','ec59e7b85e74e0ab');
INSERT INTO "parties" VALUES(2,'state:SYR','Syria','syria','b6b4d00d2d4e6a00');
CREATE TABLE readings (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document TEXT NOT NULL, 
	report TEXT NOT NULL, 
	maker TEXT NOT NULL, 
	read_at TEXT NOT NULL, 
	format TEXT NOT NULL, 
	title TEXT NOT NULL, 
	outlet TEXT NOT NULL, 
	published TEXT, 
	published_basis TEXT NOT NULL, 
	cuts TEXT NOT NULL, 
	warnings TEXT NOT NULL, 
	claims INTEGER NOT NULL, 
	silences INTEGER NOT NULL, 
	seal TEXT NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id)
);
INSERT INTO "readings" VALUES(1,'7d253c86fbfd9cd5','a65566d8c7e7cb94','rules 1','2024-01-01T00:00:00.000000Z','text','','','2018-06-10','','[]','[]',1,1,'09a3c4f214ceb447');
CREATE TABLE silences (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reading INTEGER NOT NULL, 
	sentence INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	missing TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	FOREIGN KEY(reading) REFERENCES readings (seq)
);
INSERT INTO "silences" VALUES(1,1,1,'no_verb','a verb','e5e41113526c8d13');
CREATE TABLE unread (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	remedy TEXT NOT NULL, 
	read_at TEXT NOT NULL, 
	seal TEXT NOT NULL
);
INSERT INTO "unread" VALUES(1,'b.txt','is empty','','2024-01-01T00:00:00.000000Z','9c55b5c513c3d44f');
CREATE INDEX ix_documents_name ON documents (name);
CREATE INDEX ix_documents_report ON documents (report);
CREATE INDEX ix_unread_name ON unread (name, read_at, seq);
CREATE INDEX ix_judgements_about ON judgements (about, verdict);
CREATE INDEX ix_parties_folded ON parties (folded);
CREATE INDEX ix_forecasts_until ON forecasts (until);
CREATE INDEX ix_readings_document ON readings (document);
CREATE INDEX ix_readings_report ON readings (report, read_at, seq);
CREATE INDEX ix_claims_side_recipient ON claims (actor_side, recipient_id);
CREATE INDEX ix_claims_day ON claims (day_from);
CREATE INDEX ix_claims_id ON claims (id);
CREATE INDEX ix_claims_side_side ON claims (actor_side, recipient_side);
CREATE INDEX ix_claims_actor_recipient ON claims (actor_id, recipient_id);
CREATE INDEX ix_claims_recipient ON claims (recipient_id);
CREATE INDEX ix_claims_recipient_side ON claims (recipient_side);
CREATE INDEX ix_claims_actor_side ON claims (actor_id, recipient_side);
CREATE INDEX ix_silences_reading ON silences (reading, sentence);
CREATE TRIGGER keep_documents_update BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'rows of documents are never changed, add a new one'); END;
CREATE TRIGGER keep_documents_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'rows of documents are never changed, add a new one'); END;
CREATE TRIGGER keep_documents_replace BEFORE INSERT ON documents WHEN EXISTS (SELECT 1 FROM documents WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM documents WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'rows of documents are never changed, add a new one'); END;
CREATE TRIGGER keep_forecasts_update BEFORE UPDATE ON forecasts BEGIN SELECT RAISE(ABORT, 'rows of forecasts are never changed, add a new one'); END;
CREATE TRIGGER keep_forecasts_delete BEFORE DELETE ON forecasts BEGIN SELECT RAISE(ABORT, 'rows of forecasts are never changed, add a new one'); END;
CREATE TRIGGER keep_forecasts_replace BEFORE INSERT ON forecasts WHEN EXISTS (SELECT 1 FROM forecasts WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM forecasts WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'rows of forecasts are never changed, add a new one'); END;
CREATE TRIGGER keep_judgements_update BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'rows of judgements are never changed, add a new one'); END;
CREATE TRIGGER keep_judgements_delete BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'rows of judgements are never changed, add a new one'); END;
CREATE TRIGGER keep_judgements_replace BEFORE INSERT ON judgements WHEN EXISTS (SELECT 1 FROM judgements WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'rows of judgements are never changed, add a new one'); END;
CREATE TRIGGER keep_ledger_schema_update BEFORE UPDATE ON ledger_schema BEGIN SELECT RAISE(ABORT, 'rows of ledger_schema are never changed, add a new one'); END;
CREATE TRIGGER keep_ledger_schema_delete BEFORE DELETE ON ledger_schema BEGIN SELECT RAISE(ABORT, 'rows of ledger_schema are never changed, add a new one'); END;
CREATE TRIGGER keep_ledger_schema_replace BEFORE INSERT ON ledger_schema WHEN EXISTS (SELECT 1 FROM ledger_schema WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'rows of ledger_schema are never changed, add a new one'); END;
CREATE TRIGGER keep_parties_update BEFORE UPDATE ON parties BEGIN SELECT RAISE(ABORT, 'rows of parties are never changed, add a new one'); END;
CREATE TRIGGER keep_parties_delete BEFORE DELETE ON parties BEGIN SELECT RAISE(ABORT, 'rows of parties are never changed, add a new one'); END;
CREATE TRIGGER keep_parties_replace BEFORE INSERT ON parties WHEN EXISTS (SELECT 1 FROM parties WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM parties WHERE id = NEW.id AND name = NEW.name) BEGIN SELECT RAISE(ABORT, 'rows of parties are never changed, add a new one'); END;
CREATE TRIGGER keep_unread_update BEFORE UPDATE ON unread BEGIN SELECT RAISE(ABORT, 'rows of unread are never changed, add a new one'); END;
CREATE TRIGGER keep_unread_delete BEFORE DELETE ON unread BEGIN SELECT RAISE(ABORT, 'rows of unread are never changed, add a new one'); END;
CREATE TRIGGER keep_unread_replace BEFORE INSERT ON unread WHEN EXISTS (SELECT 1 FROM unread WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'rows of unread are never changed, add a new one'); END;
CREATE TRIGGER keep_readings_update BEFORE UPDATE ON readings BEGIN SELECT RAISE(ABORT, 'rows of readings are never changed, add a new one'); END;
CREATE TRIGGER keep_readings_delete BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'rows of readings are never changed, add a new one'); END;
CREATE TRIGGER keep_readings_replace BEFORE INSERT ON readings WHEN EXISTS (SELECT 1 FROM readings WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'rows of readings are never changed, add a new one'); END;
CREATE TRIGGER keep_claims_update BEFORE UPDATE ON claims BEGIN SELECT RAISE(ABORT, 'rows of claims are never changed, add a new one'); END;
CREATE TRIGGER keep_claims_delete BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'rows of claims are never changed, add a new one'); END;
CREATE TRIGGER keep_claims_replace BEFORE INSERT ON claims WHEN EXISTS (SELECT 1 FROM claims WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM claims WHERE reading = NEW.reading AND id = NEW.id) BEGIN SELECT RAISE(ABORT, 'rows of claims are never changed, add a new one'); END;
CREATE TRIGGER keep_silences_update BEFORE UPDATE ON silences BEGIN SELECT RAISE(ABORT, 'rows of silences are never changed, add a new one'); END;
CREATE TRIGGER keep_silences_delete BEFORE DELETE ON silences BEGIN SELECT RAISE(ABORT, 'rows of silences are never changed, add a new one'); END;
CREATE TRIGGER keep_silences_replace BEFORE INSERT ON silences WHEN EXISTS (SELECT 1 FROM silences WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'rows of silences are never changed, add a new one'); END;
CREATE VIEW v_documents AS
SELECT d.id, d.name, d.url, r.title, r.outlet, r.published, r.published_basis, r.format, r.maker, r.read_at,
    r.claims, d.length, d.text,
    (SELECT count(*) FROM documents v WHERE v.report = d.report) AS versions
FROM readings r JOIN documents d ON d.id = r.document
WHERE NOT EXISTS (
    SELECT 1 FROM readings n WHERE n.report = r.report AND (n.read_at, n.seq) > (r.read_at, r.seq));
CREATE VIEW v_claims AS
SELECT c.id, d.name AS document, c.document AS document_id, c.kind, c.type, c.status,
    c.actor_id, json_extract(c.record, '$.actor.name') AS actor, c.actor_side,
    c.recipient_id, json_extract(c.record, '$.recipient.name') AS recipient, c.recipient_side,
    json_extract(c.record, '$.score') AS score, json_extract(c.record, '$.confidence') AS confidence,
    c.anonymous, c.earliest, c.latest, c.published, c.read_at, r.maker,
    json_extract(c.record, '$.start') AS start, json_extract(c.record, '$.end') AS "end",
    json_extract(c.record, '$.quote') AS quote, c.record
FROM claims c JOIN readings r ON r.seq = c.reading JOIN documents d ON d.id = c.document
WHERE NOT EXISTS (
    SELECT 1 FROM readings n WHERE n.report = r.report AND (n.read_at, n.seq) > (r.read_at, r.seq))
AND NOT EXISTS (
    SELECT 1 FROM judgements j WHERE j.about = c.id AND j.verdict = 'reject' AND NOT EXISTS (
        SELECT 1 FROM judgements k WHERE k.about = c.id AND k.verdict = 'accept'
        AND (k.judged_at, k.seq) > (j.judged_at, j.seq)));
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('ledger_schema',1);
INSERT INTO "sqlite_sequence" VALUES('documents',1);
INSERT INTO "sqlite_sequence" VALUES('readings',1);
INSERT INTO "sqlite_sequence" VALUES('claims',1);
INSERT INTO "sqlite_sequence" VALUES('silences',1);
INSERT INTO "sqlite_sequence" VALUES('parties',2);
INSERT INTO "sqlite_sequence" VALUES('judgements',2);
INSERT INTO "sqlite_sequence" VALUES('unread',1);
COMMIT;
PRAGMA application_id = 1634563193;
