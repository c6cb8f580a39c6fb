namespace Plimsoll.Core.Admission;

/// <summary>Whether a shape fits on the node now, and if not, which amount is short.</summary>
internal enum Fit : byte
{
    Fits = 0,

    /// <summary>It runs alone and others are alive.</summary>
    NotAlone = 1,

    /// <summary>Too little memory beside the live tasks.</summary>
    Memory = 2,

    /// <summary>Too few cores beside the live tasks.</summary>
    Cores = 3,

    /// <summary>It fits, but would take what the head waits for.</summary>
    Reserved = 4,

    /// <summary>Nothing is known of its class, and as many such probes run as may.</summary>
    Probes = 5,

    /// <summary>Its class starts with much processor time, and as many such starts are in progress as may.</summary>
    StartGate = 6,

    /// <summary>The node lacks a label that it requires.</summary>
    Labels = 7,

    /// <summary>It gets a whole node, and one that is larger than this.</summary>
    TooSmall = 8,
}
