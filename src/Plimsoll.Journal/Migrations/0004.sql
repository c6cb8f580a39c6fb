-- Journal, version 4. What a service remembers that is no task: keys of submissions, messages, tokens. The newest of a kind and key.
CREATE TABLE record (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
