namespace Plimsoll.Plans.Diagnostics;

/// <summary>Whether a diagnostic stops the plan.</summary>
public enum PlanSeverity
{
    Error = 0,
    Warning = 1,
}
