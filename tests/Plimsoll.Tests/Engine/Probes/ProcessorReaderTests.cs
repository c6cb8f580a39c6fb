using Plimsoll.Core.Capacity;
using Plimsoll.Engine.Probes;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Probes;

public sealed class ProcessorReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-cpu-").FullName;
    private readonly ManualTime time = new();

    [Fact]
    public void Busy_is_what_is_neither_idle_nor_waits_for_a_disk_over_a_second()
    {
        using ProcessorReader reader = Open("cpu  100 0 100 800 100 0 0 0 5 0", "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n")!;
        Assert.Equal(new CpuSample(0, 0), reader.Read());
        time.Advance(TimeSpan.FromSeconds(1));
        Write("stat", "cpu  130 0 130 830 110 0 0 0 5 0");
        Write("pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=250000\n");
        Assert.Equal(new CpuSample(0.6, 0.25), reader.Read());

        // Within a second the last share stands.
        time.Advance(TimeSpan.FromMilliseconds(100));
        Write("stat", "cpu  930 0 130 830 110 0 0 0 5 0");
        Assert.Equal(0.6, reader.Read()!.Value.Busy);
    }

    [Fact]
    public void Without_the_kernels_count_of_stalls_only_the_use_is_told()
    {
        using ProcessorReader reader = Open("cpu  1 2 3 4 5 6 7 8 9 0", null)!;
        Assert.Equal(new CpuSample(0, null), reader.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu0 1 2 3 4 5 6 7 8")]
    [InlineData("cpu  1 2 3")]
    [InlineData("cpu  1 2 -3 4 5 6 7 8")]
    public void Nonsense_is_not_read_as_use(string stat) => Assert.Null(Open(stat, null));

    [Fact]
    public void Nonsense_that_comes_later_ends_what_is_told()
    {
        using ProcessorReader reader = Open("cpu  1 2 3 4 5 6 7 8 9 0", null)!;
        Write("stat", "cpu  x");
        Assert.Null(reader.Read());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ProcessorReader? Open(string stat, string? pressure)
    {
        Write("stat", stat);
        if (pressure is not null)
            Write("pressure", pressure);

        return ProcessorReader.Open(time, Path.Combine(folder, "stat"), Path.Combine(folder, "pressure"));
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(folder, name), content);
}
