namespace Plimsoll.Core.Graphs;

/// <summary>What else the kernel knows of a task besides its state.</summary>
[Flags]
internal enum TaskFlags : byte
{
    None = 0,

    /// <summary>Has a <c>when:</c>.</summary>
    Conditional = 1,

    /// <summary>Its condition was asked for and not yet answered; not a fact.</summary>
    Asked = 2,

    /// <summary>Its condition held.</summary>
    Settled = 4,

    /// <summary>A hard need ended and did not succeed.</summary>
    Doomed = 8,
}
