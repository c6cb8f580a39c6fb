using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Guarding;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Probes;

/// <summary>Reads a node: each live attempt, then the host, its swap space, its stalls and its processors.</summary>
/// <remarks>
/// One caller at a time; the properties are those of the last <see cref="Read"/>, which allocates nothing once warm. Attempts without a
/// leaf cost a look at all processes of the machine. A memory limit that no kernel enforces is watched here.
/// </remarks>
public sealed class NodeProbe : INodeProbe, IDisposable
{
    private readonly ProcessExecutor? executor;
    private readonly HostMemory host;
    private readonly Action<string> notice;
    private readonly TimeProvider time;
    private readonly AttemptReader? reader;
    private readonly ProcessorReader? processors;
    private PressureReader? pressure;

    /// <param name="executor">Whose attempts are read; null = none.</param>
    /// <param name="parent">Whose stalls are read where the kernel counts them per group; null = the machine's.</param>
    /// <param name="hostCgroup">Folder of a memory cgroup that plays the host; null = the groups this process is in.</param>
    /// <param name="notice">Told once each, in a sentence, when a source cannot be read and another one is used.</param>
    public NodeProbe(ProcessExecutor? executor, TaskParent? parent, string? hostCgroup, TimeProvider time, Action<string> notice)
    {
        this.executor = executor;
        this.time = time;
        this.notice = notice;
        host = new HostMemory(hostCgroup, notice);
        reader = executor is null ? null : new AttemptReader(executor, time);
        pressure = parent?.PressureFile is { } file ? PressureReader.Open(file, time) : null;
        pressure ??= PressureReader.Open(MachinePressure, time);
        processors = ProcessorReader.Open(time);
    }

    /// <inheritdoc cref="HostMemory.MappedIsUsed"/>
    public bool MappedIsUsed => host.MappedIsUsed;

    /// <summary>The kernel's count of memory stalls of the whole machine.</summary>
    internal const string MachinePressure = "/proc/pressure/memory";

    /// <summary>Limit 0 = nothing on this machine tells how much memory there is.</summary>
    public MemorySample Memory { get; private set; }

    public ReadOnlySpan<TaskSample> Tasks => reader is null ? default : reader.Samples;

    public PressureSample? Pressure { get; private set; }

    public SwapSample Swap => host.Swap;

    public CpuSample? Cpu { get; private set; }

    public void Read()
    {
        Bytes tasks = reader?.Read() ?? default;
        (Bytes limit, Bytes free) = host.Read();
        Memory = new MemorySample(limit, free, tasks);
        Pressure = ReadPressure();
        Cpu = processors?.Read();
    }

    public void Dispose()
    {
        host.Dispose();
        reader?.Dispose();
        pressure?.Dispose();
        processors?.Dispose();
    }

    private PressureSample? ReadPressure()
    {
        if (pressure?.Read() is { } sample)
            return sample;

        if (pressure is null)
            return null;

        string failed = pressure.Path;
        pressure.Dispose();
        pressure = failed == MachinePressure ? null : PressureReader.Open(MachinePressure, time);
        notice($"{failed} cannot be read any more: stalls are {(pressure is null ? "not seen" : "those of the whole machine")}");
        return pressure?.Read();
    }
}
