using System.Text.Json;
using Plimsoll.Client.Services;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Resources;

/// <summary>Pauses, drains and resumes a service. What runs goes on in any case; what was asked for outlives a restart.</summary>
/// <remarks>Safe for any number of threads; of changes at the same time the last one durable counts.</remarks>
internal sealed class IntakeDesk(LoopHost loop, AuditTrail audit, PoolTally pool, TimeProvider time)
{
    public const string Paused = "paused";
    public const string Draining = "draining";

    private const string Kind = "intake";
    private const string Key = "state";

    private volatile KeptIntake? kept;

    /// <summary>Why nothing is accepted; null while it is.</summary>
    public Refusal? Refusing => kept is { State: Draining } drain
        ? new Refusal(ExitCode.Busy, $"the service is being drained by {drain.By}{(drain.Reason is { } reason ? ": " + reason : "")}", "Submit to another one, or POST /api/v1/resume.")
        : null;

    /// <summary>What a service that starts tells the kernel.</summary>
    public SetIntake Beginning => kept is { } asked ? Stopped(asked) : new SetIntake(Paused: false, "serving");

    public async Task LoadAsync(IJournalReader reader, CancellationToken cancellationToken) =>
        kept = await reader.RecordsAsync(Kind, "", 1, cancellationToken) is [{ Detail: { } detail }] ? JsonSerializer.Deserialize(detail, DaemonJsonContext.Default.KeptIntake) : null;

    public IntakeView View(bool stopping)
    {
        KeptIntake? asked = kept;
        int running = pool.Running;
        return new IntakeView(stopping ? "stopping" : asked?.State ?? "serving", asked?.Reason, asked?.By, asked?.At, running, running == 0);
    }

    /// <param name="state"><see cref="Paused"/> or <see cref="Draining"/>; null = goes on.</param>
    public async Task<Refusal?> ChangeAsync(Caller caller, string? state, string? reason)
    {
        if (loop.JournalTrouble is { } trouble)
        {
            return Unavailable.Journal(trouble);
        }

        KeptIntake? asked = state is null ? null : new KeptIntake(state, reason, caller.Name, time.GetUtcNow());
        SetIntake intake = asked is null ? new SetIntake(Paused: false, $"resumed by {caller.Name}") : Stopped(asked);
        string? record = asked is null ? null : JsonSerializer.Serialize(asked, DaemonJsonContext.Default.KeptIntake);
        await audit.ApplyAsync(caller, state ?? "resume", "service", reason, [intake, new ChangeRecords([new ServiceRecord(Kind, Key, record)], Acknowledges: true)]);
        kept = asked;
        return null;
    }

    private static SetIntake Stopped(KeptIntake asked) =>
        new(Paused: true, $"the service is {asked.State} by {asked.By}{(asked.Reason is { } reason ? ": " + reason : "")}");
}
