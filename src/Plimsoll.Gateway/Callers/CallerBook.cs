using System.Collections.Concurrent;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;

namespace Plimsoll.Gateway.Callers;

/// <summary>All callers, by key and by attempt.</summary>
internal sealed class CallerBook
{
    private readonly ConcurrentDictionary<UInt128, CallerState> byKey = new();
    private readonly ConcurrentDictionary<AttemptId, CallerState> byAttempt = new();
    private long flows;

    /// <summary>Makes a key; a second one for the same attempt shares its use.</summary>
    public string Issue(Caller caller)
    {
        string key = VirtualKey.Create();
        byKey[VirtualKey.HashOf(key)] = caller.Attempt is { } attempt ? byAttempt.GetOrAdd(attempt, _ => Made(caller, null)) : Made(caller, null);
        return key;
    }

    /// <summary>Accepts a key that somebody else has made.</summary>
    public void Accept(string key, Caller caller, InboundPolicy? policy)
    {
        byKey[VirtualKey.HashOf(key)] = Made(caller, policy);
    }

    /// <summary>A caller without a key, for calls within this process; shares the state of its attempt if that has one.</summary>
    public CallerState Of(Caller caller) =>
        caller.Attempt is { } attempt ? byAttempt.GetOrAdd(attempt, _ => Made(caller, null)) : Made(caller, null);

    public CallerState? Find(string key)
    {
        CallerState? found = byKey.GetValueOrDefault(VirtualKey.HashOf(key));
        return found is { Revoked.IsCancellationRequested: false } ? found : null;
    }

    public CallerState? Find(AttemptId attempt) => byAttempt.GetValueOrDefault(attempt);

    public void Revoke(AttemptId attempt)
    {
        if (byAttempt.TryGetValue(attempt, out CallerState? state))
        {
            foreach (KeyValuePair<UInt128, CallerState> key in byKey)
            {
                if (ReferenceEquals(key.Value, state))
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

    private CallerState Made(Caller caller, InboundPolicy? policy) =>
        new CallerState(caller, caller.Attempt is { } attempt ? attempt.Task.Value : -Interlocked.Increment(ref flows), policy);
}
