using Plimsoll.EndToEnd.Daemon;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Readme;

/// <summary>What README.md shows is what happens.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Every_transcript_prints_what_the_readme_says()
    {
        using TemporaryProject project = new();
        foreach (string example in RepositoryFiles.All.Where(path => path.StartsWith("examples/", StringComparison.Ordinal)))
        {
            project.Write(example, RepositoryFiles.Read(example));
        }

        File.CreateSymbolicLink(project.PathOf("plimsoll"), TemporaryProject.Executable);
        Assert.NotEmpty(Transcript.All);
        foreach (Transcript transcript in Transcript.All.Where(transcript => transcript.Kind.Length == 0))
        {
            await FollowAsync(project, transcript);
        }

        await project.NothingRunsAsync();
    }

    [Fact]
    public async Task The_recording_prints_what_the_readme_says()
    {
        string recording = Path.GetFullPath(Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "wfinstances", "bwa-chameleon-large-001.json"));
        Component.RequirePath(recording, "recorded workflows in ../shared/data");
        using TemporaryProject project = new();
        File.CreateSymbolicLink(project.PathOf("bwa.json"), recording);
        await FollowAsync(project, Transcript.All.Single(transcript => transcript.Kind == "recording"));
    }

    [Fact]
    public async Task The_service_is_killed_and_goes_on_as_the_readme_says()
    {
        using TemporaryProject project = new();
        project.Write("examples/quickstart.yaml", RepositoryFiles.Read("examples/quickstart.yaml"));
        File.CreateSymbolicLink(project.PathOf("plimsoll"), TemporaryProject.Executable);
        ServiceProcess? service = null;
        try
        {
            foreach ((string command, string output) in Transcript.All.Single(transcript => transcript.Kind == "service").Steps)
            {
                switch (command)
                {
                    case "./plimsoll serve -j 2 &":
                        service?.Dispose();
                        service = new ServiceProcess(project, "-j", "2");
                        await service.ReadyAsync();
                        break;
                    case "kill -9 %1":
                        await service!.KillAsync();
                        break;
                    default:
                        await FollowAsync(project, new Transcript("service", [(command, output)]));
                        break;
                }
            }

            await service!.IdleAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(7, (await project.PlimsollAsync("status", "2", "--only", "succeeded", "--json")).Ended(0).Stdout.Split("\"state\":\"succeeded\"").Length - 1);
        }
        finally
        {
            service?.Dispose();
        }
    }

    /// <summary>Runs each command and compares what it prints; its exit code is part of what users see only as output.</summary>
    internal static async Task FollowAsync(TemporaryProject project, Transcript transcript)
    {
        foreach ((string command, string output) in transcript.Steps)
        {
            ProcessResult result = (await project.ShellAsync($"exec 2>&1\n{command}")).WithoutStackTrace();
            // The shell's own note that it saw a program killed names line numbers of the test.
            string printed = string.Join('\n', result.Stdout.Split('\n').Where(line => !line.Contains(" Killed ", StringComparison.Ordinal)));
            Assert.True(
                Transcript.Comparable(output).SequenceEqual(Transcript.Comparable(printed), StringComparer.Ordinal),
                $"README.md says after '{command}':\n{output}\nand it printed:\n{printed}");
        }
    }
}
