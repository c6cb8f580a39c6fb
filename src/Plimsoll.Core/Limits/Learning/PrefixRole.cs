namespace Plimsoll.Core.Limits.Learning;

/// <summary>What a request is to the prefixes it shares with others.</summary>
public enum PrefixRole
{
    /// <summary>Nothing worth waiting for: send it.</summary>
    Free,

    /// <summary>It writes a cold prefix: send it, others may wait for it.</summary>
    Leader,

    /// <summary>Another request is writing a prefix of it: ask again when that one has begun to answer or has failed.</summary>
    Follower,
}
