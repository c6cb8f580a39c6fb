using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Journal.Records;

/// <summary>A step of a node's guard with its numbers; growth is per second.</summary>
internal sealed record GuardDetail(int Node, GuardActionKind Step, GuardCause Cause, Bytes Free, Bytes Reserve, Bytes Projected, Bytes Growth)
{
    internal static EventRow RowOf(GuardStepped fact)
    {
        GuardAction action = fact.Action;
        bool ofNode = action.Attempt == default;
        GuardDetail detail = new(fact.Node.Value, action.Kind, action.Cause, action.Free, action.Reserve, action.Projected, action.Growth);
        return new EventRow(
            fact.At,
            EventKind.GuardStepped,
            ofNode ? null : action.Attempt.Task.Run,
            ofNode ? null : action.Attempt.Task,
            new() { Number = ofNode ? null : action.Attempt.Number, Fence = ofNode ? null : action.Attempt.Fence, Guard = detail });
    }

    internal GuardStepped ToFact(DateTimeOffset at, AttemptId attempt) =>
        new(at, new NodeId(Node), new GuardAction(Step, Cause, attempt, Free, Reserve, Projected, Growth));
}
