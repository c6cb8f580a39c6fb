using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Control;

/// <summary>One line of JSON that another Plimsoll sends to the one that owns the state folder.</summary>
/// <param name="Verb"><c>cancel</c>, <c>retry</c>, <c>explain</c>, <c>limits</c>, <c>overview</c>, or <c>run</c>: which run is live.</param>
/// <param name="Run">Null = whichever run is live.</param>
/// <param name="Task">Name of a task; null = the whole run.</param>
/// <param name="Reason">For cancel.</param>
/// <param name="Limit">For explain: at most this many.</param>
/// <param name="Limits">For limits: what to change; null = nothing, only asked.</param>
internal sealed record ControlRequest(string Verb, int? Run, string? Task, string? Reason, int Limit, LimitsRequest? Limits = null);
