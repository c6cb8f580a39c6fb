namespace Plimsoll.Calibration.Torture;

/// <summary>Which jobs a torture run uses.</summary>
public enum TortureScenario
{
    /// <summary>Adversarial jobs of six classes, different with each seed.</summary>
    Mixed,

    /// <summary>Adversarial jobs of one class; each seed has another kind.</summary>
    Homogeneous,

    /// <summary>Real Claude Code agents.</summary>
    Claude,

    /// <summary>Real Claude Code, Codex and OpenCode agents together.</summary>
    Agents,
}
