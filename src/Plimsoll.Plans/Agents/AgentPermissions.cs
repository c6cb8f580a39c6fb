namespace Plimsoll.Plans.Agents;

/// <summary>What an agent may do without being asked.</summary>
public enum AgentPermissions
{
    /// <summary>Edit files in its working folder.</summary>
    AcceptEdits = 0,

    /// <summary>Everything: only when <c>permissions: bypass</c> is written.</summary>
    Bypass = 1,
}
