using System.Runtime.InteropServices;
using Plimsoll.Calibration.Trials;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Everything a measurement stands on: a scratch folder, the bench, and the job; gone when disposed.</summary>
internal sealed class TrialSetup : IDisposable
{
    private readonly string scratch;
    private readonly AgentJobs? agents;

    private TrialSetup(TrialBench bench, string scratch, TrialJob job, AgentJobs? agents)
    {
        Bench = bench;
        this.scratch = scratch;
        this.agents = agents;
        Job = job;
    }

    public TrialBench Bench { get; }

    /// <summary>In a cgroup where there are any.</summary>
    public TrialJob Job { get; }

    public BenchMachineView Machine => new(RuntimeInformation.OSDescription, Environment.ProcessorCount, Bench.MemoryBytes, Bench.ProtectedBytes);

    /// <param name="needsLimits">The measurement means nothing where limits cannot be enforced.</param>
    public static async Task<Outcome<TrialSetup>> OpenAsync(TrialRequest request, bool needsLimits, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        if (request.Agent is { } name && !AgentJobs.Names.Contains(name, StringComparer.Ordinal))
        {
            return new Refusal(ExitCode.Invalid, $"there is no agent '{name}' to measure", $"there are {string.Join(", ", AgentJobs.Names)}; anything else is a command behind --");
        }

        if (request.Agent is null == (request.Command.Count == 0))
        {
            return new Refusal(ExitCode.Invalid, "a measurement takes a command behind --, or --agent with a name", "for example plimsoll bench baseline -- plimsoll burn --memory 300M --seconds 5");
        }

        if (request.Interval < TrialOptions.LeastInterval)
        {
            return new Refusal(ExitCode.Invalid, $"--interval is {request.Interval.TotalMilliseconds:0} ms, and the shortest is {TrialOptions.LeastInterval.TotalMilliseconds:0} ms");
        }

        if (ReportFiles.Refuses(request) is { } unwritable)
        {
            return unwritable;
        }

        string folder = Directory.CreateTempSubdirectory("plimsoll-trial-").FullName;
        AgentJobs? agents = null;
        try
        {
            string home = request.AgentFolder ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "plimsoll", "agents");
            agents = request.Agent is { } agent ? await AgentJobs.PrepareAsync(agent, home, request.Thinking, time, said, cancellationToken) : null;
            var options = new TrialOptions(folder, request.Interval, request.ProtectionBytes is { } bytes ? new Bytes(bytes) : null, Variables());
            var bench = new TrialBench(options, time, said);
            if (needsLimits && bench.MissingCgroups is { } missing)
            {
                bench.Dispose();
                throw new IOException($"limits cannot be enforced here: {missing}");
            }

            TrialIsolation isolation = bench.MissingCgroups is null ? TrialIsolation.Cgroup : TrialIsolation.None;
            return new TrialSetup(bench, folder, new TrialJob(agents?.Arguments ?? request.Command, agents is null ? request.Folder : null, isolation, null, null, null), agents);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            agents?.Dispose();
            Directory.Delete(folder, recursive: true);
            return new Refusal(ExitCode.Environment, error.Message);
        }
    }

    public void Dispose()
    {
        Bench.Dispose();
        agents?.Dispose();
        try
        {
            Directory.Delete(scratch, recursive: true);
        }
        catch (IOException)
        {
            // A job that outlived its end writes there still; the folder is the system's for temporary files.
        }
    }

    private static List<string> Variables()
    {
        List<string> variables = [];
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            string name = (string)entry.Key;
            if (name is not ("JOB" or "PWD") && !name.StartsWith("PLIMSOLL_ATTEMPT", StringComparison.Ordinal) && name != "PLIMSOLL_OUTPUT")
            {
                variables.Add($"{name}={entry.Value}");
            }
        }

        return variables;
    }
}
