namespace Plimsoll.Core.Limits.Learning;

/// <summary>What to do with a request that has cacheable prefixes.</summary>
/// <param name="CachedTokens">Input tokens that the provider is expected to read from its cache now.</param>
/// <param name="Lead">The lead to report on if it is a leader, the lead to wait for if it is a follower, else 0.</param>
/// <param name="WaitUntil">When a follower stops waiting for this leader, 10 s after that one was sent.</param>
public readonly record struct PrefixAnswer(PrefixRole Role, long CachedTokens, long Lead = 0, DateTimeOffset WaitUntil = default);
