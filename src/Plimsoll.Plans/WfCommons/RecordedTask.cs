using Plimsoll.Core.Units;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.WfCommons;

/// <summary>One task of a recorded workflow, in real seconds and bytes.</summary>
internal sealed class RecordedTask
{
    public required string Id { get; init; }

    public required Node At { get; init; }

    public required string Kind { get; init; }

    public List<Node> Parents { get; } = [];

    public List<Node> Children { get; } = [];

    /// <summary>Null when it was not sampled.</summary>
    public double? Seconds { get; set; }

    /// <summary>Null when it was not sampled.</summary>
    public Bytes? Memory { get; set; }

    public double Cores { get; set; } = 1;

    /// <summary>Of all files it read; 0 = not recorded.</summary>
    public double InputBytes { get; set; }
}
