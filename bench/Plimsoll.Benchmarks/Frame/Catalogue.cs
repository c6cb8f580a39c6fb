using Plimsoll.Benchmarks.Gateway;
using Plimsoll.Benchmarks.Micro;
using Plimsoll.Benchmarks.Quality;
using Plimsoll.Benchmarks.Service;
using Plimsoll.Benchmarks.Simulation;
using Plimsoll.Benchmarks.Throughput;
using Plimsoll.Benchmarks.Watching;

namespace Plimsoll.Benchmarks.Frame;

/// <summary>Every benchmark, in the order of <c>--list</c>.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new MapBench(),
        new NoopBench(),
        new JournalBench(),
        new MessageBench(),
        new PostsBench(),
        new BulkBench(),
        new ServedNoopBench(),
        new IdleBench(),
        new AgentsBench(),
        new StartupBench(),
        new WatchBench(),
        new WorkflowBench(),
        new TortureQuality(),
        new SimulationSpeed(),
        new RecordedQuality(),
        new Fidelity(),
        new ForwardingBench(),
        new StreamBench(),
        new CacheBench(),
        new QuotaBench(),
        new FleetBench(),
        new DelegatedBenchmark(
            "spawn",
            "How close do direct and supervised starts of the engine alone come to a bare posix_spawn loop?",
            "the bare loop before and after; more than a quarter apart is inconclusive",
            "the bare loop",
            options => SpawnBench.Run(options.Count("count", 3000))),
        new DelegatedBenchmark(
            "kernel",
            "What do a submit of a million tasks, its memory, and one decision among 100,000 waiting tasks of 10,000 classes cost?",
            "a scheduler that scans every ready task, at a tenth of the size; it must be slower",
            "none",
            _ => KernelBench.Run()),
    ];
}
