using System.Runtime.CompilerServices;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Postgres;

/// <summary>Reads a journal on a server, beside its writer or when there is none; never changes it.</summary>
/// <remarks>Each question has a connection of the pool and sees one moment; many may be asked at once.</remarks>
internal sealed class PostgresJournalReader(PostgresSource source, string id) : RowQueries
{
    private const int Attempts = 3;

    public override string Id => id;

    public override IAsyncEnumerable<Fact> FactsAsync(RunId run, CancellationToken cancellationToken) =>
        Told(source.Url, FactReplay.OfRunAsync(Open, run, cancellationToken), cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What is needed to go on.</summary>
    internal static IAsyncEnumerable<Fact> UnfinishedAsync(PostgresSource source, CancellationToken cancellationToken) =>
        Told(source.Url, FactReplay.UnfinishedAsync(async token => await PostgresRowSource.OpenAsync(source, token), cancellationToken), cancellationToken);

    private async ValueTask<IRowSource> Open(CancellationToken cancellationToken) => await PostgresRowSource.OpenAsync(source, cancellationToken);

    private protected override async ValueTask<T> ReadAsync<T>(Func<IRowSource, ValueTask<T>> query, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using PostgresRowSource rows = await PostgresRowSource.OpenAsync(source, cancellationToken);
                return await query(rows);
            }
            catch (Exception fault) when (PostgresFault.Concerns(fault) && attempt < Attempts && PostgresFault.LosesConnection(fault))
            {
                // An idle connection that the server has closed meanwhile shows only when it is used.
            }
            catch (Exception fault) when (PostgresFault.Concerns(fault))
            {
                throw PostgresFault.Of(source.Url, fault);
            }
        }
    }

    /// <summary>The same facts, with the server's faults told as the journal's.</summary>
    private static async IAsyncEnumerable<Fact> Told(PostgresUrl url, IAsyncEnumerable<Fact> facts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<Fact> each = facts.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await each.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception fault) when (PostgresFault.Concerns(fault))
            {
                throw PostgresFault.Of(url, fault);
            }

            yield return each.Current;
        }
    }
}
