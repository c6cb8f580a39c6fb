using Plimsoll.Core.Units;

namespace Plimsoll.Watch.Anomalies;

/// <summary>Memory of an attempt that grows and grows.</summary>
/// <param name="BytesPerMinute">The slope.</param>
/// <param name="LeastBytesPerMinute">Its lower bound: it is at least this steep in 99 of 100 cases.</param>
/// <param name="Grown">By how much it grew in the stretch looked at.</param>
public sealed record Leak(double BytesPerMinute, double LeastBytesPerMinute, Bytes Grown, Bytes Level, TimeSpan Over)
{
    internal string Describe() =>
        $"grew by {Grown} to {Level} in {Over.TotalMinutes:0} min, {new Bytes((long)BytesPerMinute)}/min";
}
