using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Parsing;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class OptionScanTests
{
    [Theory]
    [InlineData("-j 4 grep -k {}", "-j 4 -- grep -k {}")]
    [InlineData("-kj4 -0 echo", "-kj4 -0 -- echo")]
    [InlineData("--joblog=log echo -q", "--joblog=log -- echo -q")]
    [InlineData("-k -- -odd-name -x", "-k -- -odd-name -x")]
    [InlineData("-k", "-k")]
    public void Options_behind_the_command_belong_to_the_command(string words, string expected)
    {
        (IReadOnlyList<string> normalised, UsageError? error) = Scan(new MapCommand(new FakeTerminal().Context), words);
        Assert.Null(error);
        Assert.Equal(expected, string.Join(' ', normalised));
    }

    [Theory]
    [InlineData("--dry-rum plan.yaml", "run has no option --dry-rum", "did you mean --dry-run?")]
    [InlineData("plan.yaml --memory_scale=1/2", "run has no option --memory_scale", "did you mean --memory-scale?")]
    [InlineData("-Z plan.yaml", "run has no option -Z", null)]
    public void An_unknown_option_is_named_with_the_nearest_known_one(string words, string message, string? cure)
    {
        (_, UsageError? error) = Scan(new RunCommand(new FakeTerminal().Context), words);
        Assert.Equal(message, error?.Message);
        if (cure is not null)
            Assert.Equal(cure, error?.Cure);
    }

    [Fact]
    public void A_lone_dash_is_standard_input_and_a_value_may_begin_with_a_dash()
    {
        (_, UsageError? error) = Scan(new RunCommand(new FakeTerminal().Context), "- --set -x=1 -j 2");
        Assert.Null(error);
    }

    private static (IReadOnlyList<string> Words, UsageError? Error) Scan(Verb verb, string words)
    {
        verb.AddCommonOptions();
        return OptionScan.Normalise(verb, words.Split(' '), verb.CommandFollows);
    }
}
