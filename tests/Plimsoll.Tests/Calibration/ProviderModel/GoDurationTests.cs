using Plimsoll.Calibration.ProviderModel.Dialects;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.0111, "12ms")]
    [InlineData(0.012, "12ms")]
    [InlineData(0.644, "644ms")]
    [InlineData(1, "1s")]
    [InlineData(7.66, "7.66s")]
    [InlineData(11.054, "11.054s")]
    [InlineData(59.9999, "1m0s")]
    [InlineData(360, "6m0s")]
    [InlineData(3_661.5, "1h1m1.5s")]
    public void A_duration_reads_as_Go_prints_it(double seconds, string text) => Assert.Equal(text, GoDuration.Text(TimeSpan.FromSeconds(seconds)));
}
