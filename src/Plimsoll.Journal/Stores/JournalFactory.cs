using System.Diagnostics.CodeAnalysis;
using Plimsoll.Journal.State;

namespace Plimsoll.Journal.Stores;

/// <summary>Chooses the kind of journal; the one place that does.</summary>
public static class JournalFactory
{
    /// <summary>What is wrong with the address and how to put it right; null when nothing is.</summary>
    public static string? Check(JournalLocation location) => location.Address is null
        ? null
        : "a journal on a server is not supported by this build. Leave `journal` out to keep it in the state folder.";

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
        refusal = Check(location);
        store = refusal is null ? new SqliteStore(folder, SqliteJournalOptions.Default, time) : null;
        return store is not null;
    }
}
