using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Conditions;

/// <summary>A node of a parsed condition.</summary>
internal abstract record ConditionNode
{
    internal sealed record Literal(string Text, bool IsNumber) : ConditionNode;

    internal sealed record Lookup(Reference Reference) : ConditionNode;

    internal sealed record Not(ConditionNode Operand) : ConditionNode;

    internal sealed record And(ConditionNode Left, ConditionNode Right) : ConditionNode;

    internal sealed record Or(ConditionNode Left, ConditionNode Right) : ConditionNode;

    internal sealed record Compare(string Operator, ConditionNode Left, ConditionNode Right, int Offset) : ConditionNode;
}
