namespace Plimsoll.Daemon.Requests;

/// <summary>A plan to run.</summary>
/// <param name="Parameters">Values for the plan's parameters, by name.</param>
/// <param name="MaxConcurrent">Null = as configured.</param>
/// <param name="Direct">Start commands directly instead of supervised: faster, but nothing of an attempt outlives this process.</param>
/// <param name="Force">Run although a dirty work tree would refuse it, and with the concurrency asked for although memory does not carry it.</param>
public sealed record RunRequest(
    PlanRequest Plan,
    IReadOnlyDictionary<string, string> Parameters,
    TaskLimit? MaxConcurrent,
    bool Direct,
    bool Force);
