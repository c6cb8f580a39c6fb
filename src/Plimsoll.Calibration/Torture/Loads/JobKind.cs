namespace Plimsoll.Calibration.Torture.Loads;

/// <summary>How an adversarial job uses memory over its life.</summary>
internal enum JobKind
{
    /// <summary>Takes its memory at once and keeps it.</summary>
    Steady,

    /// <summary>Rises and falls four times.</summary>
    Sawtooth,

    /// <summary>Looks small for three quarters of its life, then is three times as large.</summary>
    LateBurst,

    /// <summary>Grows until it ends.</summary>
    Leak,

    /// <summary>Holds its memory in two to six processes that start at once.</summary>
    ForkStorm,

    /// <summary>Grows by 1 GiB per second.</summary>
    Ramp,

    /// <summary>Writes and reads files as large as its memory is for another job; holds little itself.</summary>
    PageCacheHog,

    /// <summary>Computes at first and takes its memory only at half of its life.</summary>
    SlowStarter,
}
