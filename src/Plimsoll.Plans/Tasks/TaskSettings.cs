using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Plans.Tasks;

/// <summary>The keys of a task as written; null is not written.</summary>
internal sealed class TaskSettings
{
    public required Node At { get; init; }

    public string Id { get; set; } = "";

    public Node? Run { get; set; }

    public Node? Agent { get; set; }

    public Node? Prompt { get; set; }

    public Node? Llm { get; set; }

    public Node? LlmModel { get; set; }

    public Node? LlmPrompt { get; set; }

    public Node? LlmSystem { get; set; }

    public int? LlmMaxTokens { get; set; }

    /// <summary>The provider or pool a model call goes to.</summary>
    public Node? LlmRoute { get; set; }

    public Node? Template { get; set; }

    public IReadOnlyList<NodeEntry>? Params { get; set; }

    public Node? Noop { get; set; }

    public TimeSpan? NoopDuration { get; set; }

    public IReadOnlyList<Node>? Needs { get; set; }

    public IReadOnlyList<Node>? After { get; set; }

    public IReadOnlyList<MatrixAxis>? Matrix { get; set; }

    public Node? When { get; set; }

    public ImmutableArray<string>? Outputs { get; set; }

    public IReadOnlyList<EnvironmentSetting>? Environment { get; set; }

    public Node? WorkingFolder { get; set; }

    public TimeSpan? Timeout { get; set; }

    public RetryPolicy? Retries { get; set; }

    public int? Priority { get; set; }

    public ImmutableArray<LockClaim>? Locks { get; set; }

    public Node? LocksAt { get; set; }

    public ImmutableArray<LockClaim>? Limits { get; set; }

    public Node? LimitsAt { get; set; }

    /// <summary><c>true</c>, <c>false</c>, or the name of a provider or pool.</summary>
    public string? Gateway { get; set; }

    public Node? GatewayAt { get; set; }

    public double? Cpu { get; set; }

    public Node? CpuAt { get; set; }

    public Bytes? Memory { get; set; }

    public Node? MemoryAt { get; set; }

    /// <summary>A number, an amount of bytes, or a key of the matrix in double braces.</summary>
    public Node? Size { get; set; }

    public Bytes? MemoryLimit { get; set; }

    public string? Class { get; set; }

    public bool? Exclusive { get; set; }

    public WorkspaceKind? Workspace { get; set; }

    public string? Isolation { get; set; }

    public Node? IsolationAt { get; set; }

    public string? Image { get; set; }

    public Node? ImageAt { get; set; }

    public BreakerPolicy? Breaker { get; set; }

    public bool BreakerWritten { get; set; }

    public TimeSpan? Expected { get; set; }

    /// <summary>True when a key that says what to execute could not be read: one error is enough.</summary>
    public bool WorkRefused { get; set; }

    /// <summary>Takes over everything that is written there and not here; <c>env</c> is joined name by name.</summary>
    public void Inherit(TaskSettings other)
    {
        Run ??= other.Run;
        Agent ??= other.Agent;
        Prompt ??= other.Prompt;
        if (Llm is null)
        {
            (Llm, LlmModel, LlmPrompt, LlmSystem, LlmMaxTokens, LlmRoute) = (other.Llm, other.LlmModel, other.LlmPrompt, other.LlmSystem, other.LlmMaxTokens, other.LlmRoute);
        }

        Noop ??= other.Noop;
        NoopDuration ??= other.NoopDuration;
        When ??= other.When;
        Outputs ??= other.Outputs;
        WorkingFolder ??= other.WorkingFolder;
        Timeout ??= other.Timeout;
        Retries ??= other.Retries;
        Priority ??= other.Priority;
        (Locks, LocksAt) = Locks is null ? (other.Locks, other.LocksAt) : (Locks, LocksAt);
        (Limits, LimitsAt) = Limits is null ? (other.Limits, other.LimitsAt) : (Limits, LimitsAt);
        (Gateway, GatewayAt) = Gateway is null ? (other.Gateway, other.GatewayAt) : (Gateway, GatewayAt);
        (Cpu, CpuAt) = Cpu is null ? (other.Cpu, other.CpuAt) : (Cpu, CpuAt);
        (Memory, MemoryAt) = Memory is null ? (other.Memory, other.MemoryAt) : (Memory, MemoryAt);
        Size ??= other.Size;
        MemoryLimit ??= other.MemoryLimit;
        Class ??= other.Class;
        Exclusive ??= other.Exclusive;
        Workspace ??= other.Workspace;
        (Isolation, IsolationAt) = Isolation is null ? (other.Isolation, other.IsolationAt) : (Isolation, IsolationAt);
        (Image, ImageAt) = Image is null ? (other.Image, other.ImageAt) : (Image, ImageAt);
        (Breaker, BreakerWritten) = BreakerWritten ? (Breaker, true) : (other.Breaker, other.BreakerWritten);
        Expected ??= other.Expected;
        WorkRefused |= other.WorkRefused;
        Environment = Join(Environment, other.Environment);
    }

    private static IReadOnlyList<EnvironmentSetting>? Join(IReadOnlyList<EnvironmentSetting>? own, IReadOnlyList<EnvironmentSetting>? inherited)
    {
        if (own is null || inherited is null)
        {
            return own ?? inherited;
        }

        return [.. inherited.Where(entry => own.All(mine => mine.Name != entry.Name)), .. own];
    }
}
