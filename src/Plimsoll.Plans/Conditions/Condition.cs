using Plimsoll.Core.Lifecycle;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Conditions;

/// <summary>A parsed <c>when:</c>.</summary>
/// <remarks>
/// <c>==</c> and <c>!=</c> compare as numbers when both sides are numbers, otherwise as texts; the orderings need numbers and are false
/// without them. A name alone holds unless it is empty, <c>false</c> or <c>0</c>. A missing output is the empty text.
/// </remarks>
internal sealed class Condition(string text, ConditionNode root)
{
    private static readonly Dictionary<string, TaskState> Outcomes = new(StringComparer.Ordinal)
    {
        ["succeeded"] = TaskState.Succeeded,
        ["failed"] = TaskState.Failed,
        ["dead"] = TaskState.Dead,
        ["cancelled"] = TaskState.Cancelled,
        ["skipped"] = TaskState.Skipped,
    };

    public static IReadOnlyCollection<string> OutcomeWords => Outcomes.Keys;

    public string Text { get; } = text;

    public ConditionNode Root { get; } = root;

    /// <summary>How an outcome is written in conditions and texts.</summary>
    public static string WordFor(TaskState? state) => state is { } known ? known.ToString().ToLowerInvariant() : "";

    public IEnumerable<Reference> References()
    {
        Stack<ConditionNode> open = new([Root]);
        while (open.TryPop(out ConditionNode? node))
        {
            switch (node)
            {
                case ConditionNode.Lookup lookup:
                    yield return lookup.Reference;
                    break;
                case ConditionNode.Not not:
                    open.Push(not.Operand);
                    break;
                case ConditionNode.And and:
                    open.Push(and.Right);
                    open.Push(and.Left);
                    break;
                case ConditionNode.Or or:
                    open.Push(or.Right);
                    open.Push(or.Left);
                    break;
                case ConditionNode.Compare compare:
                    open.Push(compare.Right);
                    open.Push(compare.Left);
                    break;
            }
        }
    }

    public bool Evaluate(Func<Reference, string> lookup) => Value(Root, lookup).Holds;

    private static ConditionValue Value(ConditionNode node, Func<Reference, string> lookup) => node switch
    {
        ConditionNode.Literal literal => new ConditionValue(literal.Text),
        ConditionNode.Lookup reference => new ConditionValue(lookup(reference.Reference)),
        ConditionNode.Not not => ConditionValue.Of(!Value(not.Operand, lookup).Holds),
        ConditionNode.And and => ConditionValue.Of(Value(and.Left, lookup).Holds && Value(and.Right, lookup).Holds),
        ConditionNode.Or or => ConditionValue.Of(Value(or.Left, lookup).Holds || Value(or.Right, lookup).Holds),
        ConditionNode.Compare compare => ConditionValue.Of(Compare(compare.Operator, Value(compare.Left, lookup), Value(compare.Right, lookup))),
        _ => throw new InvalidOperationException("Unknown condition."),
    };

    private static bool Compare(string comparison, ConditionValue left, ConditionValue right)
    {
        bool numbers = left.TryNumber(out double a) & right.TryNumber(out double b);
        return comparison switch
        {
            "==" => numbers ? a.Equals(b) : left.Text == right.Text,
            "!=" => numbers ? !a.Equals(b) : left.Text != right.Text,
            "<" => numbers && a < b,
            "<=" => numbers && a <= b,
            ">" => numbers && a > b,
            _ => numbers && a >= b,
        };
    }
}
