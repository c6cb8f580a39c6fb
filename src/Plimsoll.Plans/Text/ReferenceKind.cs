namespace Plimsoll.Plans.Text;

internal enum ReferenceKind : byte
{
    /// <summary>A matrix value, a parameter or a value of the plan.</summary>
    Value = 0,

    /// <summary><c>needs.TASK.KEY</c>: what a task wrote to its outputs.</summary>
    Output = 1,

    /// <summary><c>needs.TASK.outcome</c>: how a task ended.</summary>
    Outcome = 2,

    /// <summary><c>plimsoll</c>: the path of the own executable.</summary>
    Executable = 3,
}
