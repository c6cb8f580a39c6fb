namespace Plimsoll.Core.Admission;

/// <summary>What a node must have left for a start.</summary>
/// <param name="WholeBytes">What it must have at least when nothing runs there and nobody else uses anything.</param>
internal readonly record struct NodeDemand(long Bytes, long MilliCores, ulong Labels, long WholeBytes, NodeTraits Traits)
{
    /// <summary>What the node of a shape must be, whatever is left there.</summary>
    public static NodeDemand Of(ShapeQueue shape) => new(0, 0, shape.Labels, shape.Key.WholeBytes, NodeTraits.None);

    public static NodeDemand Of(in CandidateKey key, long bytes) => new(
        bytes,
        key.MilliCores,
        key.Labels,
        key.WholeBytes,
        (key.IsExclusive ? NodeTraits.Empty : NodeTraits.None) | (key.Fresh ? NodeTraits.FreshPlace : NodeTraits.None) | (key.Gated ? NodeTraits.GatePlace : NodeTraits.None));
}
