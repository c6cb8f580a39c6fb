namespace Plimsoll.Journal.Stores;

/// <summary>Whether a journal takes turns.</summary>
public enum JournalHealth : byte
{
    Healthy = 0,

    /// <summary>It takes them, later than is good for those who wait.</summary>
    Slow = 1,

    /// <summary>It takes none; what runs goes on, and nothing new can be accepted.</summary>
    Away = 2,
}
