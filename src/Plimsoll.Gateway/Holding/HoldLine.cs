using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Holding;

/// <summary>Where finished answers wait while the pressure ladder holds, so that agents do not grow; streams stay alive by pings.</summary>
internal sealed class HoldLine(GatewayClock clock)
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private readonly Gate gate = new();

    public bool IsHeld => !gate.IsOpen;

    public void Hold(bool held)
    {
        if (held)
        {
            gate.Close();
        }
        else
        {
            gate.Open();
        }
    }

    /// <summary>Waits until the ladder lets go, but no longer than the request's deadline.</summary>
    public async ValueTask WaitAsync(Exchange exchange)
    {
        while (IsHeld && exchange.Deadline.UntilEnd is { Ticks: > 0 } left)
        {
            try
            {
                await gate.Opened.WaitAsync(left < PingInterval ? left : PingInterval, clock.Time, exchange.Ended);
            }
            catch (TimeoutException)
            {
                if (exchange.Reply.Started && exchange.Peek.Streams)
                {
                    await exchange.Reply.WriteAsync(ErrorShape.Ping(exchange.Route.Kind), exchange.Ended);
                }
            }
        }
    }
}
