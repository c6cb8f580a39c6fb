using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Holding;

/// <summary>Reads the streams of frozen attempts on and keeps them, so that the provider does not hang up; they are passed on at the thaw.</summary>
/// <remarks>Each keeps at most 4 MiB, all together 128 MiB; beyond that the provider is made to wait.</remarks>
internal sealed class FrozenStreams(ICallObserver observer)
{
    private const int MostPerStream = 4 << 20;
    private const long MostInAll = 128L << 20;

    private long kept;

    /// <summary>Returns at the thaw, with all that came meanwhile ready in the reader.</summary>
    public async Task KeepAsync(Exchange exchange, EventReader events)
    {
        Task thaw = exchange.Caller.Thaw.Opened;
        Task? reading = null;
        long counted = 0;
        try
        {
            while (!thaw.IsCompleted)
            {
                long now = events.ReadyBytes;
                Interlocked.Add(ref kept, now - counted);
                counted = now;
                if (events.IsAtEnd || now >= MostPerStream || Interlocked.Read(ref kept) >= MostInAll)
                {
                    await thaw.WaitAsync(exchange.Ended);
                    break;
                }

                reading = events.ReadAsync().AsTask();

                // The read ends with the exchange, so this wait does too.
                await Task.WhenAny(reading, thaw);
                if (!reading.IsCompleted)
                {
                    break;
                }

                await reading;
                reading = null;
            }
        }
        finally
        {
            Interlocked.Add(ref kept, -counted);
        }

        if (counted > 0 || events.ReadyBytes > 0)
        {
            observer.Kept(new(exchange.Caller.Caller, events.ReadyBytes));
        }

        if (reading is not null)
        {
            // The buffer belongs to the pending read: what is ready goes out from it and is dropped when the read has ended.
            int ready = events.ReadyBytes;
            try
            {
                await exchange.Reply.WriteAsync(events.Ready, exchange.Ended);
            }
            finally
            {
                await reading;
            }

            events.Passed(ready);
        }
    }
}
