using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Tests.Watch;

/// <summary>An attempt of a normal day: it fills up, holds with the teeth of a collector, bursts now and then, and is silent for a while.</summary>
internal sealed class NormalAttempt
{
    private readonly Random random;
    private readonly int ordinal;
    private readonly string kind;
    private readonly DateTimeOffset since;
    private readonly double level;
    private readonly double fill;
    private DateTimeOffset spokeAt;
    private DateTimeOffset speaksAt;
    private DateTimeOffset burstUntil;
    private double tooth;
    private double drift;
    private TimeSpan cpu;

    public NormalAttempt(int ordinal, string kind, DateTimeOffset since, Random random)
    {
        (this.ordinal, this.kind, this.since, this.random) = (ordinal, kind, since, random);
        double minutes = kind switch { "agent" => 10 + (random.NextDouble() * 60), "build" => 2 + (random.NextDouble() * 6), _ => 0.3 + random.NextDouble() };
        Ends = since.AddMinutes(minutes);
        level = kind switch { "agent" => 300 + (random.NextDouble() * 300), "build" => 1500, _ => 150 };
        fill = kind == "agent" ? 1 + (random.NextDouble() * 4) : 1;
        spokeAt = speaksAt = since;
    }

    public DateTimeOffset Ends { get; }

    public AttemptReading Read(DateTimeOffset now)
    {
        // Silences fall off exponentially; agents think for half a minute in the mean.
        if (now >= speaksAt)
        {
            spokeAt = now;
            speaksAt = now.AddSeconds(-Math.Log(1 - random.NextDouble()) * (kind == "agent" ? 30 : 5));
        }

        tooth = tooth > 60 ? 0 : tooth + random.NextDouble();
        drift = (drift * 0.99) + ((random.NextDouble() - 0.5) * 2);
        burstUntil = kind == "agent" && random.Next(600) == 0 ? now.AddSeconds(90) : burstUntil;
        double minutes = (now - since).TotalMinutes;
        double held = (level * (1 - Math.Exp(-minutes / fill))) + tooth + drift + (now < burstUntil ? 600 : 0);
        cpu += TimeSpan.FromSeconds(kind == "agent" ? 0.005 : 0.9);
        return Readings.Live(ordinal, kind, since) with
        {
            Resident = Bytes.FromMebibytes(Math.Max(5, held)),
            Cpu = cpu,
            LastOutputAt = spokeAt,
            LastModelTrafficAt = kind == "agent" ? spokeAt : null,
        };
    }

    public EndedAttempt End() =>
        Readings.Ended(ordinal, kind, random.Next(25) == 0 ? AttemptOutcome.Failed : AttemptOutcome.Succeeded, (Ends - since).TotalSeconds);
}
