using System.Diagnostics;
using Plimsoll.Benchmarks.Controls;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Journal;
using Verdict = Plimsoll.Benchmarks.Frame.Verdict;

namespace Plimsoll.Benchmarks.Throughput;

/// <summary>What the journal alone sustains: admission and end of attempts, in turns of about a thousand facts.</summary>
internal sealed class JournalBench : IBenchmark
{
    private const double PairsPerSecond = 120_000;
    private const int PairsPerTurn = 500;

    public string Verb => "journal";

    public string Question => "How many pairs of admission and end does the SQLite journal take per second?";

    public string Control => "a bare loop that inserts as many small rows into SQLite in batches";

    public string Rivals => "the control";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int tasks = options.Count("tasks", 200_000);
        using Workbench bench = new();
        int file = 0;
        IReadOnlyList<Measurement> results = options.Note(Interleaved.Run(
            [
                new Contender("journal, pairs", tasks, () => Append(Path.Combine(bench.Folder, $"journal-{++file}.db"), tasks).GetAwaiter().GetResult()),
                new Contender("bare loop, rows", tasks, () => SqliteInserts.Run(Path.Combine(bench.Folder, $"control-{++file}.db"), tasks)),
            ],
            options.Count("rounds", 5),
            output));
        return Budget.Of(results[1], output, Budget.AtLeast("pairs per second", results[0].Median, PairsPerSecond, output));
    }

    private static async Task<TimeSpan> Append(string path, int tasks)
    {
        await using SqliteJournal journal = await SqliteJournal.OpenAsync(path, SqliteJournalOptions.Default, TimeProvider.System, CancellationToken.None);
        await journal.AppendAsync(new FactBatch(journal.Epoch, 1, [new RunOpened(DateTimeOffset.UnixEpoch, new RunId(1), 1, "bench", "{}")], true), CancellationToken.None);
        List<List<Fact>> turns = Turns(tasks);
        long begun = Stopwatch.GetTimestamp();
        foreach (List<Fact> turn in turns)
        {
            await journal.AppendAsync(new FactBatch(journal.Epoch, journal.Sequence + 1, turn, false), CancellationToken.None);
        }

        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Each turn ends the attempts of the one before and admits the next, as no-op tasks do.</summary>
    private static List<List<Fact>> Turns(int tasks)
    {
        List<List<Fact>> turns = [[]];
        for (int first = 0; first < tasks; first += PairsPerTurn)
        {
            List<Fact> next = [];
            for (int task = first; task < Math.Min(tasks, first + PairsPerTurn); task++)
            {
                DateTimeOffset at = DateTimeOffset.UnixEpoch.AddSeconds(task);
                AttemptId attempt = new(new TaskId(new RunId(1), task), 1, task + 1);
                turns[^1].Add(new AttemptAdmitted(at, attempt, NodeId.Local, Bytes.Zero));
                next.Add(new AttemptFinished(at, attempt, AttemptOutcome.Succeeded, TaskState.Succeeded, null, ExitReport.Success, null));
            }

            turns.Add(next);
        }

        return turns;
    }
}
