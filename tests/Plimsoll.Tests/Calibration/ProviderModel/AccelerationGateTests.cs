using Plimsoll.Calibration.ProviderModel.Quotas;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class AccelerationGateTests
{
    private static readonly DateTimeOffset Start = Modelled.Start;

    [Fact]
    public void Above_a_million_tokens_a_minute_traffic_grows_by_half_per_quarter_of_an_hour()
    {
        AccelerationGate gate = new(AccelerationLimit.OpenAI, Start);
        long[] expected = [1_000_000, 1_500_000, 2_250_000, 3_375_000];
        for (int window = 0; window < expected.Length; window++)
        {
            for (int minute = 0; minute < 15; minute++)
                Assert.Equal(expected[window], Fill(gate, Start.AddMinutes((15 * window) + minute)));
        }
    }

    [Fact]
    public void After_an_idle_window_it_starts_again_from_what_is_free()
    {
        AccelerationGate gate = new(AccelerationLimit.OpenAI, Start);
        Fill(gate, Start);
        Assert.Equal(1_500_000, gate.Allowed(Start.AddMinutes(15)));
        Assert.Equal(1_000_000, gate.Allowed(Start.AddMinutes(31)));

        AccelerationGate unasked = new(AccelerationLimit.OpenAI, Start);
        Fill(unasked, Start);
        Assert.Equal(1_000_000, unasked.Allowed(Start.AddMinutes(31)));
    }

    [Fact]
    public void A_refused_request_is_told_to_wait_for_the_next_minute()
    {
        AccelerationGate gate = new(AccelerationLimit.OpenAI, Start);
        gate.Add(999_999, Start.AddSeconds(12));
        Assert.Equal(TimeSpan.Zero, gate.WaitFor(1, Start.AddSeconds(12)));
        Assert.Equal(TimeSpan.FromSeconds(48), gate.WaitFor(2, Start.AddSeconds(12)));
        Assert.Equal(TimeSpan.Zero, gate.WaitFor(5_000_000, Start.AddSeconds(60)));
    }

    private static long Fill(AccelerationGate gate, DateTimeOffset now)
    {
        long taken = 0;
        while (gate.WaitFor(12_500, now) == TimeSpan.Zero)
        {
            gate.Add(12_500, now);
            taken += 12_500;
        }

        return taken;
    }
}
