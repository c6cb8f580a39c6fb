using System.Diagnostics;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Repository;

/// <summary>Guards the hooks of <c>.pre-commit-config.yaml</c>.</summary>
public sealed class HookTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-hooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void No_hook_is_fetched_from_a_network()
    {
        string[] repositories = [.. RepositoryFiles.Lines(".pre-commit-config.yaml").Where(line => line.Contains("repo:", StringComparison.Ordinal))];
        Assert.NotEmpty(repositories);
        Assert.All(repositories, line => Assert.Equal("- repo: local", line.Trim()));
    }

    [Theory]
    [InlineData("good.json", "{}\n", "")]
    [InlineData("good.yaml", "a: 1\n", "")]
    [InlineData("bad.json", "{,}\n", "is no JSON")]
    [InlineData("key.txt", "-----BEGIN RSA " + "PRIVATE KEY-----\n", "holds a private key")]
    [InlineData("conflict.cs", "<<<<<<" + "< ours\n", "holds a conflict marker")]
    [InlineData("end.cs", "text", "does not end with a newline")]
    [InlineData("blank.cs", "text \n", "has blanks at the end of line 1")]
    public async Task A_bad_file_is_named_with_what_is_wrong(string name, string text, string complaint)
    {
        Component.Require("python3");
        string path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Path.Combine(RepositoryFiles.Root, "eng/check-files"), [path]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process check = Process.Start(start)!;
        string said = await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(complaint.Length == 0 ? 0 : 1, check.ExitCode);
        Assert.StartsWith(complaint.Length == 0 ? "" : $"{path}: {complaint}", said, StringComparison.Ordinal);
    }
}
