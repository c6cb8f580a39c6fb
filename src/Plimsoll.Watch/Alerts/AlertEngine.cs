using System.Collections.Immutable;
using Plimsoll.Watch.Signals;

namespace Plimsoll.Watch.Alerts;

/// <summary>Raises and clears alerts: one per rule and subject, however long it lasts.</summary>
/// <remarks>
/// One caller at a time. Deterministic: the same signals give the same alerts. A signal that is not known keeps everything as it is; time without
/// evaluation counts neither for raising nor for clearing. An alert that comes back within 10 minutes is the same alert, and each time it has to stay away twice
/// as long before it counts as cleared.
/// </remarks>
public sealed class AlertEngine
{
    /// <summary>Alerts that are raised at once; further ones wait until there is room.</summary>
    public const int MostActive = 1000;

    /// <summary>Cleared alerts that are kept.</summary>
    public const int MostHistory = 1000;

    private const int MostPerRule = 100;

    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Back = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestClear = TimeSpan.FromHours(1);

    private readonly ImmutableArray<AlertRule> rules;
    private readonly TimeSpan? repeat;
    private readonly Dictionary<(string Rule, string Subject), AlertTrack> tracks = [];
    private readonly List<Alert> history;
    private readonly List<Silence> silences;
    private readonly List<AlertChange> changes = [];
    private long lastId;
    private int active;
    private DateTimeOffset? last;

    /// <param name="rules">See <see cref="AlertRules.Of"/>.</param>
    /// <param name="repeat">After what time an alert that stays is told again; null = never.</param>
    /// <param name="memory">Of the engine before a restart. Alerts of rules that are gone become history.</param>
    public AlertEngine(ImmutableArray<AlertRule> rules, TimeSpan? repeat, AlertMemory? memory = null)
    {
        memory ??= AlertMemory.Empty;
        this.rules = rules;
        this.repeat = repeat;
        history = [.. memory.History];
        silences = [.. memory.Silences];
        lastId = memory.LastId;
        foreach (Alert alert in memory.Active)
        {
            if (rules.Any(rule => rule.Name == alert.Rule) && tracks.TryAdd((alert.Rule, alert.Subject), new AlertTrack { Alert = alert }))
            {
                active++;
            }
            else
            {
                Keep(alert with { State = AlertState.Cleared, ClearedAt = alert.RaisedAt });
            }
        }
    }

    public ImmutableArray<AlertRule> Rules => rules;

    /// <summary>Raised alerts, the most severe and oldest first.</summary>
    public ImmutableArray<Alert> Active =>
        [.. tracks.Values.Where(static track => track.Alert is not null).Select(static track => track.Alert!).OrderByDescending(static alert => alert.Severity).ThenBy(static alert => alert.Id)];

    /// <summary>Cleared alerts, newest first.</summary>
    public ImmutableArray<Alert> History => [.. Enumerable.Reverse(history)];

    public ImmutableArray<Silence> Silences => [.. silences];

    /// <summary>Judges the signals of a sample.</summary>
    /// <returns>What was raised, cleared or is due to be told again. Nothing when the sample is not newer than the one before.</returns>
    public ImmutableArray<AlertChange> Evaluate(SignalSet signals)
    {
        DateTimeOffset now = signals.At;
        if (last is { } before)
        {
            // A clock that stood or was set back: the next sample counts from here.
            if (now <= before)
            {
                last = now;
                return [];
            }

            if (now - before > Gap)
            {
                foreach (AlertTrack track in tracks.Values)
                {
                    track.Skip(now - before);
                }
            }
        }

        last = now;
        changes.Clear();
        silences.RemoveAll(silence => silence.Until <= now);
        foreach (AlertRule rule in rules)
        {
            if (signals.Read(rule.Signal) is { } values)
            {
                Judge(rule, values, now);
            }
        }

        Remind(now);
        return [.. changes];
    }

    /// <summary>Notes that somebody has taken an alert on: it is not told again. False when it is not raised.</summary>
    public bool Acknowledge(long id, string by, DateTimeOffset now)
    {
        AlertTrack? track = tracks.Values.FirstOrDefault(track => track.Alert?.Id == id);
        if (track?.Alert is null)
        {
            return false;
        }

        track.Alert = track.Alert with { AcknowledgedAt = now, AcknowledgedBy = by };
        return true;
    }

    /// <summary>Keeps alerts from being delivered until a time; those that still stand then are delivered.</summary>
    public Silence AddSilence(string? rule, string? subject, DateTimeOffset until, string reason, string by)
    {
        var silence = new Silence(++lastId, rule, subject, until, reason, by);
        silences.Add(silence);
        return silence;
    }

    public bool RemoveSilence(long id) => silences.RemoveAll(silence => silence.Id == id) > 0;

    public AlertMemory Save() => new(Active, [.. history], [.. silences], lastId);

    private void Judge(AlertRule rule, ImmutableArray<SignalValue> values, DateTimeOffset now)
    {
        int seen = 0;
        foreach (SignalValue value in values)
        {
            if (++seen <= MostPerRule || tracks.ContainsKey((rule.Name, value.Subject)))
            {
                Judge(rule, value, now);
            }
        }

        // Subjects that have no number any more are at rest.
        foreach (((string name, string subject), AlertTrack track) in tracks)
        {
            if (name == rule.Name && !values.Any(value => value.Subject == subject))
            {
                track.PendingSince = null;
                Clearing(rule, subject, track, now);
            }
        }
    }

    private void Judge(AlertRule rule, SignalValue value, DateTimeOffset now)
    {
        (string, string) key = (rule.Name, value.Subject);
        tracks.TryGetValue(key, out AlertTrack? track);
        if (rule.Raises(value.Value))
        {
            track ??= tracks[key] = new AlertTrack();
            track.ClearingSince = null;
            track.PendingSince ??= now;
            if (track.Alert is null && now - track.PendingSince >= rule.For && active < MostActive)
            {
                Raise(rule, value, track, now);
            }
        }
        else if (track is not null)
        {
            track.PendingSince = null;
            if (rule.Clears(value.Value) || track.Alert is null)
            {
                Clearing(rule, value.Subject, track, now);
            }
            else
            {
                track.ClearingSince = null;
            }
        }

        if (track?.Alert is { } alert)
        {
            track.Alert = alert with { Value = value.Value, Message = AlertText.Of(rule, value) };
        }
    }

    private void Raise(AlertRule rule, SignalValue value, AlertTrack track, DateTimeOffset now)
    {
        int known = history.FindLastIndex(alert => alert.Rule == rule.Name && alert.Subject == value.Subject && now - alert.ClearedAt < Back);
        Alert alert;
        if (known >= 0)
        {
            Alert before = history[known];
            history.RemoveAt(known);
            alert = before with { State = AlertState.Raised, ClearedAt = null, Raises = before.Raises + 1, Severity = rule.Severity };
        }
        else
        {
            alert = new Alert(++lastId, rule.Name, rule.Group, rule.Severity, value.Subject, "", now);
        }

        alert = alert with { Value = value.Value, Message = AlertText.Of(rule, value) };
        active++;
        track.Alert = Tell(AlertChangeKind.Raised, alert, now);
    }

    private void Clearing(AlertRule rule, string subject, AlertTrack track, DateTimeOffset now)
    {
        track.ClearingSince ??= now;
        if (track.Alert is not { } alert)
        {
            tracks.Remove((rule.Name, subject));
            return;
        }

        TimeSpan patience = rule.ClearAfter * Math.Pow(2, Math.Min(10, alert.Raises - 1));
        if (now - track.ClearingSince < (patience < LongestClear ? patience : rule.ClearAfter > LongestClear ? rule.ClearAfter : LongestClear))
        {
            return;
        }

        tracks.Remove((rule.Name, subject));
        active--;
        Alert cleared = alert with { State = AlertState.Cleared, ClearedAt = now };
        changes.Add(new AlertChange(AlertChangeKind.Cleared, cleared, alert.DeliveredAt is not null && !IsSilenced(alert, now)));
        Keep(cleared);
    }

    private void Remind(DateTimeOffset now)
    {
        foreach (AlertTrack track in tracks.Values)
        {
            if (track.Alert is not { } alert || alert.RaisedAt == now)
            {
                continue;
            }

            bool silenced = IsSilenced(alert, now);
            track.Alert = alert with { Silenced = silenced };
            bool due = alert.DeliveredAt is { } told ? repeat is { } every && now - told >= every : true;
            if (due && !silenced && alert.AcknowledgedAt is null)
            {
                track.Alert = Tell(AlertChangeKind.Reminded, track.Alert, now);
            }
        }
    }

    private Alert Tell(AlertChangeKind kind, Alert alert, DateTimeOffset now)
    {
        bool silenced = IsSilenced(alert, now);
        alert = alert with { Silenced = silenced, DeliveredAt = silenced ? alert.DeliveredAt : now };
        changes.Add(new AlertChange(kind, alert, !silenced));
        return alert;
    }

    private bool IsSilenced(Alert alert, DateTimeOffset now) => silences.Exists(silence => silence.Covers(alert, now));

    private void Keep(Alert alert)
    {
        history.Add(alert);
        if (history.Count > MostHistory)
        {
            history.RemoveAt(0);
        }
    }
}
