namespace Plimsoll.Core.Ports;

/// <summary>Answer of a journal to a turn.</summary>
public enum AppendResult : byte
{
    Committed = 0,

    /// <summary>Another writer owns the journal now; this one must stop.</summary>
    Fenced = 1,
}
