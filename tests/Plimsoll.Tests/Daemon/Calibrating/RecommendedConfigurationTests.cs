using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Plans.Configuration;
using Xunit;

namespace Plimsoll.Tests.Daemon.Calibrating;

public sealed class RecommendedConfigurationTests
{
    [Fact]
    public void The_fragment_is_a_configuration()
    {
        PlimsollConfiguration read = Load(RecommendedConfiguration.Fragment(Report("job.sh", "it's \"so\"")));
        Assert.Equal(6, read.MaxConcurrent);
        Assert.Equal(1L << 30, read.MemoryReserve!.Value.Value);
        Assert.True(read.Templates.ContainsKey("burner"));
    }

    [Fact]
    public void An_agent_becomes_a_template_with_a_prompt() =>
        Assert.True(Load(RecommendedConfiguration.Fragment(Report("agent", "claude"))).Templates.ContainsKey("burner"));

    [Fact]
    public void Other_lines_stay_as_they_are_and_known_ones_are_replaced()
    {
        const string before = """
            # mine
            max_concurrent: 3   # was enough
            host:
                cores: 4
                memory_reserve: 64M
            templates:
              burner:
                run: old
                memory_limit: 1G
              other:
                run: "true"

            journal: sqlite

            """;
        string after = RecommendedConfiguration.Edit(before, Report("job.sh"), out string? obstacle)!;
        Assert.Null(obstacle);
        Assert.StartsWith("# mine\nmax_concurrent: 6\nhost:\n    cores: 4\n    memory_reserve: 1024M\ntemplates:\n  burner:\n    run: [\"job.sh\"]\n    memory_limit: 256M\n    cpu: 1.0\n  other:\n", after, StringComparison.Ordinal);
        PlimsollConfiguration read = Load(after);
        Assert.Equal((6, 4.0), (read.MaxConcurrent, read.HostCores));
        Assert.Equal(after, RecommendedConfiguration.Edit(after, Report("job.sh"), out _));
    }

    [Fact]
    public void A_mapping_in_one_line_is_left_to_people()
    {
        Assert.Null(RecommendedConfiguration.Edit("host: {cores: 4}\n", Report("job.sh"), out string? obstacle));
        Assert.Contains("line 1", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diff_shows_what_went_and_what_came() =>
        Assert.Equal("--- f\n+++ f\n-b\n+x\n+y\n", LineDiff.Of("a\nb\nc\n", "a\nx\ny\nc\n", "f"));

    private static PlimsollConfiguration Load(string text)
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-config-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, ConfigurationLoader.FileName), text);
            ConfigurationResult read = ConfigurationLoader.Load(folder, new Dictionary<string, string>(), []);
            Assert.Empty(read.Diagnostics);
            return read.Configuration!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RecommendationView Report(params string[] command) => new(
        "recommendation", default, "burner", command, new BenchMachineView("", 2, 16L << 30, null), 0, 0, 0, 0, 0, 0, 0, 3, 0.4, 9, 256 << 20,
        new HostRowView(16L << 30, 1L << 30, 5, 6), [], "", null, []);
}
