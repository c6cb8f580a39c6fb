namespace Plimsoll.Daemon.Requests;

/// <summary>The job a measurement is about.</summary>
/// <param name="Command">Program and arguments; empty with <paramref name="Agent"/>.</param>
/// <param name="Agent">A real coding agent against a model server on loopback instead.</param>
/// <param name="Folder">Working folder of the command; reports go below it.</param>
/// <param name="Interval">Between two points of a curve.</param>
/// <param name="Deadline">Of each job.</param>
/// <param name="ProtectionBytes">What all jobs together may hold; null = nine tenths of what is free.</param>
/// <param name="AgentFolder">Where real agents are or will be installed; null = the user's.</param>
public sealed record TrialRequest(IReadOnlyList<string> Command, string? Agent, string Folder, TimeSpan Interval, TimeSpan Deadline, long? ProtectionBytes, string? AgentFolder)
{
    /// <summary>How long the model of <see cref="Agent"/> takes for an answer.</summary>
    public TimeSpan Thinking { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Folder of the reports; null = <c>docs/logs/benchmarks</c> below <see cref="Folder"/>.</summary>
    public string? Reports { get; init; }
}
