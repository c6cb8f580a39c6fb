namespace Plimsoll.Calibration.Simulation;

/// <summary>What happens at a moment of virtual time.</summary>
internal enum VirtualEventKind : byte
{
    /// <summary>An attempt comes to its end.</summary>
    End,

    /// <summary>A node is read.</summary>
    Reading,

    /// <summary>A node fails with everything on it.</summary>
    Failure,

    /// <summary>A node is back.</summary>
    Return,

    /// <summary>Tasks come.</summary>
    Arrival,
}
