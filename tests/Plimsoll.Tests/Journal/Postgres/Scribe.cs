using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

/// <summary>Writes turns as the scheduler's loop does: one at a time, the same one again when it failed.</summary>
internal sealed class Scribe(IJournal journal)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private int failures;
    private long written = journal.Sequence;

    /// <summary>Turns that were answered as committed.</summary>
    internal long Written => Interlocked.Read(ref written);

    internal int Failures => Volatile.Read(ref failures);

    internal async Task WriteAsync(Func<bool> enough, CancellationToken cancellationToken)
    {
        while (!enough())
        {
            List<Fact> turn = TurnSamples.Turn(written + 1);
            while (!await TryAsync(turn, cancellationToken))
            {
                await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
            }

            Interlocked.Increment(ref written);
        }
    }

    /// <summary>The journal holds what was written, once.</summary>
    internal async Task CompareAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        List<Fact> back = await reader.FactsAsync(new RunId(1), cancellationToken).ToListAsync(cancellationToken);
        IEnumerable<string> expected = Enumerable.Range(1, (int)written).SelectMany(sequence => TurnSamples.Turn(sequence)).Select(FactText.Of);
        Assert.Equal(expected, back.Select(FactText.Of));
    }

    private async Task<bool> TryAsync(List<Fact> turn, CancellationToken cancellationToken)
    {
        try
        {
            FactBatch batch = new(journal.Epoch, journal.Sequence + 1, turn, false);
            Assert.Equal(AppendResult.Committed, await journal.AppendAsync(batch, cancellationToken));
            return true;
        }
        catch (JournalException fault) when (fault.Retryable)
        {
            Interlocked.Increment(ref failures);
            return false;
        }
    }
}
