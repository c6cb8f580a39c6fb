using Plimsoll.Cli.Terminal;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class OutputTargetTests
{
    [Theory]
    [InlineData(true, "", "", true)]
    [InlineData(false, "", "", false)]
    [InlineData(true, "NO_COLOR", "1", false)]
    [InlineData(true, "CLICOLOR", "0", false)]
    [InlineData(false, "CLICOLOR_FORCE", "1", true)]
    [InlineData(true, "TERM", "dumb", false)]
    public void Colours_follow_the_conventions(bool terminal, string variable, string value, bool colored)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [variable] = value };
        Assert.Equal(colored, new FakeTerminal(terminal, variables: variables).Out.Color);
    }

    [Fact]
    public void A_flag_outranks_the_environment()
    {
        OutputTarget output = new FakeTerminal(terminal: true, variables: FakeTerminal.NoColor).Out;
        output.SetColor(ColorMode.Always);
        Assert.Equal("\x1b[31mx\x1b[0m", output.Paint(Ink.Bad, "x"));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("世界", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("🚢", 2)]
    public void Columns_are_counted(string text, int columns) => Assert.Equal(columns, TextWidth.Of(text));

    [Theory]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("世界世界", 4, "世… ")]
    [InlineData("ab", 4, "ab  ")]
    public void Text_is_fitted(string text, int columns, string expected) => Assert.Equal(expected, TextWidth.Fit(text, columns));
}
