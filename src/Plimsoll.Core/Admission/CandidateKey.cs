using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;

namespace Plimsoll.Core.Admission;

/// <summary>Everything but the settled need that decides whether a shape may start; shapes with equal keys share one tree.</summary>
/// <param name="Fresh">Nothing at all is known of its class: it takes one of the node's few probe places.</param>
/// <param name="Gated">Its class starts with much processor time: it takes a place in the start gate.</param>
/// <param name="Labels">What its node must have, as bits.</param>
/// <param name="WholeBytes">It gets a whole node, which has at least this much; 0 = any node will do.</param>
/// <param name="Lease">Set for leases, which need no slot.</param>
internal readonly record struct CandidateKey(
    bool IsExclusive,
    long MilliCores,
    long Burst,
    double Share,
    long Mapped,
    ulong Executable,
    bool Fresh,
    bool Gated,
    ulong Labels,
    long WholeBytes,
    LeaseKind? Lease)
{
    /// <summary>True when it needs nothing from a node but its settled memory and its cores.</summary>
    public bool IsPlain => Burst == 0 && Executable == 0 && Mapped == 0;

    public static CandidateKey Of(ShapeQueue shape, in Footprint footprint, bool fresh, bool gated, long wholeBytes) =>
        new(shape.IsExclusive, shape.MilliCores, footprint.Burst, footprint.Share, footprint.Mapped, footprint.Executable, fresh, gated, shape.Labels, wholeBytes, shape.Shape.Lease);
}
