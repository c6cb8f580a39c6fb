namespace Plimsoll.Plans;

/// <summary>What a plan is written in.</summary>
public enum PlanFormat
{
    Yaml = 0,
    Json = 1,

    /// <summary>A recorded workflow, WfFormat JSON 1.3 to 1.5.</summary>
    WfCommons = 2,
}
