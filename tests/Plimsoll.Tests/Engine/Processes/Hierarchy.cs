namespace Plimsoll.Tests.Engine.Processes;

/// <summary>Which cgroups attempts get.</summary>
public enum Hierarchy
{
    None,
    Unified,
    Legacy,
}
