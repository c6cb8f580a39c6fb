using System.Collections.Immutable;
using Plimsoll.Core.Units;

namespace Plimsoll.Plans.Rendering;

/// <summary>What one attempt executes, with every value inserted.</summary>
/// <param name="Arguments">Argv of the process; empty for in-process no-op work.</param>
/// <param name="Duration">How long no-op work lasts; null for processes.</param>
/// <param name="WorkingFolder">As written, relative to the project folder or worktree; null = that folder itself.</param>
/// <param name="DeclaredOutputs">Keys the task promises to write to <c>$PLIMSOLL_OUTPUT</c>.</param>
/// <param name="Agent">Name of the agent, null when it is not an agent task.</param>
/// <param name="Isolation"><c>auto</c>, <c>cgroup</c>, <c>container</c> or <c>process</c>.</param>
public sealed record RenderedTask(
    ImmutableArray<string> Arguments,
    TimeSpan? Duration,
    ImmutableArray<EnvironmentEntry> Environment,
    string? WorkingFolder,
    WorkspaceKind Workspace,
    Bytes? MemoryLimit,
    ImmutableArray<string> DeclaredOutputs,
    string? Agent,
    string Isolation)
{
    /// <summary>Image of its container; null = none.</summary>
    public string? Image { get; init; }

    /// <summary>How it reaches the gateway; null = it does not.</summary>
    public GatewayDemand? Gateway { get; init; }

    /// <summary>A model call instead of a process; null for all other tasks.</summary>
    public ModelCall? Call { get; init; }

    public bool IsNoop => Duration is not null;
}
