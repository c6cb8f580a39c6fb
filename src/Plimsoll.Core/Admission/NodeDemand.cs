namespace Plimsoll.Core.Admission;

/// <summary>What a node must have left for a start.</summary>
internal readonly record struct NodeDemand(long Bytes, long MilliCores, ulong Labels, NodeTraits Traits)
{
    public static NodeDemand Of(in CandidateKey key, long bytes) => new(
        bytes,
        key.MilliCores,
        key.Labels,
        (key.IsExclusive ? NodeTraits.Empty : NodeTraits.None) | (key.Fresh ? NodeTraits.FreshPlace : NodeTraits.None) | (key.Gated ? NodeTraits.GatePlace : NodeTraits.None));
}
