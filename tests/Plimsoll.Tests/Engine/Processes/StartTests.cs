using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes;
using Plimsoll.Engine.Processes.Native;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

[Collection(ProcessCollection.Name)]
public sealed class StartTests
{
    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task The_command_gets_exactly_the_environment_it_was_given(StartMode mode)
    {
        using ProcessHarness harness = new();
        ProcessLaunch launch = harness.Launch(mode, "env", "-0");
        string[] given = ["PATH=/usr/bin:/bin", "EMPTY=", "ODD.NAME=x y", "npm_config_//host/:key=1", "LINES=a\nb", "QUOTE='\"$(id)\"`id`", "UTF=ü🚢", "exit=7", "s=8"];
        AttemptId attempt = harness.Start(launch with { Environment = given });
        Assert.Equal(0, (await harness.Ended(attempt)).ExitCode);
        string[] expected = [.. given, $"PLIMSOLL_ATTEMPT={harness.JournalId}:{attempt}", $"PWD={harness.Folder}"];
        string[] seen = harness.OutputOf(attempt).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task Arguments_arrive_byte_for_byte(StartMode mode)
    {
        using ProcessHarness harness = new();
        string[] odd = ["", " ", "-n", "--", "a\nb", "$(id)", "`id`", "'", "\"", "\\", "*", "ü🚢", "{{x}}"];
        AttemptId attempt = harness.Start(harness.Launch(mode, ["/bin/sh", "-c", "printf '%s\\0' \"$@\"", "sh", .. odd]));
        await harness.Ended(attempt);
        Assert.Equal(string.Concat(odd.Select(text => text + "\0")), harness.OutputOf(attempt));
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task No_descriptor_of_ours_reaches_the_command(StartMode mode)
    {
        using ProcessHarness harness = new();
        int leaky = LibC.Open("/dev/null", LibC.OpenReadOnly, 0);
        AttemptId attempt = harness.Start(harness.Launch(mode, "ls", "/proc/self/fd"));
        await harness.Ended(attempt);
        _ = LibC.Close(leaky);
        // The fourth is the folder that ls reads.
        Assert.Equal("0\n1\n2\n3\n", harness.OutputOf(attempt));
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task The_command_starts_with_default_signals_an_empty_mask_and_our_file_mode_mask(StartMode mode)
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Launch(mode, "grep", "-E", "^(SigBlk|SigIgn|Umask)", "/proc/self/status"));
        await harness.Ended(attempt);
        string expected = $"Umask:\t{BootIdentity.Mask}\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n";
        Assert.Equal(expected, harness.OutputOf(attempt));
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task Output_files_are_for_the_owner_only_and_binary_output_is_kept(StartMode mode)
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Launch(mode, "head", "-c", "300000", "/dev/urandom"));
        await harness.Ended(attempt);
        Assert.Equal(300000, new FileInfo(harness.FilesOf(attempt).Output).Length);
        foreach (string file in Directory.GetFiles(harness.Folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_hundred_megabytes_of_output_do_not_pass_through_us()
    {
        using ProcessHarness harness = new();
        long before = GC.GetTotalAllocatedBytes();
        ExitReport report = await harness.Run(harness.Launch(StartMode.Supervised, "head", "-c", "100000000", "/dev/zero"));
        Assert.Equal(0, report.ExitCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task A_missing_command_names_the_path_that_was_searched(StartMode mode)
    {
        using ProcessHarness harness = new();
        ExitReport report = await harness.Run(harness.Launch(mode, "no-such-program"));
        Assert.Contains("'no-such-program' not found on the PATH", report.StartError, StringComparison.Ordinal);
        Assert.EndsWith("\nsearched PATH=/usr/bin:/bin", report.StartError, StringComparison.Ordinal);
        Assert.DoesNotContain(harness.Posted, input => input is AttemptStarted);
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task Whatever_stops_a_start_is_named(StartMode mode)
    {
        using ProcessHarness harness = new();
        ProcessLaunch good = harness.Launch(mode, "true");
        string plain = Path.Combine(harness.Folder, "plain");
        await File.WriteAllTextAsync(plain, "", TestContext.Current.CancellationToken);
        (ProcessLaunch Launch, string Message)[] cases =
        [
            (good with { WorkingFolder = "/no/such/folder" }, "working folder /no/such/folder does not exist"),
            (good with { Arguments = ["./plain"] }, "chmod +x"),
            (good with { Arguments = ["./absent"] }, "there is no file"),
            (good with { Arguments = [harness.Folder] }, "is a folder"),
            (good with { Arguments = ["true", new string('x', 200_000)] }, "longest: 200000"),
            (good with { Arguments = [] }, "command is empty"),
            (good with { Environment = ["=x"] }, "without a name"),
            (good with { Arguments = ["true", "a\0b"] }, "NUL"),
            (good with { Files = good.Files with { Output = "/no/such/out" } }, "output folder /no/such does not exist"),
        ];
        foreach ((ProcessLaunch launch, string message) in cases)
            Assert.Contains(message, (await harness.Run(launch with { Attempt = harness.NewAttempt() })).StartError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task A_script_without_an_interpreter_line_is_run_by_the_shell(StartMode mode)
    {
        using ProcessHarness harness = new();
        string script = Path.Combine(harness.Folder, "bare");
        await File.WriteAllTextAsync(script, "echo \"bare $1\"; exit 3\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        AttemptId attempt = harness.Start(harness.Launch(mode, "./bare", "x"));
        Assert.Equal(3, (await harness.Ended(attempt)).ExitCode);
        Assert.Equal("bare x\n", harness.OutputOf(attempt));
    }

    [Fact]
    public async Task A_full_output_folder_is_named()
    {
        using ProcessHarness harness = new();
        string full = Directory.CreateDirectory(Path.Combine(harness.Folder, "full")).FullName;
        ExitReport mounted = await harness.Run(harness.Launch(StartMode.Direct, "mount", "-t", "tmpfs", "-o", "nr_inodes=1", "none", full));
        Assert.SkipUnless(mounted.ExitCode == 0, "missing component: permission to mount a file system");
        try
        {
            ProcessLaunch launch = harness.Launch(StartMode.Direct, "true");
            launch = launch with { Files = launch.Files with { Output = Path.Combine(full, "1.out") } };
            Assert.Contains($"output folder {full} is full", (await harness.Run(launch)).StartError, StringComparison.Ordinal);
        }
        finally
        {
            await harness.Run(harness.Launch(StartMode.Direct, "umount", full));
        }
    }

    [Theory]
    [InlineData(StartMode.Supervised, 5)]
    [InlineData(StartMode.Direct, 0)]
    public async Task Without_a_group_a_supervised_command_gives_way_to_who_watches_it(StartMode mode, int niceness)
    {
        using ProcessHarness harness = new();
        string folder = Directory.CreateDirectory(Path.Combine(harness.Folder, "nice")).FullName;
        // It is set right after the start, so a command may see a moment without.
        AttemptId attempt = harness.Start(harness.Shell(mode, $"for i in 1 2 3 4 5 6 7 8 9 10; do nice > '{folder}/now'; sleep 0.1; done; cat '{folder}/now'"));
        await harness.Ended(attempt);
        Assert.Equal($"{niceness + OwnNiceness()}\n", harness.OutputOf(attempt));

        static int OwnNiceness() => int.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[16], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_revoked_attempt_does_not_run()
    {
        using ProcessHarness harness = new();
        ProcessLaunch launch = harness.Launch(StartMode.Supervised, "echo", "ran");
        Assert.True(PidFile.Revoke(launch.Files.Pid));
        ExitReport report = await harness.Run(launch);
        Assert.Contains("could not be claimed", report.StartError, StringComparison.Ordinal);
        Assert.Empty(harness.OutputOf(launch.Attempt));
        Assert.Null(ExitFile.Read(launch.Files.Exit, out _));
    }

    [Fact]
    public async Task A_supervised_attempt_leaves_its_claim_and_its_exit_code()
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Supervised, "exit 5"));
        await harness.Ended(attempt);
        Assert.Equal(await harness.Started(attempt), PidFile.Read(harness.FilesOf(attempt).Pid));
        Assert.Equal("5\n", await File.ReadAllTextAsync(harness.FilesOf(attempt).Exit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Outputs_are_read_after_success_only()
    {
        using ProcessHarness harness = new();
        ExitReport good = await harness.Run(harness.Shell(StartMode.Direct, "echo key=a=b >> $PLIMSOLL_OUTPUT"));
        Assert.Equal("a=b", good.Outputs!["key"]);
        ExitReport failed = await harness.Run(harness.Shell(StartMode.Direct, "echo key=a >> $PLIMSOLL_OUTPUT; exit 1"));
        Assert.Null(failed.Outputs);
        ExitReport bad = await harness.Run(harness.Shell(StartMode.Direct, "echo nonsense >> $PLIMSOLL_OUTPUT"));
        Assert.Contains("line 1 is 'nonsense'", bad.OutputsError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_direct_start_is_announced_when_it_lasts()
    {
        using ProcessHarness harness = new();
        AttemptId attempt = harness.Start(harness.Launch(StartMode.Direct, "sleep", "1000"));
        Assert.NotEqual(0, (await harness.Started(attempt)).Pid);
        harness.Kill(attempt, 0);
        await harness.Ended(attempt);
    }

    [Fact]
    public async Task A_direct_start_that_ends_at_once_is_not_announced()
    {
        using ProcessHarness harness = new(time: new StoppedClock());
        await harness.Run(harness.Launch(StartMode.Direct, "true"));
        Assert.IsType<AttemptEnded>(Assert.Single(harness.Posted));
    }

    /// <summary>No time passes, so that however busy the machine is nothing lasts.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    [Theory]
    [InlineData("echo b=1 >> $PLIMSOLL_OUTPUT", "'a'")]
    [InlineData("true", "'a'")]
    [InlineData("echo a=1 >> $PLIMSOLL_OUTPUT; echo b= >> $PLIMSOLL_OUTPUT", null)]
    [InlineData("exit 1", null)]
    public async Task A_success_without_a_declared_output_is_none(string script, string? missing)
    {
        using ProcessHarness harness = new();
        foreach (StartMode mode in (StartMode[])[StartMode.Direct, StartMode.Supervised])
        {
            ExitReport report = await harness.Run(harness.Shell(mode, script) with { DeclaredOutputs = ["a", "b"] });
            Assert.Equal(missing is not null, report.OutputsError?.Contains($"did not write the declared output {missing}", StringComparison.Ordinal) ?? false);
        }
    }
}
