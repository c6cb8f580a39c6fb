using System.Text.RegularExpressions;
using Xunit;

namespace Plimsoll.Tests.Repository;

/// <summary>Guards that .env.example lists the variables that exist.</summary>
public sealed partial class EnvironmentTests
{
    [Fact]
    public void The_sample_environment_lists_exactly_the_variables_that_exist()
    {
        IEnumerable<string> sources = RepositoryFiles.All
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .Append("plimsoll")
            .Append("tests/Plimsoll.Tests/Support/TestLevel.cs");
        Assert.Equal(
            sources.SelectMany(Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Names(".env.example").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    // A name that ends in _ is a prefix, such as that of the values of a shell line.
    private static IEnumerable<string> Names(string path) =>
        Variable().Matches(RepositoryFiles.Read(path)).Select(match => match.Value).Where(name => !name.EndsWith('_'));

    [GeneratedRegex("PLIMSOLL_[A-Z_]+")]
    private static partial Regex Variable();
}
