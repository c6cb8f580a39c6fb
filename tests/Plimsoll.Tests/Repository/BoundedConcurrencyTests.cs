using System.Text.RegularExpressions;
using Xunit;

namespace Plimsoll.Tests.Repository;

/// <summary>Guards that threads and tasks have an owner and a bound.</summary>
public sealed partial class BoundedConcurrencyTests
{
    /// <summary>The one file that may start threads and unowned work.</summary>
    private const string ThreadOwner = "src/Plimsoll.Engine/Diagnostics/OwnedThread.cs";

    [Fact]
    public void Threads_and_background_work_start_in_one_file()
    {
        IEnumerable<string> wrong =
            from path in RepositoryFiles.Sources("src")
            where path != ThreadOwner
            from line in RepositoryFiles.Lines(path).Select((text, index) => (Text: text, Number: index + 1))
            where Unbounded().IsMatch(line.Text) && !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{path}:{line.Number}: {line.Text.Trim()}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Channels_are_bounded()
    {
        IEnumerable<string> wrong = RepositoryFiles.Sources("src")
            .Where(path => RepositoryFiles.Read(path).Contains("Channel.CreateUnbounded", StringComparison.Ordinal));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_is_async_void()
    {
        IEnumerable<string> wrong = RepositoryFiles.Sources("src")
            .Where(path => AsyncVoid().IsMatch(RepositoryFiles.Read(path)));
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"\bnew Thread\(|\bTask\.Run\(|\bTask\.WhenAll\(|\bTask\.Factory\.StartNew\(|\bThreadPool\.\w*QueueUserWorkItem\(|\bParallel\.For")]
    private static partial Regex Unbounded();

    [GeneratedRegex(@"\basync void\b")]
    private static partial Regex AsyncVoid();
}
