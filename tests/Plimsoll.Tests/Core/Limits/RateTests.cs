using Plimsoll.Core.Limits;
using Xunit;

namespace Plimsoll.Tests.Core.Limits;

public sealed class RateTests
{
    [Theory]
    [InlineData("60/min", 60, 60)]
    [InlineData("60/m", 60, 60)]
    [InlineData("5/s", 5, 1)]
    [InlineData("2M/min", 2_000_000, 60)]
    [InlineData("400k/minute", 400_000, 60)]
    [InlineData("100/10s", 100, 10)]
    [InlineData(" 10000 / day ", 10_000, 86_400)]
    public void A_rate_reads_an_amount_and_a_period(string text, long amount, int seconds)
    {
        Assert.True(Rate.TryParse(text, out Rate rate));
        Assert.Equal(new Rate(amount, TimeSpan.FromSeconds(seconds)), rate);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("60")]
    [InlineData("/min")]
    [InlineData("k/min")]
    [InlineData("0/min")]
    [InlineData("-1/min")]
    [InlineData("1.5/min")]
    [InlineData("60/0s")]
    [InlineData("60/week")]
    [InlineData("60/min/min")]
    [InlineData("9223372036854775807M/s")]
    [InlineData("99999999999999999999/s")]
    [InlineData("1/999999d")]
    public void A_rate_out_of_range_or_form_is_refused(string? text)
    {
        Assert.False(Rate.TryParse(text, out _));
    }

    [Fact]
    public void Units_in_a_time_are_rounded_down()
    {
        Assert.Equal(1, Rate.PerMinute(60).UnitsIn(TimeSpan.FromSeconds(1.99)));
        Assert.Equal(0, new Rate(10_000, TimeSpan.FromDays(1)).UnitsIn(TimeSpan.FromSeconds(1)));
    }
}
