using Plimsoll.Core.Ports;
using Plimsoll.Journal.State;
using Xunit;

namespace Plimsoll.Tests.Journal;

public sealed class StateFolderTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("plimsoll-state-").FullName;

    private string FolderPath => Path.Combine(parent, ".plimsoll");

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void It_is_for_its_owner_only_and_ignored_by_git()
    {
        StateFolder folder = StateFolder.Create(FolderPath);
        using StateLock? taken = folder.TryLock(JournalSamples.At(0), out _);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(FolderPath));
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(FolderPath, ".gitignore")));
        Assert.All(Directory.GetFiles(FolderPath), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_folder_that_was_open_to_others_is_closed()
    {
        Directory.CreateDirectory(FolderPath);
        File.SetUnixFileMode(FolderPath, (UnixFileMode)511);
        StateFolder.Create(FolderPath);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(FolderPath));
    }

    [Fact]
    public void A_second_lock_is_refused_and_names_the_holder_until_the_first_is_gone()
    {
        StateFolder folder = StateFolder.Create(FolderPath);
        StateLock? first = folder.TryLock(JournalSamples.At(0), out _);
        Assert.NotNull(first);
        Assert.Null(folder.TryLock(JournalSamples.At(5), out StateLockHolder? holder));
        Assert.Equal(new StateLockHolder(Environment.ProcessId, JournalSamples.At(0)), holder);
        first.Dispose();
        using StateLock? second = folder.TryLock(JournalSamples.At(5), out holder);
        Assert.NotNull(second);
        Assert.Null(holder);
    }

    [Fact]
    public void A_file_in_its_place_is_named_with_a_cure()
    {
        File.WriteAllText(FolderPath, "");
        JournalException fault = Assert.Throws<JournalException>(() => StateFolder.Create(FolderPath));
        Assert.Contains(FolderPath, fault.Message, StringComparison.Ordinal);
        Assert.Contains("--state", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attempts_have_files_of_their_own_a_thousand_tasks_to_a_folder()
    {
        AttemptPaths paths = StateFolder.At(FolderPath).Attempt(JournalSamples.Task(7, 12345), 2);
        Assert.Equal(Path.Combine(FolderPath, "runs/7/12/12345.2.out"), paths.Out);
        paths.CreateFolder();
        File.WriteAllText(paths.Err, "");
        Assert.True(File.Exists(Path.Combine(FolderPath, "runs/7/12/12345.2.err")));
    }
}
