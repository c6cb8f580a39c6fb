namespace Plimsoll.Core.Identity;

/// <summary>A machine that runs tasks; one machine alone is node 0.</summary>
public readonly record struct NodeId(int Value)
{
    public static NodeId Local => default;

    public override string ToString() => $"node{Value}";
}
