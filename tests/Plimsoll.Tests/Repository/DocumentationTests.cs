using System.Text.RegularExpressions;
using Xunit;

namespace Plimsoll.Tests.Repository;

/// <summary>Guards that the documentation hangs together.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_relative_link_of_a_page_leads_to_a_file()
    {
        List<string> broken = [];
        foreach (string page in RepositoryFiles.All.Where(path => path.EndsWith(".md", StringComparison.Ordinal)))
        {
            string folder = Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(page)!);
            foreach (string target in Link().Matches(RepositoryFiles.Read(page)).Select(match => match.Groups["target"].Value))
            {
                string file = Path.GetFullPath(Path.Combine(folder, target));
                if (!File.Exists(file) && !Directory.Exists(file))
                {
                    broken.Add($"{page}: {target}");
                }
            }
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void Decisions_are_numbered_once_each_and_without_gaps()
    {
        int[] numbers = [.. RepositoryFiles.All.Select(path => Decision().Match(path)).Where(match => match.Success).Select(match => int.Parse(match.Groups["number"].Value)).Order()];
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);
    }

    [Fact]
    public void Every_decision_states_context_decision_and_consequences()
    {
        foreach (string path in RepositoryFiles.All.Where(path => Decision().IsMatch(path)))
        {
            string text = RepositoryFiles.Read(path);
            foreach (string heading in (string[])["## Context", "## Decision", "## Consequences"])
            {
                Assert.True(text.Contains(heading, StringComparison.Ordinal), $"{path} has no section '{heading}'");
            }
        }
    }

    [Fact]
    public void The_changelog_keeps_the_known_form()
    {
        string[] lines = RepositoryFiles.Lines("CHANGELOG.md");
        Assert.Equal("# Changelog", lines[0]);
        string[] releases = [.. lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal))];
        Assert.Equal("## [Unreleased]", releases[0]);
        Assert.All(releases.Skip(1), release => Assert.Matches(@"^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$", release));
        Assert.All(
            lines.Where(line => line.StartsWith("### ", StringComparison.Ordinal)),
            section => Assert.Contains(section[4..], (string[])["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]));
    }

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)(?<target>[^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^docs/decisions/(?<number>\d{4})-[a-z0-9-]+\.md$")]
    private static partial Regex Decision();
}
