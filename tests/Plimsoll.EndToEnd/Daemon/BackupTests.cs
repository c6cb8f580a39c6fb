using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary><c>plimsoll backup</c> beside a service that writes, and the way back.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task A_copy_made_while_the_service_writes_takes_the_place_of_the_journal()
    {
        using TemporaryProject project = new();
        string copy = project.PathOf("copy.db");
        using (ServiceProcess service = new(project, "-j", "2"))
        {
            await service.ReadyAsync();
            Assert.True(await service.SubmitAsync(Enumerable.Range(0, 200).Select(number => $$"""{"name": "t{{number}}", "run": ["true"]}""")));
            (await project.PlimsollAsync("backup", copy)).Ended(0);
            Assert.Contains("exists already", (await project.PlimsollAsync("backup", copy)).Ended(2).Stderr, StringComparison.Ordinal);
            await service.IdleAsync(TimeSpan.FromSeconds(60));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        foreach (string file in Directory.GetFiles(project.StateFolder, "journal.db*"))
        {
            File.Delete(file);
        }

        File.Move(copy, Path.Combine(project.StateFolder, "journal.db"));
        using ServiceProcess restored = new(project, "-j", "2");
        await restored.ReadyAsync();
        await restored.IdleAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(200, (await project.PlimsollAsync("status", "1", "--only", "succeeded", "--json")).Ended(0).Stdout.Split("\"state\":\"succeeded\"").Length - 1);
    }

    [Fact]
    public async Task Without_a_journal_or_a_folder_it_says_so()
    {
        using TemporaryProject project = new();
        Assert.Contains("no journal", (await project.PlimsollAsync("backup", "copy.db")).Ended(2).Stderr, StringComparison.Ordinal);
        Assert.Contains("no folder", (await project.PlimsollAsync("backup", "none/copy.db")).Ended(2).Stderr, StringComparison.Ordinal);
    }
}
