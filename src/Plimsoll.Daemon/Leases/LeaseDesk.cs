using System.Text.Json;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Leases;

/// <summary>Accepts leases and shows them: a task sees its own, everybody else all.</summary>
internal sealed class LeaseDesk(ServiceHost service)
{
    /// <summary>Whoever runs already goes before what has not begun: it holds memory while it waits.</summary>
    private const int TaskPriority = 1000;

    /// <summary>Accepts a lease and waits for it as long as was asked; it is durable then, held or not.</summary>
    public async Task<Outcome<LeaseView>> AskAsync(Caller caller, LeaseWish wish, CancellationToken cancellationToken)
    {
        LeaseKind kind = caller.Attempt is null ? LeaseKind.Outside : LeaseKind.Task;
        SubmittedWork work = LeaseWork.Of(wish.Work, kind);
        MemorySample? memory = service.Loop.Memory.Latest?.Memory;
        if (await service.Loop.Calls.AskAsync((kernel, _) => Core.Kernel.NeverFits(work.Shape, kernel.Limits, memory)) is { } never)
        {
            return new Refusal(ExitCode.Invalid, $"the lease can never be granted: {never.Message}", "Ask for less, or raise the limits (`plimsoll limits`).");
        }

        string binding = JsonSerializer.Serialize(LeaseTerms.Of(wish.Ttl, caller.Attempt, wish.Purpose), DaemonJsonContext.Default.LeaseTerms);
        var submission = new Submission(work, null, wish.Priority ?? (kind == LeaseKind.Task ? TaskPriority : 0), binding, null) { Parent = caller.Attempt?.Task };
        if (!(await service.Intake.SubmitAsync([submission])).TryGet(out IReadOnlyList<Submitted>? accepted, out Refusal? refusal))
        {
            return refusal;
        }

        TaskId id = accepted[0].Task;
        try
        {
            LeaseLook? look = await service.Leases.WaitAsync(id, wish.Wait, cancellationToken);
            return look is null ? new Refusal(ExitCode.Environment, $"the lease {id} has ended already", "Ask again.") : await ViewAsync(look);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone without an answer: nobody would ever release it.
            service.Leases.Release(id);
            throw;
        }
    }

    public LeaseLook? Find(Caller caller, TaskId id) => service.Leases.Find(id) is { } look && Sees(caller, look) ? look : null;

    public IReadOnlyList<LeaseLook> All(Caller caller) => [.. service.Leases.All.Where(look => Sees(caller, look)).OrderBy(static look => look.Id.Value)];

    public async Task<LeaseView> ViewAsync(LeaseLook look)
    {
        Explanation? why = look is { Granted: null, HasEnded: false }
            ? await service.Loop.Calls.AskAsync((kernel, now) => kernel.Has(look.Id.Run) ? kernel.Explain(look.Id, now) : null)
            : null;
        return new LeaseView(
            look.Id.ToString(),
            look.HasEnded ? "ended" : look.Granted is null ? "waiting" : "held",
            look.Granted?.Fence,
            look.Shape.Memory?.Value ?? 0,
            look.Shape.Cpu,
            [.. look.Shape.Locks.Select(static claim => claim.Mode == LockMode.Counted ? $"{claim.Name}: {claim.Units}" : claim.Mode == LockMode.Shared ? $"{claim.Name}: shared" : claim.Name)],
            look.Holder?.Task.ToString(),
            look.Terms.Purpose,
            look.Terms.TtlSeconds,
            look.ExpiresAt,
            why is null ? [] : [.. why.Reasons.Select(static reason => new ReasonView(reason.Code, reason.Message, reason.Needed, reason.Available, reason.ReleasedBy))]);
    }

    private static bool Sees(Caller caller, LeaseLook look) => caller.Attempt is null || look.Holder == caller.Attempt;
}
