namespace Plimsoll.Plans.Reading;

/// <summary>How a scalar was written: decides whether it can be a number, and where its characters are in the file.</summary>
internal enum ScalarStyle : byte
{
    Plain = 0,
    Quoted = 1,
    Block = 2,
}
