using Plimsoll.Daemon.Requests;
using Xunit;

namespace Plimsoll.Tests.Daemon.Requests;

public sealed class HaltPolicyTests
{
    [Theory]
    [InlineData("soon,fail=1", 0, 5, false)]
    [InlineData("soon,fail=1", 1, 0, true)]
    [InlineData("now,fail=3", 2, 9, false)]
    [InlineData("now,success=2", 9, 2, true)]
    [InlineData("soon,done=4", 2, 2, true)]
    [InlineData("never", 99, 99, false)]
    [InlineData("0", 99, 99, false)]
    [InlineData("1", 1, 0, true)]
    [InlineData("2", 1, 0, true)]
    public void It_stops_when_its_number_is_reached(string text, int failed, int succeeded, bool stops)
    {
        Assert.True(HaltPolicy.TryParse(text, out HaltPolicy policy));
        Assert.Equal(stops, policy.IsReached(failed, succeeded));
    }

    [Fact]
    public void Two_means_now_and_one_means_soon()
    {
        Assert.True(HaltPolicy.TryParse("2", out HaltPolicy two));
        Assert.True(HaltPolicy.TryParse("1", out HaltPolicy one));
        Assert.True(two.Now);
        Assert.False(one.Now);
    }

    [Theory]
    [InlineData("")]
    [InlineData("later,fail=1")]
    [InlineData("now")]
    [InlineData("now,fail=0")]
    [InlineData("now,fail=-1")]
    [InlineData("now,fail=10%")]
    [InlineData("now,1=1")]
    [InlineData("now,fail=1,soon")]
    public void Anything_else_is_refused(string text) => Assert.False(HaltPolicy.TryParse(text, out _));
}
