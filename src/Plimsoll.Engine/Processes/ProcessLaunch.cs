using Plimsoll.Core.Identity;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Processes;

/// <summary>Everything needed to start one attempt.</summary>
/// <param name="Arguments">Program and arguments; a program without a slash is searched on the PATH of <paramref name="Environment"/>.</param>
/// <param name="Environment">The whole environment as <c>NAME=VALUE</c>, each name once; <c>PLIMSOLL_ATTEMPT</c> and <c>PWD</c> are set by the executor.</param>
/// <param name="WorkingFolder">Absolute path.</param>
/// <param name="Grace">Time between SIGTERM and SIGKILL for processes left over when the command ends by itself.</param>
public sealed record ProcessLaunch(
    AttemptId Attempt,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Environment,
    string WorkingFolder,
    StartMode Mode,
    AttemptFiles Files,
    TimeSpan Grace)
{
    /// <summary>Where standard input comes from.</summary>
    public string InputPath { get; init; } = "/dev/null";

    /// <summary>How the attempt is held apart.</summary>
    public IsolationKind Isolation { get; init; }

    /// <summary>Image of the container, for <see cref="IsolationKind.Container"/>.</summary>
    public string? Image { get; init; }

    /// <summary>Names of the variables of <see cref="Environment"/> that a container gets, besides <c>PLIMSOLL_*</c>.</summary>
    public IReadOnlyList<string> ContainerVariables { get; init; } = [];

    /// <summary>What it may use at most.</summary>
    public TaskLimits Limits { get; init; } = TaskLimits.None;

    /// <summary>Its end tells <see cref="Core.Lifecycle.ExitReport.GroupPeak"/>.</summary>
    public bool TellsGroupPeak { get; init; }

    /// <summary>Keys that the command promises to write to <c>$PLIMSOLL_OUTPUT</c>; without one of them its success is none.</summary>
    public IReadOnlyList<string> DeclaredOutputs { get; init; } = [];
}
