using Plimsoll.Core.Footprints;

namespace Plimsoll.Core.Admission;

/// <summary>Everything but the settled need that decides whether a shape may start; shapes with equal keys share one tree.</summary>
/// <param name="Fresh">Nothing at all is known of its class: it takes one of the node's few probe places.</param>
/// <param name="Gated">Its class starts with much processor time: it takes a place in the start gate.</param>
internal readonly record struct CandidateKey(
    bool IsExclusive,
    long MilliCores,
    long Burst,
    double Share,
    long Mapped,
    ulong Executable,
    bool Fresh,
    bool Gated)
{
    public static CandidateKey Of(bool exclusive, long milliCores, in Footprint footprint, bool fresh, bool gated) =>
        new(exclusive, milliCores, footprint.Burst, footprint.Share, footprint.Mapped, footprint.Executable, fresh, gated);
}
