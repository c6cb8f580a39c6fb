namespace Plimsoll.Daemon.Requests;

/// <summary>How a plan is written.</summary>
public enum PlanFormat
{
    Yaml,
    Json,
    WfCommons,
}
