using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Plimsoll.Journal.Postgres;
using Plimsoll.Journal.State;

namespace Plimsoll.Journal.Stores;

/// <summary>Chooses the kind of journal; the one place that does.</summary>
public static class JournalFactory
{
    /// <summary>What is wrong with the address and how to put it right; null when nothing is.</summary>
    public static string? Check(JournalLocation location) => location.Address is { } address ? PostgresUrl.Parse(address).Refusal : null;

    /// <summary>Makes the store of a location; nothing is opened yet.</summary>
    /// <param name="notice">Told of what people should know, such as the host that was chosen.</param>
    /// <param name="refusal">What is wrong with the address and how to put it right.</param>
    public static bool TryCreate(
        JournalLocation location,
        StateFolder folder,
        TimeProvider time,
        Action<string> notice,
        [NotNullWhen(true)] out IJournalStore? store,
        [NotNullWhen(false)] out string? refusal)
    {
        refusal = null;
        if (location.Address is not { } address)
        {
            store = new SqliteStore(folder, SqliteJournalOptions.Default, time);
            return true;
        }

        (PostgresUrl? url, refusal) = PostgresUrl.Parse(address);
        store = url is null ? null : OnServer(url, location.Postgres, time, notice);
        return store is not null;
    }

    /// <summary>Apart, so that the driver is loaded only by those who use it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresStore OnServer(PostgresUrl url, PostgresSettings settings, TimeProvider time, Action<string> notice) => new(url, settings, time, notice);
}
