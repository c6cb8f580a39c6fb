namespace Plimsoll.Core.Admission;

/// <summary>How the memory of a node is judged.</summary>
internal enum MemoryMode : byte
{
    /// <summary>Not at all: nothing is known, or the policy looks at numbers of tasks only.</summary>
    Unjudged = 0,

    /// <summary>Against a fixed amount.</summary>
    Fixed = 1,

    /// <summary>Against live samples.</summary>
    Sampled = 2,
}
