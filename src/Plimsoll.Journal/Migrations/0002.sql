-- Journal, version 2. Dead letters that were purged by hand; fence is that of the attempt that made the letter, so that a
-- task that was retried and died again is a letter again.
CREATE TABLE purged (
  task INTEGER PRIMARY KEY,
  fence INTEGER NOT NULL,
  at INTEGER NOT NULL
);
