using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Tests.Watch;

/// <summary>A busy but healthy day: agents, builds and tests on ten places, with bursts, retries, queues and a little noise everywhere.</summary>
internal sealed class NormalDay(int seed)
{
    private const int Places = 10;

    private readonly Random random = new(seed);
    private readonly NormalAttempt?[] live = new NormalAttempt?[Places];
    private readonly Queue<(string Kind, DateTimeOffset Since)> queue = new();
    private int ordinal;
    private long started;
    private long ended;
    private long requests;
    private long errors;
    private double busy = 0.5;
    private double disk = 60;

    public int Attempts => ordinal;

    public WatchSample At(WatchSample sample)
    {
        DateTimeOffset now = sample.At;
        Arrive(now);
        var over = new List<EndedAttempt>();
        for (int i = 0; i < Places; i++)
        {
            if (live[i] is { } attempt && attempt.Ends <= now)
            {
                over.Add(attempt.End());
                live[i] = null;
                ended++;
            }

            if (live[i] is null && queue.TryDequeue(out (string Kind, DateTimeOffset Since) next))
            {
                live[i] = new NormalAttempt(ordinal++, next.Kind, now, random);
                started++;
            }
        }

        AttemptReading[] readings = [.. live.OfType<NormalAttempt>().Select(attempt => attempt.Read(now))];
        Bytes held = new(readings.Sum(reading => reading.Resident!.Value.Value));
        busy = Math.Clamp((busy * 0.95) + (0.05 * (readings.Length / 12.0)) + (Noise() * 0.03), 0.02, 1);
        disk = Math.Clamp(disk + (Noise() * 0.01), 30, 80);
        requests += random.Next(20);
        errors += random.Next(2000) == 0 ? 1 : 0;
        return sample with
        {
            Nodes = [Readings.Node with
            {
                Memory = new MemorySample(Readings.Gibibytes(32), Readings.Gibibytes(30) - held, held),
                Cpu = new CpuSample(busy, busy / 4),
                Pressure = new PressureSample(0.05 * random.NextDouble(), random.Next(500) == 0 ? 0.2 : 0),
                DiskFree = Readings.Gibibytes(disk),
                Gated = random.Next(3000) == 0,
            }],
            Queue = new QueueReading(5, queue.Count, 0, readings.Length, 0)
            {
                Oldest = queue.TryPeek(out (string Kind, DateTimeOffset Since) first) ? new OldestReady(new TaskId(started), first.Kind, first.Since, "concurrency", "10 of 10 run") : null,
            },
            Attempts = [.. readings],
            Ended = [.. over],
            Locks = [new LockReading("nuget", LockKind.Held, 1, 1, 1, random.Next(4), TimeSpan.FromSeconds(random.Next(120)))],
            Pools = [new PoolReading("places", PoolKind.Places, Places, readings.Length, queue.Count, started)],
            Quotas = [new QuotaReading("anthropic", "input tokens", Math.Clamp(0.6 + (Noise() * 0.2), 0, 1), 0, default, 0)],
            Journal = new JournalReading(TimeSpan.FromMilliseconds(random.Next(50) == 0 ? 300 : 3 + random.Next(5)), 3, null),
            Counters = new CounterReading(started, ended, 0, 0, 0, errors, requests),
        };
    }

    // Little by night, batches by day: half an hour of queue now and then is normal.
    private void Arrive(DateTimeOffset now)
    {
        double rate = now.Hour is >= 8 and < 20 ? 0.011 : 0.003;
        if (random.NextDouble() < rate)
        {
            string kind = new[] { "agent", "build", "test", "test", "test" }[random.Next(5)];
            int count = random.Next(40) == 0 ? 30 : 1;
            for (int i = 0; i < count; i++)
            {
                queue.Enqueue((count > 1 ? "test" : kind, now));
            }
        }
    }

    private double Noise() => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
}
