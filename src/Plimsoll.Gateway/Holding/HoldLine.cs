using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Holding;

/// <summary>Where requests wait before they are sent, and answers before they end, while the pressure ladder holds: an agent that waits does not grow.</summary>
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

    /// <summary>Keeps a request back that has cost nothing yet; whoever waits for its answer keeps the client alive.</summary>
    public async ValueTask BeforeSendingAsync(Exchange exchange)
    {
        if (IsHeld && exchange.Deadline.UntilEnd is { Ticks: > 0 } left)
        {
            try
            {
                await gate.Opened.WaitAsync(left, clock.Time, exchange.Ended);
            }
            catch (TimeoutException)
            {
                // The wait for quota finds that no time is left, and says so.
                return;
            }
        }
    }

    /// <summary>Keeps the end of an answer back until the ladder lets go, but no longer than the request's deadline; streams stay alive by pings.</summary>
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
