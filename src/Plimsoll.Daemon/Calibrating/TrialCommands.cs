using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Names what was measured.</summary>
internal static class TrialCommands
{
    /// <summary>The command, or the agent that stood for one.</summary>
    public static IReadOnlyList<string> Of(TrialRequest request) => request.Agent is { } agent ? ["agent", agent] : request.Command;
}
