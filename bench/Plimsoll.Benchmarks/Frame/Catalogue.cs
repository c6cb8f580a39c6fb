using Plimsoll.Benchmarks.Quality;
using Plimsoll.Benchmarks.Throughput;

namespace Plimsoll.Benchmarks.Frame;

/// <summary>Every benchmark, in the order of <c>--list</c>.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new MapBench(),
        new NoopBench(),
        new StartupBench(),
        new WorkflowBench(),
    ];
}
