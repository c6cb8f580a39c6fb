using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Units;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Reads what attempts held.</summary>
internal static class FootprintRows
{
    /// <summary>The columns that <see cref="Read"/> takes, of the table under the name f.</summary>
    internal const string Columns =
        "f.settled, f.peak, f.burst_share, f.time_to_settle, f.fastest_rise, f.start_cpu, f.mapped, f.executable, f.duration, f.readings, f.curve";

    /// <summary>Null when the attempt was not measured.</summary>
    /// <param name="first">Where <see cref="Columns"/> begin.</param>
    internal static AttemptFootprint? Read(IRows row, int first) => row.IsNull(first) ? null : new AttemptFootprint(
        new Bytes(row.Long(first)),
        new Bytes(row.Long(first + 1)),
        row.Double(first + 2),
        new TimeSpan(row.Long(first + 3)),
        new Bytes(row.Long(first + 4)),
        new TimeSpan(row.Long(first + 5)),
        new Bytes(row.Long(first + 6)),
        unchecked((ulong)row.Long(first + 7)),
        new TimeSpan(row.Long(first + 8)),
        row.Int(first + 9))
    {
        Curve = Parse(row.Utf8(first + 10)),
    };

    internal static string Write(ImmutableArray<MemoryPoint> curve) =>
        JsonSerializer.Serialize([.. curve.Select(point => new[] { point.At.Ticks, point.Resident.Value })], JournalJson.Readable.Int64ArrayArray);

    private static ImmutableArray<MemoryPoint> Parse(ReadOnlySpan<byte> curve) =>
        [.. (JsonSerializer.Deserialize(curve, JournalJson.Readable.Int64ArrayArray) ?? []).Select(point => new MemoryPoint(new TimeSpan(point[0]), new Bytes(point[1])))];
}
