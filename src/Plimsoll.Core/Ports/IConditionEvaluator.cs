using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Ports;

/// <summary>Evaluates the <c>when:</c> of a task over outputs and outcomes; synchronous and without I/O.</summary>
public interface IConditionEvaluator
{
    ConditionEvaluated Evaluate(TaskId task);
}
