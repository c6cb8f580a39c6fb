using System.Collections.Concurrent;
using System.Collections.Immutable;
using Plimsoll.Client.Services;
using Plimsoll.Core;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Serving;
using Plimsoll.Plans.Agents;

namespace Plimsoll.Daemon.Resources;

/// <summary>Tells what the agents do: from configuration, circuit breakers and live attempts.</summary>
/// <remarks>
/// Unavailable: its program is not there, or the breaker of its class lets nothing through. Stuck: a task of it lives on after SIGKILL, or
/// lives three times as long as nine in ten do, ten minutes at least, and has written nothing for ten minutes. Else busy or idle.
/// </remarks>
internal sealed class AgentDesk(ServiceHost service)
{
    private const int TimesAsLong = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<AttemptId, bool> hanging = new(); // live ones that SIGKILL did not end

    /// <summary>An attempt lives on after SIGKILL.</summary>
    public void Hangs(AttemptId attempt)
    {
        foreach (AttemptId ended in hanging.Keys.Where(one => !service.IsLive(one)))
        {
            hanging.TryRemove(ended, out _);
        }

        hanging[attempt] = true;
    }

    public async Task<IReadOnlyList<AgentStateView>> ListAsync(Caller caller)
    {
        ImmutableArray<AgentAdapter> agents = [.. service.Context.Configuration.Agents.Values.OrderBy(static agent => agent.Name, StringComparer.Ordinal)];
        Picture picture = await service.Loop.Calls.AskAsync((kernel, now) => Look(kernel, now, agents));
        return [.. agents.Select(agent => View(agent, picture, caller))];
    }

    private Picture Look(Kernel kernel, DateTimeOffset now, ImmutableArray<AgentAdapter> agents)
    {
        ILookup<string, LiveSnapshot> live = kernel.Snapshot(now, 0).Live
            .Select(one => (Agent: service.Loop.Registry.Find(one.Attempt.Task.Run)?.AgentOf(one.Attempt.Task.Ordinal), Live: one))
            .Where(static one => one.Agent is not null)
            .ToLookup(static one => one.Agent!, static one => one.Live, StringComparer.Ordinal);
        return new Picture(now, live, agents.Select(static agent => agent.Class).Distinct(StringComparer.Ordinal).ToDictionary(static name => name, kernel.Class, StringComparer.Ordinal));
    }

    private AgentStateView View(AgentAdapter agent, Picture picture, Caller caller)
    {
        ClassSnapshot? known = picture.Classes[agent.Class];
        BreakerView breaker = CapacityViews.View(known?.Breaker);
        TimeSpan usual = known?.Profile is { } profile ? ProfileSummary.Of(profile).LongDuration * TimesAsLong : TimeSpan.Zero;
        AgentTaskView[] current = [.. picture.Live[agent.Name].Select(one => View(one, picture.At, usual))];
        string? stuck = current.FirstOrDefault(static one => one.Stuck is not null) is { } first ? $"task {first.Id} {first.Stuck}" : null;
        string? unavailable = AgentPrograms.Problem(agent, service.Context) ?? (breaker.State == "open" ? $"its last tasks failed; one is tried at {breaker.OpenUntil:u}" : null);
        return new AgentStateView(
            agent.Name,
            stuck is not null ? "stuck" : unavailable is not null && current.Length == 0 ? "unavailable" : current.Length > 0 ? "busy" : "idle",
            stuck ?? unavailable,
            agent.Capabilities,
            agent.Class,
            agent.Executable,
            agent.Model,
            service.Limits.Current?.LockUnits.TryGetValue(agent.LockName, out int units) == true ? units : agent.MaxConcurrent,
            known?.Ready ?? 0,
            breaker,
            [.. current.Where(one => Lineage.TryTask(one.Id, out TaskId task) && service.Lineage.Reaches(caller, task))]);
    }

    private AgentTaskView View(LiveSnapshot one, DateTimeOffset now, TimeSpan usual)
    {
        TimeSpan age = now - (one.StartedAt ?? one.AdmittedAt);
        TimeSpan? silent = LastWritten(one.Attempt) is { } written ? (now > written ? now - written : TimeSpan.Zero) : null;
        bool late = age > Patience && usual > TimeSpan.Zero && age > usual && (silent ?? age) > Patience;
        string? stuck = hanging.ContainsKey(one.Attempt) ? "lives on after SIGKILL"
            : late ? $"runs for {age.TotalMinutes:0} min, three times as long as most, and has written nothing for {(silent ?? age).TotalMinutes:0} min"
            : null;
        return new AgentTaskView(one.Attempt.Task.ToString(), one.Name, one.Attempt.Number, Math.Max(0, age.TotalSeconds), silent?.TotalSeconds, stuck);
    }

    private DateTimeOffset? LastWritten(AttemptId attempt)
    {
        DateTimeOffset? last = null;
        foreach (string path in (string[])[service.Loop.State.Layout.Output(attempt), service.Loop.State.Layout.Error(attempt)])
        {
            var file = new FileInfo(path);
            if (file is { Exists: true, Length: > 0 } && new DateTimeOffset(file.LastWriteTimeUtc) is var written && !(last > written))
            {
                last = written;
            }
        }

        return last;
    }

    private sealed record Picture(DateTimeOffset At, ILookup<string, LiveSnapshot> Live, Dictionary<string, ClassSnapshot?> Classes);
}
