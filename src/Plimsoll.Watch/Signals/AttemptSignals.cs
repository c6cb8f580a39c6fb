using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Watch.Anomalies;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Signals of live attempts: silence and leaks.</summary>
internal sealed class AttemptSignals
{
    // Followed at once; the kernel admits no more than 1,024.
    private const int Most = 2048;

    private readonly Dictionary<AttemptId, (AttemptActivity Activity, LeakDetector Leak)> followed = [];
    private readonly SilenceProfile profile = new();
    private readonly List<AttemptId> gone = [];

    public void Read(WatchSample sample, SignalSet set)
    {
        foreach (EndedAttempt ended in sample.Ended)
        {
            if (followed.Remove(ended.Attempt, out (AttemptActivity Activity, LeakDetector Leak) known) && ended.Outcome == AttemptOutcome.Succeeded)
            {
                profile.Learn(ended.Class, known.Activity.LongestSilence, sample.At);
            }
        }

        var silences = new List<SignalValue>();
        var leaks = new List<SignalValue>();
        foreach (AttemptReading attempt in sample.Attempts)
        {
            Follow(attempt, sample.At, silences, leaks);
        }

        set.Set("attempt.silence", [.. silences]);
        set.Set("attempt.leak", [.. leaks]);
        Forget(sample);
    }

    private void Follow(AttemptReading attempt, DateTimeOffset at, List<SignalValue> silences, List<SignalValue> leaks)
    {
        if (!followed.TryGetValue(attempt.Attempt, out (AttemptActivity Activity, LeakDetector Leak) known))
        {
            if (followed.Count >= Most)
            {
                return;
            }

            followed[attempt.Attempt] = known = (new AttemptActivity(), new LeakDetector());
        }

        string subject = $"{attempt.Attempt.Task.Run.Value}/{attempt.Name}";
        if (known.Activity.Read(attempt, at) is { } silence && !attempt.Ending)
        {
            TimeSpan allowed = profile.Allowed(attempt.Class);
            string detail = silence > allowed / 2 ? $"silent for {Figure.Of(silence)}; {profile.Describe(attempt.Class)}" : "";
            silences.Add(new SignalValue(subject, silence / allowed, detail));
        }

        if (attempt is { Resident: { } resident, Frozen: false } && known.Leak.Read(at, resident) is { } leak)
        {
            leaks.Add(new SignalValue(subject, leak.LeastBytesPerMinute, leak.Describe()));
        }
    }

    // An attempt that vanished without a word has ended in some way that teaches nothing.
    private void Forget(WatchSample sample)
    {
        if (followed.Count == sample.Attempts.Length)
        {
            return;
        }

        HashSet<AttemptId> live = [.. sample.Attempts.Select(static attempt => attempt.Attempt)];
        gone.Clear();
        gone.AddRange(followed.Keys.Where(attempt => !live.Contains(attempt)));
        gone.ForEach(attempt => followed.Remove(attempt));
    }
}
