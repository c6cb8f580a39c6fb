using Plimsoll.Calibration.ProviderModel.Quotas;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class WindowedQuotaTests
{
    private static readonly DateTimeOffset Start = Modelled.Start;

    [Fact]
    public void Six_hundred_per_minute_checked_over_a_second_are_ten_in_each_second()
    {
        WindowedQuota quota = new(600, TimeSpan.FromSeconds(1), OversizePolicy.FullBucket, Start);
        for (int second = 0; second < 5; second++)
        {
            DateTimeOffset late = Start.AddSeconds(second + 0.9);
            for (int request = 0; request < 10; request++)
            {
                Assert.Equal(TimeSpan.Zero, quota.WaitFor(1, late));
                quota.Take(1, late);
            }

            Assert.Equal(TimeSpan.FromSeconds(0.1), quota.WaitFor(1, late));
        }
    }

    [Fact]
    public void Less_than_one_per_window_is_admitted_every_other_window()
    {
        WindowedQuota quota = new(30, TimeSpan.FromSeconds(1), OversizePolicy.FullBucket, Start);
        int admitted = 0;
        for (int tenth = 0; tenth < 600; tenth++)
        {
            DateTimeOffset now = Start.AddSeconds(tenth / 10.0);
            if (quota.WaitFor(1, now) == TimeSpan.Zero)
            {
                quota.Take(1, now);
                admitted++;
            }
        }

        Assert.Equal(30, admitted);
    }

    [Fact]
    public void What_was_not_used_is_not_saved()
    {
        WindowedQuota quota = new(600, TimeSpan.FromSeconds(10), OversizePolicy.FullBucket, Start);
        Assert.Equal(100, quota.Level(Start.AddMinutes(5)));
        quota.Take(250, Start.AddMinutes(5));
        Assert.Equal(-150, quota.Level(Start.AddMinutes(5)));
        Assert.Equal(TimeSpan.FromSeconds(20), quota.WaitFor(1, Start.AddMinutes(5)));
        Assert.Equal(TimeSpan.FromSeconds(30), quota.UntilFull(Start.AddMinutes(5)));
        Assert.Equal(-50, quota.Level(Start.AddMinutes(5).AddSeconds(10)));
    }
}
