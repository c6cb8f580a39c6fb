using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Xunit;

namespace Plimsoll.Tests.Engine.Isolation;

/// <summary>Version 2 as plain files: what is written and how it is read back. Its kernel side runs only where version 2 is mounted.</summary>
public sealed class ReadBackTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-cgroup-").FullName;

    [Fact]
    public void Limits_of_version_2_are_written_and_read_back()
    {
        Make("memory.max", "memory.swap.max", "memory.oom.group", "cpu.max", "cpu.weight", "pids.max");
        List<string> unapplied = [];
        TaskLimits limits = new(Bytes.FromMebibytes(64), 1.5, 100);
        TaskLimits applied = LimitWriter.Apply(Paths, limits, unapplied);
        Assert.Empty(unapplied);
        Assert.Equal(limits, applied);
        Assert.Equal(
            ["67108864", "0", "1", "150000 100000", "150", "100"],
            new[] { "memory.max", "memory.swap.max", "memory.oom.group", "cpu.max", "cpu.weight", "pids.max" }.Select(file => File.ReadAllText($"{folder}/{file}")));
    }

    [Fact]
    public void A_limit_that_reads_otherwise_is_not_reported_as_applied()
    {
        // A full device takes what is written and keeps nothing of it.
        File.CreateSymbolicLink($"{folder}/memory.max", "/dev/null");
        File.CreateSymbolicLink($"{folder}/pids.max", "/dev/full");
        List<string> unapplied = [];
        TaskLimits applied = LimitWriter.Apply(Paths with { Cpu = null }, new TaskLimits(Bytes.FromMebibytes(64), 1, 100), unapplied);
        Assert.Equal(TaskLimits.None, applied);
        Assert.Equal(3, unapplied.Count);
        Assert.Contains("was set to 67108864 but reads nothing", unapplied[0], StringComparison.Ordinal);
        Assert.Contains("no cpu controller", unapplied[1], StringComparison.Ordinal);
        Assert.Contains("No space left", unapplied[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_a_limit_that_is_not_there()
    {
        List<string> unapplied = [];
        Assert.Null(LimitWriter.Apply(Paths, new TaskLimits(Bytes.FromMebibytes(64), null, null), unapplied).Memory);
        Assert.Contains("No such file", Assert.Single(unapplied), StringComparison.Ordinal);
    }

    [Fact]
    public void Controllers_that_are_not_delegated_are_refused_with_advice()
    {
        File.WriteAllText($"{folder}/cgroup.controllers", "cpu pids\n");
        Assert.Contains("has no memory controller", CgroupBase.EnableControllers(folder), StringComparison.Ordinal);
        File.WriteAllText($"{folder}/cgroup.controllers", "cpu memory pids\n");
        File.CreateSymbolicLink($"{folder}/cgroup.subtree_control", "/dev/full");
        Assert.Contains("Delegate=yes", CgroupBase.EnableControllers(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_of_systemd_is_asked_for_with_our_number_and_delegation()
    {
        IReadOnlyList<string> arguments = SystemdScope.Arguments("plimsoll-x", root: false, 4711);
        Assert.Equal("--user", arguments[0]);
        Assert.Contains("plimsoll-x-4711.scope", arguments);
        string properties = string.Join(' ', arguments);
        Assert.Contains("PIDs au 1 4711", properties, StringComparison.Ordinal);
        Assert.Contains("Delegate b true", properties, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private CgroupPaths Paths => new(folder, folder, null, null, folder, folder);

    private void Make(params string[] files)
    {
        foreach (string file in files)
            File.WriteAllText($"{folder}/{file}", "");
    }
}
