-- Journal, version 1. Times are 100 ns ticks after 1970-01-01 UTC; a position is the number of a fact in journal order.
-- The views at the end are made for people: sqlite3 .plimsoll/journal.db "select * from task_view".

CREATE TABLE journal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  uuid TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  position INTEGER NOT NULL,
  last_run INTEGER NOT NULL,
  last_fence INTEGER NOT NULL,
  last_at INTEGER NOT NULL
);

-- One row per writer: facts from first_position up to that of the next row carry this epoch.
CREATE TABLE writer (
  epoch INTEGER PRIMARY KEY,
  opened_at INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  first_position INTEGER NOT NULL
);

CREATE TABLE task_state (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO task_state VALUES (0,'waiting'),(1,'ready'),(2,'admitted'),(3,'running'),(4,'frozen'),(5,'retrying'),
  (6,'succeeded'),(7,'failed'),(8,'dead'),(9,'cancelled'),(10,'skipped');

CREATE TABLE attempt_outcome (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO attempt_outcome VALUES (0,'succeeded'),(1,'failed'),(2,'timed_out'),(3,'out_of_memory'),(4,'evicted'),(5,'lost'),
  (6,'start_failed'),(7,'cancelled');

-- fence_floor: every attempt of the run has a larger fence.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  origin TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  sealed INTEGER NOT NULL DEFAULT 0,
  cancelled INTEGER NOT NULL DEFAULT 0,
  finished_at INTEGER,
  fence_floor INTEGER NOT NULL
);

-- Tasks accepted together; position is that of the fact that added them.
CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  first_ordinal INTEGER NOT NULL,
  tasks INTEGER NOT NULL,
  plan BLOB NOT NULL
);
CREATE INDEX block_run ON block (run);
CREATE INDEX block_position ON block (position);

CREATE TABLE shape (
  id INTEGER PRIMARY KEY,
  block INTEGER NOT NULL,
  class TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX shape_block ON shape (block);

CREATE TABLE policy (
  id INTEGER PRIMARY KEY,
  block INTEGER NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX policy_block ON policy (block);

-- Edges in pages of up to 4096, [[from, to, soft], ...] by ordinal within the block; the view edge has a row for each.
CREATE TABLE edge_page (
  id INTEGER PRIMARY KEY,
  block INTEGER NOT NULL,
  edges TEXT NOT NULL
);
CREATE INDEX edge_page_block ON edge_page (block);

-- What was accepted, never changed afterwards; id = run << 32 | ordinal.
CREATE TABLE task (
  id INTEGER PRIMARY KEY,
  shape INTEGER NOT NULL,
  policy INTEGER NOT NULL,
  template INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  rank REAL NOT NULL,
  conditional INTEGER NOT NULL,
  name TEXT NOT NULL
);

-- Matrix values and parameters of a task.
CREATE TABLE binding (
  task INTEGER PRIMARY KEY,
  detail TEXT NOT NULL
);

-- Where a task is now; a task without a row is waiting. fence is that of its latest attempt, 0 before the first.
CREATE TABLE task_progress (
  task INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  fence INTEGER NOT NULL,
  reason TEXT
);

-- Priorities changed after a task was accepted.
CREATE TABLE task_priority (
  task INTEGER PRIMARY KEY,
  priority INTEGER NOT NULL
);

CREATE TABLE boot (id INTEGER PRIMARY KEY, boot_id TEXT NOT NULL UNIQUE);

-- An attempt is up to three rows, each written once: admitted, alive, ended.
CREATE TABLE attempt (
  fence INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  task INTEGER NOT NULL,
  number INTEGER NOT NULL,
  node INTEGER NOT NULL,
  reserved INTEGER NOT NULL
);
CREATE INDEX attempt_task ON attempt (task);

CREATE TABLE attempt_process (
  fence INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  start_ticks INTEGER NOT NULL,
  boot INTEGER NOT NULL REFERENCES boot (id)
);

CREATE TABLE attempt_end (
  fence INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  next_state INTEGER NOT NULL,
  retry_at INTEGER,
  exit_code INTEGER,
  signal INTEGER,
  gone INTEGER NOT NULL,
  peak_resident INTEGER NOT NULL,
  cpu INTEGER NOT NULL,
  start_error TEXT,
  outputs_error TEXT,
  reason TEXT,
  memory_end INTEGER NOT NULL
);

-- What an attempt held, for those that lived long enough to be measured. Amounts are bytes, growth is per second, times are ticks;
-- curve is [[tick, bytes], ...].
CREATE TABLE attempt_footprint (
  fence INTEGER PRIMARY KEY,
  settled INTEGER NOT NULL,
  peak INTEGER NOT NULL,
  burst_share REAL NOT NULL,
  time_to_settle INTEGER NOT NULL,
  fastest_rise INTEGER NOT NULL,
  start_cpu INTEGER NOT NULL,
  mapped INTEGER NOT NULL,
  executable INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  readings INTEGER NOT NULL,
  curve TEXT NOT NULL
);

CREATE TABLE output (
  fence INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (fence, key)
) WITHOUT ROWID;

-- Every fact that is not an attempt's own life; the detail rebuilds it.
CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  run INTEGER,
  task INTEGER,
  detail TEXT NOT NULL
);
CREATE INDEX event_run ON event (run, position);

-- What was learned of each class of tasks; belongs to no run and outlives them all. position and at are those of the newest fact.
CREATE TABLE class_profile (
  class TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  measured INTEGER NOT NULL,
  predicted INTEGER NOT NULL,
  exceeded INTEGER NOT NULL,
  detail TEXT NOT NULL
);

CREATE VIEW run_view AS
SELECT run.id, run.name,
  strftime('%Y-%m-%d %H:%M:%f', opened_at / 1e7, 'unixepoch') AS opened,
  CASE WHEN finished_at IS NOT NULL THEN 'finished' WHEN cancelled THEN 'cancelled' WHEN sealed THEN 'sealed' ELSE 'open' END AS state,
  strftime('%Y-%m-%d %H:%M:%f', finished_at / 1e7, 'unixepoch') AS finished,
  origin
FROM run;

CREATE VIEW task_view AS
SELECT task.id >> 32 AS run, task.id & 0xffffffff AS ordinal, task.name, shape.class, task_state.name AS state,
  coalesce(task_priority.priority, task.priority) AS priority,
  coalesce(attempts, 0) AS attempts,
  strftime('%Y-%m-%d %H:%M:%f', attempt.at / 1e7, 'unixepoch') AS started,
  CASE WHEN state >= 6 THEN strftime('%Y-%m-%d %H:%M:%f', changed_at / 1e7, 'unixepoch') END AS ended,
  coalesce(task_progress.reason, attempt_end.reason) AS reason
FROM task
  LEFT JOIN task_progress ON task_progress.task = task.id
  LEFT JOIN task_priority ON task_priority.task = task.id
  LEFT JOIN task_state ON task_state.id = coalesce(state, 0)
  LEFT JOIN shape ON shape.id = task.shape
  LEFT JOIN attempt ON attempt.fence = task_progress.fence
  LEFT JOIN attempt_end ON attempt_end.fence = task_progress.fence;

CREATE VIEW attempt_view AS
SELECT attempt.task >> 32 AS run, task.name AS task, number, attempt.fence, node, attempt_outcome.name AS outcome, exit_code, signal,
  strftime('%Y-%m-%d %H:%M:%f', attempt.at / 1e7, 'unixepoch') AS admitted,
  strftime('%Y-%m-%d %H:%M:%f', attempt_process.at / 1e7, 'unixepoch') AS running,
  strftime('%Y-%m-%d %H:%M:%f', attempt_end.at / 1e7, 'unixepoch') AS ended,
  pid, reserved, peak_resident, cpu / 1e7 AS cpu_seconds, start_error, reason
FROM attempt
  LEFT JOIN task ON task.id = attempt.task
  LEFT JOIN attempt_process ON attempt_process.fence = attempt.fence
  LEFT JOIN attempt_end ON attempt_end.fence = attempt.fence
  LEFT JOIN attempt_outcome ON attempt_outcome.id = attempt_end.outcome;

CREATE VIEW event_view AS
SELECT position, strftime('%Y-%m-%d %H:%M:%f', at / 1e7, 'unixepoch') AS at, kind, event.run, task.name AS task, detail
FROM event LEFT JOIN task ON task.id = event.task;

CREATE VIEW edge AS
SELECT block.run,
  block.first_ordinal + json_extract(pair.value, '$[0]') AS before,
  block.first_ordinal + json_extract(pair.value, '$[1]') AS after,
  json_extract(pair.value, '$[2]') AS soft
FROM edge_page JOIN block ON block.id = edge_page.block, json_each(edge_page.edges) AS pair;
