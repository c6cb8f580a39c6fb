using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Client.Plans;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>Accepts plans: each becomes a run of its own, under the limits of the node.</summary>
internal sealed class PlanIntake(ServiceHost service, SubmissionKeys keys)
{
    /// <summary>Compiles and accepts a plan; ends when it is durable.</summary>
    public async Task<Outcome<SubmittedRun>> SubmitAsync(Caller caller, PlanSubmission submission, CancellationToken cancellationToken)
    {
        if (service.Intake.Refusing is { } barred)
        {
            return barred;
        }

        if (!new PlanReader(service.Context).Compile(submission.Plan, submission.Parameters).TryGet(out CompileResult? compiled, out Refusal? refusal))
        {
            return refusal;
        }

        if (compiled.Plan is not { } plan)
        {
            return new Refusal(ExitCode.Invalid, $"the plan {submission.Plan.Name} cannot run", null, DiagnosticViews.Of(compiled.Diagnostics));
        }

        if (plan.Block.CallsModels && service.Loop.Gateway is null)
        {
            return new Refusal(ExitCode.Invalid, "the plan has tasks that call models, and this service has no gateway", "Configure a provider under providers: and start the service again.");
        }

        var request = new RunRequest(submission.Plan, submission.Parameters, null, Direct: false, submission.Force);
        if (!(await RunOrigins.OfPlanAsync(service.Context, plan, request, cancellationToken)).TryGet(out RunOrigin? origin, out refusal))
        {
            return refusal;
        }

        List<DiagnosticView> warnings = [.. DiagnosticViews.Of(compiled.Diagnostics)];
        if (plan.Concurrency is not null)
        {
            warnings.Add(new DiagnosticView("warning", submission.Plan.Name, 1, 1, "concurrency", "the plan's concurrency does not count here: all runs share the node's", "Change it with `plimsoll limits`, or leave it out."));
        }

        return await service.Limits.JoinAsync(
            plan,
            (limits, changed) => AcceptAsync(new Accepting(caller, submission, plan, origin.Write(), warnings), limits, changed),
            cancellationToken);
    }

    private async Task<Outcome<SubmittedRun>> AcceptAsync(Accepting one, KernelLimits limits, KernelLimits? changed)
    {
        (CompiledPlan plan, TaskId? parent) = (one.Plan, one.Caller.Attempt?.Task);
        string? key = one.Submission.Key is { } given ? $"run/{parent}/{given}" : null;
        string digest = Digest(one.Submission);
        if (key is not null && keys.Find(key) is { } before)
        {
            return before.Digest == digest
                ? new SubmittedRun(new TaskId(before.Task).Run, before.Name, plan.Block.Count, one.Warnings, Repeated: true)
                : new Refusal(ExitCode.Invalid, $"the idempotency key '{one.Submission.Key}' was used for another plan (run {new TaskId(before.Task).Run})", "Use a new key for each plan; repeat one only with the same content.");
        }

        if (Limits.NeverFitting(plan.Block, limits, service.Loop.Memory.Latest?.Memory) is { } never)
        {
            return never;
        }

        TaskBlock block = await RankedAsync(plan.Block);
        KeptKey? kept = null;
        RunId run = await service.Intake.OpenAsync(plan.Name, one.Origin, new CompiledBlock(block, plan.Document), opened =>
        {
            List<ServiceRecord> records = [];
            if (key is not null)
            {
                kept = new KeptKey(new TaskId(opened, 0).Value, plan.Name, digest, service.Context.Time.GetUtcNow());
                records.Add(SubmissionKeys.Record(key, kept));
            }

            if (parent is { } submitter)
            {
                service.Lineage.Add(opened, submitter);
                records.Add(Lineage.Record(opened, submitter));
            }

            List<Input> with = records.Count > 0 ? [new ChangeRecords([.. records], Acknowledges: true)] : [];
            return changed is null ? with : [new SetLimits(changed), .. with];
        });
        if (kept is not null)
        {
            keys.Add(key!, kept);
        }

        return new SubmittedRun(run, plan.Name, block.Count, one.Warnings, Repeated: false);
    }

    /// <summary>Ranks by what earlier attempts took.</summary>
    private async Task<TaskBlock> RankedAsync(TaskBlock block)
    {
        string[] classes = [.. block.Shapes.Select(static shape => shape.Class).Distinct(StringComparer.Ordinal)];
        Dictionary<string, TimeSpan?> known = await service.Loop.Calls.AskAsync((kernel, _) => classes.ToDictionary(static one => one, kernel.DurationOf, StringComparer.Ordinal));
        return CriticalPath.Rank(block, one => known.GetValueOrDefault(one)) is { } rank ? block with { Rank = rank } : block;
    }

    private static string Digest(PlanSubmission submission)
    {
        string parameters = string.Join('\n', submission.Parameters.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(static one => $"{one.Key}={one.Value}"));
        string text = string.Create(CultureInfo.InvariantCulture, $"{submission.Plan.Name}\n{submission.Plan.Text}\n{parameters}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private sealed record Accepting(Caller Caller, PlanSubmission Submission, CompiledPlan Plan, string Origin, IReadOnlyList<DiagnosticView> Warnings);
}
