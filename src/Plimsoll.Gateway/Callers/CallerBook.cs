using System.Collections.Concurrent;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;

namespace Plimsoll.Gateway.Callers;

/// <summary>All callers, by key and by attempt.</summary>
internal sealed class CallerBook
{
    private readonly ConcurrentDictionary<int, (string Key, CallerState Caller)> byKey = new();
    private readonly ConcurrentDictionary<AttemptId, CallerState> byAttempt = new();
    private long flows;

    /// <summary>Makes a key; a second one for the same attempt shares its use.</summary>
    public string Issue(Caller caller)
    {
        CallerState state = Of(caller);
        while (true)
        {
            string key = VirtualKey.Create();
            if (byKey.TryAdd(HashOf(key), (key, state)))
            {
                return key;
            }
        }
    }

    /// <summary>Accepts a key that somebody else has made.</summary>
    public void Accept(string key, Caller caller, InboundPolicy? policy)
    {
        byKey[HashOf(key)] = (key, Made(caller, policy));
    }

    /// <summary>A caller without a key, for calls within this process; shares the state of its attempt if that has one.</summary>
    public CallerState Of(Caller caller) =>
        caller.Attempt is { } attempt ? byAttempt.GetOrAdd(attempt, _ => Made(caller, null)) : Made(caller, null);

    public CallerState? Find(string key)
    {
        bool known = byKey.TryGetValue(HashOf(key), out (string Key, CallerState Caller) found) && VirtualKey.Same(key, found.Key);
        return known && !found.Caller.Revoked.IsCancellationRequested ? found.Caller : null;
    }

    public CallerState? Find(AttemptId attempt) => byAttempt.GetValueOrDefault(attempt);

    public void Revoke(AttemptId attempt)
    {
        if (byAttempt.TryGetValue(attempt, out CallerState? state))
        {
            foreach (KeyValuePair<int, (string Key, CallerState Caller)> key in byKey)
            {
                if (ReferenceEquals(key.Value.Caller, state))
                {
                    byKey.TryRemove(key);
                }
            }

            state.Revoke();
            state.Thaw.Open();
        }
    }

    public ModelUsage UsageOf(AttemptId attempt) => Find(attempt)?.Usage ?? default;

    public void Forget(AttemptId attempt)
    {
        Revoke(attempt);
        byAttempt.TryRemove(attempt, out _);
    }

    /// <summary>A random hash of this process, so that nobody can aim at an entry; two keys with the same one are not given out.</summary>
    private static int HashOf(string key) => key.GetHashCode(StringComparison.Ordinal);

    private CallerState Made(Caller caller, InboundPolicy? policy) =>
        new CallerState(caller, caller.Attempt is { } attempt ? attempt.Task.Value : -Interlocked.Increment(ref flows), policy);
}
