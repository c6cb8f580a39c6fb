namespace Plimsoll.Core.Admission;

/// <summary>Where the memory a typical task is expected to need is known from.</summary>
public enum EstimateOrigin : byte
{
    /// <summary>Nothing is known: a guess that limits nobody.</summary>
    Guessed = 0,
    Learned = 1,
    Declared = 2,

    /// <summary>The <c>per_task</c> of the policy.</summary>
    Configured = 3,
}
