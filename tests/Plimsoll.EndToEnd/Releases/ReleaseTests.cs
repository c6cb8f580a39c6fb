using System.Security.Cryptography;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Releases;

/// <summary>What eng/publish makes is unpacked and used as a user without .NET would.</summary>
public sealed class ReleaseTests
{
    private static readonly string Released = Path.Combine(RepositoryFiles.Root, "artifacts", "release");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_archive_runs_without_dotnet_and_the_image_runs_a_plan()
    {
        Assert.SkipWhen(TestLevel.Current == "quick", "publishing takes a minute: levels all and soak");
        Component.Require("podman");
        Component.Require("busybox");
        using (RunningProcess publish = RunningProcess.Start(Path.Combine(RepositoryFiles.Root, "eng", "publish"), ["--image"], RepositoryFiles.Root))
        {
            (await publish.WaitAsync(Cancel, TimeSpan.FromMinutes(5))).Ended(0);
        }

        await ChecksumsHoldAsync();
        await ArchiveRunsAsync();
        await ImageRunsAsync();
    }

    private static async Task ChecksumsHoldAsync()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Released, "SHA256SUMS"), Cancel);
        Assert.Equal(2, lines.Length);
        foreach (string[] line in lines.Select(line => line.Split("  ")))
        {
            await using FileStream file = File.OpenRead(Path.Combine(Released, line[1]));
            Assert.Equal(line[0], Convert.ToHexStringLower(await SHA256.HashDataAsync(file, Cancel)));
        }
    }

    private static async Task ArchiveRunsAsync()
    {
        using TemporaryProject project = new();
        string archive = Directory.GetFiles(Released, "plimsoll-*-linux-x64.tar.gz").Single();
        (await project.ShellAsync($"mkdir -p opt bin && tar -xzf '{archive}' -C opt && ln -s \"$PWD\"/opt/plimsoll-*/bin/plimsoll bin/plimsoll")).Ended(0);
        project.Environment["PATH"] = "/usr/bin:/bin";
        project.Environment["DOTNET_ROOT"] = "/nonexistent";
        using RunningProcess version = RunningProcess.Start(project.PathOf("bin/plimsoll"), ["--version"], project.Folder, project.Environment);
        Assert.Matches(@"^(plimsoll )?\d+\.\d+\.\d+", (await version.WaitAsync(Cancel)).Ended(0).Stdout);
        string quickstart = Directory.GetFiles(project.PathOf("opt"), "quickstart.yaml", SearchOption.AllDirectories).Single();
        using RunningProcess run = RunningProcess.Start(project.PathOf("bin/plimsoll"), ["run", quickstart], project.Folder, project.Environment);
        (await run.WaitAsync(Cancel)).WithoutStackTrace().Ended(0);
        Assert.True(File.Exists(project.PathOf(".plimsoll/journal.db")));
    }

    private static async Task ImageRunsAsync()
    {
        using TemporaryProject project = new();
        string image = Directory.GetFiles(Released, "plimsoll-*-image.tar").Single();
        string version = Path.GetFileName(image)["plimsoll-".Length..^"-image.tar".Length];
        // runc and these limits, because some machines refuse what crun and podman's defaults ask for.
        string options = "--rm --runtime runc --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --network none";
        (await project.ShellAsync($"podman load -q -i '{image}'")).Ended(0);
        project.Write("quickstart.yaml", RepositoryFiles.Read("examples/quickstart.yaml"));
        ProcessResult run = await project.ShellAsync($"podman run {options} -v '{project.Folder}:/project' plimsoll:{version} run quickstart.yaml");
        run.WithoutStackTrace().Ended(0);
        Assert.True(File.Exists(project.PathOf(".plimsoll/journal.db")));
    }
}
