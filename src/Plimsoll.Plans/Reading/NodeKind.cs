namespace Plimsoll.Plans.Reading;

internal enum NodeKind : byte
{
    Scalar = 0,
    List = 1,
    Map = 2,
}
