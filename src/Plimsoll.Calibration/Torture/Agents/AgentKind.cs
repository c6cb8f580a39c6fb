namespace Plimsoll.Calibration.Torture.Agents;

/// <summary>The real agents there are jobs of.</summary>
internal enum AgentKind
{
    Claude,
    Codex,
    OpenCode,
}
