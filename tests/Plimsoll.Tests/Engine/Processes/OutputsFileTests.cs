using System.Text;
using Plimsoll.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

public sealed class OutputsFileTests
{
    [Fact]
    public void The_last_value_of_a_key_counts_and_everything_after_the_first_equals_sign_is_value()
    {
        IReadOnlyDictionary<string, string>? values = OutputsFile.Parse("a=1\nb.c-d_9= x=y \r\n\na=2"u8, out string? refusal);
        Assert.Null(refusal);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "2", ["b.c-d_9"] = " x=y " }, values);
    }

    [Theory]
    [InlineData("plain", "line 1 is 'plain'")]
    [InlineData("a=1\n=2", "line 2 is '=2'")]
    [InlineData("a b=1", "line 1")]
    [InlineData("ä=1", "line 1")]
    public void A_malformed_line_is_refused_with_its_number(string text, string message)
    {
        Assert.Null(OutputsFile.Parse(Encoding.UTF8.GetBytes(text), out string? refusal));
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_and_oversized_content_is_refused()
    {
        Assert.Null(OutputsFile.Parse([0xFF, 0xFE], out string? binary));
        Assert.Contains("UTF-8", binary, StringComparison.Ordinal);
        Assert.Null(OutputsFile.Parse(new byte[OutputsFile.LimitBytes + 1], out string? large));
        Assert.Contains("larger than 1048576 bytes", large, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 (a) b) R 7 8 9 0", false)]
    [InlineData("1 (a) (b) S 7 8 9 0 -1 5 6 7 8 9 10 11 12 13 14 15 16 0 777 9 33 18446744073709551615 1", true)]
    public void A_process_may_have_any_name(string line, bool complete)
    {
        Assert.Equal(complete, ProcStat.TryParse(1, Encoding.UTF8.GetBytes(line), out ProcStat stat));
        if (complete)
            Assert.Equal(new ProcStat(1, 'S', 7, 9, 777, 33, 46), stat);
    }
}
