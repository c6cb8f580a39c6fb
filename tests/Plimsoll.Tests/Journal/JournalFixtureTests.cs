using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal;
using Plimsoll.Journal.Migrations;
using Xunit;

namespace Plimsoll.Tests.Journal;

/// <summary>Journals of every released version, kept under tests/fixtures/journals, must open and say what they said then.</summary>
public sealed class JournalFixtureTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-fixture-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_journal_of_version_1_opens()
    {
        string path = Path.Combine(folder, "journal.db");
        File.Copy(Path.Combine(Fixtures(), "v1", "journal.db"), path);
        await using (SqliteJournalReader reader = await SqliteJournalReader.OpenAsync(path, SqliteJournalOptions.Default, Token))
        {
            Assert.Equal(15, (await reader.TasksAsync(new TaskQuery(new RunId(1), [], null, null, 100), Token)).Count);
            Assert.Null((await reader.AttemptsAsync(JournalSamples.Task(1, 0), Token))[0].Usage);
            Assert.Equal(0, (await reader.RunAsync(new RunId(1), Token))!.Usage.Calls);
            Assert.NotEmpty(await reader.FactsAsync(new RunId(1), Token).ToListAsync(Token));
        }

        await using SqliteJournal journal = await SqliteJournal.OpenAsync(path, SqliteJournalOptions.Default, TimeProvider.System, Token);
        List<Fact> back = await journal.RecoverAsync(Token).ToListAsync(Token);
        Assert.Equal(JournalSamples.EveryKind().SelectMany(turn => turn).Select(FactText.Of), back.Select(FactText.Of));
    }

    [Fact]
    public async Task A_journal_of_version_3_opens()
    {
        string path = Path.Combine(folder, "journal.db");
        File.Copy(Path.Combine(Fixtures(), "v3", "journal.db"), path);
        await using SqliteJournalReader reader = await SqliteJournalReader.OpenAsync(path, SqliteJournalOptions.Default, Token);
        List<Fact> back = await reader.FactsAsync(new RunId(1), Token).ToListAsync(Token);
        Assert.Equal(JournalSamples.SinceVersion3().SelectMany(turn => turn).Select(FactText.Of), back.Select(FactText.Of).TakeLast(5));
    }

    [Fact]
    public void Every_version_has_a_fixture()
    {
        Assert.All(Enumerable.Range(1, JournalSchema.Newest), version => Assert.True(File.Exists(Path.Combine(Fixtures(), $"v{version}", "journal.db")), $"tests/fixtures/journals/v{version}/journal.db is missing: run Make_the_fixture_of_the_newest_version"));
    }

    /// <summary>Run once per new version, before it is released, with PLIMSOLL_TEST_FIXTURE set to the folder to write.</summary>
    [Fact(Explicit = true)]
    public async Task Make_the_fixture_of_the_newest_version()
    {
        string? target = Environment.GetEnvironmentVariable("PLIMSOLL_TEST_FIXTURE");
        Assert.SkipWhen(target is null, "PLIMSOLL_TEST_FIXTURE names the folder to write");
        Directory.CreateDirectory(target);
        await using SqliteJournal journal = await SqliteJournal.OpenAsync(Path.Combine(target, "journal.db"), SqliteJournalOptions.Default, TimeProvider.System, Token);
        foreach (IReadOnlyList<Fact> turn in JournalSamples.EveryKind().Concat(JournalSamples.SinceVersion3()))
        {
            await journal.AppendAsync(new FactBatch(journal.Epoch, journal.Sequence + 1, turn, true), Token);
        }
    }

    private static string Fixtures()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Plimsoll.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }

        return Path.Combine(at ?? throw new InvalidOperationException("the tests run outside a checkout"), "tests/fixtures/journals");
    }
}
