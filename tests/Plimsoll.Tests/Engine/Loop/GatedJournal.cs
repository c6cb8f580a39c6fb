using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal;
using Xunit;

namespace Plimsoll.Tests.Engine.Loop;

/// <summary>A journal whose commits wait for the test, which may also let them fail.</summary>
internal sealed class GatedJournal : IJournal
{
    private readonly InMemoryJournal inner = new();
    private readonly SemaphoreSlim verdicts = new(0);
    private readonly Queue<Exception?> answers = new();
    private readonly SemaphoreSlim asked = new(0);

    public List<IReadOnlyList<Fact>> Batches { get; } = [];

    public string Id => inner.Id;

    public long Epoch => inner.Epoch;

    public long Sequence => inner.Sequence;

    public RunId LastRun => inner.LastRun;

    public DateTimeOffset LastAt => inner.LastAt;

    public void Allow(int commits)
    {
        for (int i = 0; i < commits; i++)
        {
            Answer(null);
        }
    }

    public void Fail(bool retryable) => Answer(new JournalException("the disk is full", retryable));

    /// <summary>Waits until the loop has asked for one more commit.</summary>
    public async Task AskedAsync(CancellationToken cancellationToken) =>
        Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken), "no commit was asked for");

    public async ValueTask<AppendResult> AppendAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        Batches.Add([.. batch.Facts]);
        asked.Release();
        await verdicts.WaitAsync(cancellationToken);
        Exception? answer;
        lock (answers)
        {
            answer = answers.Dequeue();
        }

        return answer is null ? await inner.AppendAsync(batch, cancellationToken) : throw answer;
    }

    public IAsyncEnumerable<Fact> RecoverAsync(CancellationToken cancellationToken) => inner.RecoverAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        verdicts.Dispose();
        asked.Dispose();
        await inner.DisposeAsync();
    }

    private void Answer(Exception? answer)
    {
        lock (answers)
        {
            answers.Enqueue(answer);
        }

        verdicts.Release();
    }
}
