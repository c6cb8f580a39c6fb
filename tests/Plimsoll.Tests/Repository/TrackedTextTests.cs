using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Plimsoll.Tests.Repository;

/// <summary>Guards what every tracked file must not hold, and the files that a tool reads by a fixed form.</summary>
public sealed partial class TrackedTextTests
{
    private const long LargestTrackedBytes = 500_000;

    [Fact]
    public void No_file_names_a_package_registry_or_a_path_of_one_machine()
    {
        IEnumerable<string> wrong =
            from path in RepositoryFiles.All
            where IsText(path) && path != "tests/Plimsoll.Tests/Repository/TrackedTextTests.cs"
            from line in RepositoryFiles.Lines(path).Select((text, index) => (Text: text, Number: index + 1))
            where RegistryHost().IsMatch(line.Text) || MachinePath().IsMatch(line.Text)
            select $"{path}:{line.Number}: {line.Text.Trim()}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_file_holds_a_private_key()
    {
        IEnumerable<string> wrong = RepositoryFiles.All.Where(path => IsText(path) && PrivateKey().IsMatch(RepositoryFiles.Read(path)));
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_tracked_file_is_large()
    {
        IEnumerable<string> wrong = RepositoryFiles.All.Where(path => new FileInfo(Path.Combine(RepositoryFiles.Root, path)).Length > LargestTrackedBytes);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_json_file_parses()
    {
        foreach (string path in RepositoryFiles.All.Where(path => path.EndsWith(".json", StringComparison.Ordinal) && !path.Contains("/Malformed/", StringComparison.Ordinal)))
        {
            using JsonDocument document = JsonDocument.Parse(RepositoryFiles.Read(path));
            Assert.NotEqual(JsonValueKind.Undefined, document.RootElement.ValueKind);
        }
    }

    [Fact]
    public void Scripts_are_executable_and_have_an_interpreter()
    {
        foreach (string script in (string[])["plimsoll", "test", ".ci/run", "eng/build-launcher", "eng/check-security", "eng/publish"])
        {
            UnixFileMode mode = File.GetUnixFileMode(Path.Combine(RepositoryFiles.Root, script));
            Assert.True(mode.HasFlag(UnixFileMode.UserExecute), $"{script} is not executable");
            Assert.StartsWith("#!", RepositoryFiles.Read(script), StringComparison.Ordinal);
        }
    }

    private static bool IsText(string path) => !BinaryFile().IsMatch(path);

    [GeneratedRegex(@"\.(db|png|ico|gz|woff2?|dll|so)$")]
    private static partial Regex BinaryFile();

    [GeneratedRegex(@"api\.nuget\.org|registry\.npmjs\.org|deb\.debian\.org|nuget\.cdn|index\.crates\.io|files\.pythonhosted\.org", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?<![\w.])/(work|root|home/[a-z]+)/(?!\.\.\.)")]
    private static partial Regex MachinePath();

    [GeneratedRegex("-----BEGIN (RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----\n[A-Za-z0-9+/=\n]{60,}")]
    private static partial Regex PrivateKey();
}
