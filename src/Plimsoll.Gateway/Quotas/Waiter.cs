using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Queueing;

namespace Plimsoll.Gateway.Quotas;

/// <summary>A request in a queue for quota, or with it; its fields are guarded by the quota's lock.</summary>
internal sealed class Waiter(QuotaCall call)
{
    private readonly Lock sync = new();
    private TaskCompletionSource? signal;
    private bool isGranted;

    public QuotaCall Call => call;

    public Demand Demand { get; set; }

    public QuotaGrant<Waiter>? Grant { get; private set; }

    public FairTicket<QuotaRequest<Waiter>>? Ticket { get; set; }

    /// <summary>Output tokens charged so far.</summary>
    public long Produced { get; set; }

    /// <summary>Completes when the quota is there.</summary>
    public Task Granted
    {
        get
        {
            lock (sync)
            {
                signal ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                if (isGranted)
                {
                    signal.TrySetResult();
                }

                return signal.Task;
            }
        }
    }

    public void Give(QuotaGrant<Waiter> grant)
    {
        Grant = grant;
        lock (sync)
        {
            isGranted = true;
            signal?.TrySetResult();
        }
    }
}
