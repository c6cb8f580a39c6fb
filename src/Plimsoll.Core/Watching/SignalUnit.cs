namespace Plimsoll.Core.Watching;

/// <summary>What the number of a signal counts; decides how it is written and printed.</summary>
public enum SignalUnit : byte
{
    Count = 0,

    /// <summary>0..1, written as <c>85%</c>.</summary>
    Share = 1,
    Seconds = 2,
    Bytes = 3,

    /// <summary>A multiple, written as <c>2.5</c>.</summary>
    Ratio = 4,

    /// <summary>Written as a size.</summary>
    BytesPerMinute = 5,

    /// <summary>1 while it is so, absent otherwise.</summary>
    Flag = 6,
    Dollars = 7,
}
