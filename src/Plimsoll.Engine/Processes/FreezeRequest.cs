namespace Plimsoll.Engine.Processes;

/// <summary>What the tree of an attempt without a leaf is to do.</summary>
internal enum FreezeRequest : byte
{
    None = 0,
    Stop = 1,
    Continue = 2,
}
