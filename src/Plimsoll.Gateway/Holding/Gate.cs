namespace Plimsoll.Gateway.Holding;

/// <summary>A gate that many wait at: open at first, closed and opened by its owner.</summary>
internal sealed class Gate
{
    private readonly Lock sync = new();
    private volatile TaskCompletionSource? closed;

    public bool IsOpen => closed is null;

    /// <summary>Completes when the gate is open; at once if it is.</summary>
    public Task Opened => closed?.Task ?? Task.CompletedTask;

    public void Close()
    {
        lock (sync)
            closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Open()
    {
        lock (sync)
        {
            closed?.TrySetResult();
            closed = null;
        }
    }
}
