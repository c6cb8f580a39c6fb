using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Containers;

/// <summary>podman answering docker's API on a socket of its own, an image with nothing but busybox, and a project that finds both.</summary>
internal sealed class DockerSocket : IDisposable
{
    public const string Image = "localhost/plimsoll-e2e-busybox";
    private readonly RunningProcess service;

    private DockerSocket(TemporaryProject project, RunningProcess service)
    {
        Project = project;
        this.service = service;
    }

    public TemporaryProject Project { get; }

    public static async Task<DockerSocket> OpenAsync()
    {
        Component.Require("docker");
        Component.Require("podman");
        Component.Require("runc");
        Component.RequirePath("/bin/busybox", "busybox-static");
        MemoryCgroups.Require();
        TemporaryProject project = new();
        // Where raising limits is not allowed the engine's own are refused by the kernel, and crun refuses hybrid hierarchies.
        project.Write("containers.conf", "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\nnetns = \"none\"\n[engine]\nruntime = \"runc\"\n");
        project.Environment["CONTAINERS_CONF"] = project.PathOf("containers.conf");
        project.Write("image/bin/placeholder", "");
        File.Copy("/bin/busybox", project.PathOf("image/bin/busybox"));
        (await project.ShellAsync("for name in sh tail sleep; do ln -s busybox image/bin/$name; done; tar -C image -cf image.tar bin && podman import --quiet image.tar " + Image)).Ended(0);
        string socket = project.PathOf("docker.sock");
        project.Environment["DOCKER_HOST"] = $"unix://{socket}";
        RunningProcess service = RunningProcess.Start("podman", ["system", "service", "--time", "0", $"unix://{socket}"], project.Folder, project.Environment);
        DockerSocket opened = new(project, service);
        await TemporaryProject.UntilAsync(() => File.Exists(socket) || service.HasEnded, "podman's socket is there");
        Assert.False(service.HasEnded, service.Seen);
        return opened;
    }

    /// <summary>What podman knows of containers that this project's tasks were given.</summary>
    public async Task<string[]> ContainersAsync()
    {
        ProcessResult listing = (await Project.ShellAsync("podman ps --all --no-trunc --filter label=plimsoll.journal --format '{{.Names}} {{.State}} {{.Mounts}}'")).Ended(0);
        return [.. listing.StdoutLines.Where(line => line.Contains(Project.Folder, StringComparison.Ordinal))];
    }

    public void Dispose()
    {
        service.Dispose();
        Project.Dispose();
    }
}
