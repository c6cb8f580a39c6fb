using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.0801, "80 ms")]
    [InlineData(2.34, "2.3 s")]
    [InlineData(59.97, "1 min 00 s")]
    [InlineData(245, "4 min 05 s")]
    [InlineData(11_520, "3 h 12 min")]
    [InlineData(187_200, "2 d 4 h")]
    public void Durations_read_well(double seconds, string text) => Assert.Equal(text, Figures.Duration(seconds));

    [Theory]
    [InlineData(7, "7B")]
    [InlineData(314_572_800, "300M")]
    [InlineData(1_610_612_736, "1.5G")]
    public void Sizes_read_well(long bytes, string text) => Assert.Equal(text, Figures.Bytes(bytes));

    [Theory]
    [InlineData("512M", 536_870_912)]
    [InlineData("1.5 GiB", 1_610_612_736)]
    [InlineData("4096", 4096)]
    [InlineData("2kb", 2048)]
    public void Sizes_are_read(string text, long expected)
    {
        Assert.True(Quantity.TryBytes(text, out long bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("90", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("250ms", 0.25)]
    [InlineData("30d", 2_592_000)]
    public void Durations_are_read(string text, double seconds)
    {
        Assert.True(Quantity.TryDuration(text, out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds, 6);
    }

    [Theory]
    [InlineData("1/1000", 0.001)]
    [InlineData("0.25", 0.25)]
    public void Scales_are_read(string text, double expected)
    {
        Assert.True(Quantity.TryScale(text, out double scale));
        Assert.Equal(expected, scale, 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1x")]
    [InlineData("1.2.3")]
    [InlineData("9999999T")]
    [InlineData("1/0")]
    [InlineData("0")]
    public void Nonsense_is_refused(string text)
    {
        Assert.True(text == "0" || !Quantity.TryBytes(text, out _), "bytes");
        Assert.False(Quantity.TryDuration(text, out _), "duration");
        Assert.False(Quantity.TryScale(text, out _), "scale");
    }
}
