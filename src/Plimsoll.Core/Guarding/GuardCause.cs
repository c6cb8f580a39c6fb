namespace Plimsoll.Core.Guarding;

/// <summary>Why the guard acted; stored in the journal and never renumbered.</summary>
public enum GuardCause : byte
{
    /// <summary>Free memory fell below the threshold of the step.</summary>
    FreeMemory = 0,

    /// <summary>Free memory less the growth of the next half second falls below half the reserve.</summary>
    Projection = 1,

    /// <summary>Work stalls for want of memory (PSI) while little is free.</summary>
    Pressure = 2,

    /// <summary>Its burst does not fit beside those that began before.</summary>
    Turn = 3,

    /// <summary>It was frozen for too long.</summary>
    Deadline = 4,

    /// <summary>There is room again.</summary>
    Recovered = 5,
}
