using System.Diagnostics;
using System.Globalization;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Journal;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Journal;

/// <summary>Kills a writing process and looks at what is left; the process is this executable running <see cref="Write_until_killed"/>.</summary>
public sealed class JournalCrashTests : IDisposable
{
    private const string PathVariable = "PLIMSOLL_TEST_CRASH_JOURNAL";

    /// <summary>The killed process could not delete a folder of its own, so it works in that of its parent.</summary>
    private readonly string folder = Environment.GetEnvironmentVariable(PathVariable) is { } path
        ? Path.GetDirectoryName(path)!
        : Directory.CreateTempSubdirectory("plimsoll-crash-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string JournalPath => Path.Combine(folder, "journal.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact(Timeout = 600_000)]
    public async Task A_killed_writer_leaves_whole_turns_and_every_acknowledged_one()
    {
        Random random = new(20260504);
        for (int kill = 0; kill < TestLevel.Count(3, 20, 200); kill++)
        {
            long acknowledged = await WriteAndKill(random.Next(1, 60), Token);
            await using SqliteJournal journal = await SqliteJournal.OpenAsync(JournalPath, SqliteJournalOptions.Default, TimeProvider.System, Token);
            Assert.True(acknowledged > 0);
            Assert.InRange(journal.Sequence, acknowledged, acknowledged + 2000);
            List<Fact> back = await journal.RecoverAsync(Token).ToListAsync(Token);
            IEnumerable<string> expected = Enumerable.Range(1, (int)journal.Sequence).SelectMany(sequence => TurnSamples.Turn(sequence)).Select(FactText.Of);
            Assert.Equal(expected, back.Select(FactText.Of));
        }
    }

    [Fact(Explicit = true)]
    public async Task Write_until_killed()
    {
        string? path = Environment.GetEnvironmentVariable(PathVariable);
        Assert.SkipWhen(path is null, "runs only inside A_killed_writer_leaves_whole_turns_and_every_acknowledged_one");
        SqliteJournalOptions options = SqliteJournalOptions.Default with { CheckpointBytes = 256 << 10 };
        await using SqliteJournal journal = await SqliteJournal.OpenAsync(path, options, TimeProvider.System, Token);
        await using Stream output = Console.OpenStandardOutput();
        while (true)
        {
            long sequence = journal.Sequence + 1;
            await journal.AppendAsync(new FactBatch(journal.Epoch, sequence, TurnSamples.Turn(sequence), sequence % 7 == 0), Token);
            output.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\nack {sequence}\n")));
        }
    }

    private async Task<long> WriteAndKill(int turns, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["-method", $"{typeof(JournalCrashTests).FullName}.{nameof(Write_until_killed)}", "-explicit", "only"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [PathVariable] = JournalPath },
        };
        using Process child = Process.Start(start)!;
        long acknowledged = 0;
        List<string> said = [];
        while (turns > 0 && await child.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            said.Add(line);
            if (line.StartsWith("ack ", StringComparison.Ordinal))
            {
                acknowledged = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
                turns--;
            }
        }

        child.Kill();
        await child.WaitForExitAsync(cancellationToken);
        Assert.True(turns == 0, "the writer ended by itself: " + string.Join('\n', said.TakeLast(20)));
        return acknowledged;
    }
}
