using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Probes;
using Xunit;

namespace Plimsoll.Tests.Engine.Probes;

public sealed class LeafMemoryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-leaf-").FullName;

    [Theory]
    [InlineData(true, "anon 100\nfile 900\nkernel 30\nshmem 50\nslab_reclaimable 10\n", 170)]
    [InlineData(true, "anon 100\nshmem 50\nkernel_stack 3\npagetables 4\npercpu 1\nslab_reclaimable 9\nslab_unreclaimable 2\n", 160)]
    [InlineData(false, "rss 1\ntotal_cache 900\ntotal_rss 100\ntotal_shmem 50\n", 157)]
    public void A_task_holds_what_is_not_page_cache(bool unified, string statistics, long expected)
    {
        Write("memory.stat", statistics);
        Write("memory.kmem.usage_in_bytes", "7\n");
        Write("cpu.stat", "usage_usec 1500000\n");
        Write("cpuacct.usage", "1500000000\n");
        using LeafMemory leaf = LeafMemory.Open(Paths(unified))!;
        Assert.Equal(new Bytes(expected), leaf.Resident());
        Assert.Equal(TimeSpan.FromSeconds(1.5), leaf.Cpu());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("anon -1\nshmem 5\n")]
    [InlineData("anon 5\n")]
    public void Nonsense_is_no_reading(string statistics)
    {
        Write("memory.stat", "anon 1\nshmem 1\n");
        using LeafMemory leaf = LeafMemory.Open(Paths(unified: true))!;
        Assert.NotNull(leaf.Resident());
        Write("memory.stat", statistics);
        Assert.Null(leaf.Resident());
    }

    [Fact]
    public void Without_its_file_there_is_no_leaf_to_read() => Assert.Null(LeafMemory.Open(Paths(unified: true)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private CgroupPaths Paths(bool unified) => new(folder, unified ? folder : null, null, unified ? null : folder, null, null);

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(folder, file), content);
}
