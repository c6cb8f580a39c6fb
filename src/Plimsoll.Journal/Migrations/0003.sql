-- Journal, version 3. What attempts used of models through the gateway: one row per attempt, replaced as it grows.
-- Tokens, millionths of a US dollar, 429 answers of providers, and ticks of 100 ns waited for quota.
CREATE TABLE attempt_usage (
  fence INTEGER PRIMARY KEY,
  task INTEGER NOT NULL,
  number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  micro_dollars INTEGER NOT NULL,
  refusals INTEGER NOT NULL,
  queued INTEGER NOT NULL
);
CREATE INDEX attempt_usage_task ON attempt_usage (task);

CREATE VIEW usage_view AS
SELECT attempt_usage.task >> 32 AS run, task.name AS task, attempt_usage.number, calls, input_tokens, cached_tokens, output_tokens,
  micro_dollars / 1e6 AS dollars, refusals, queued / 1e7 AS queued_seconds
FROM attempt_usage LEFT JOIN task ON task.id = attempt_usage.task;
