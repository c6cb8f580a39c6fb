using Plimsoll.Daemon.Watching;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching;

public sealed class HeapRestTests
{
    private const long Mebibyte = 1 << 20;
    private readonly HeapRest rest = new();

    [Fact]
    public void Memory_is_given_back_once_the_service_is_quiet_after_a_burst()
    {
        Assert.Equal([false, false, false, true], Looks((100, 40), (100, 40), (101, 41), (101, 41)));
        rest.Collected(15 * Mebibyte);

        Assert.Equal([false, false], Looks((101, 15), (102, 16)));
    }

    [Fact]
    public void A_busy_service_is_left_alone() => Assert.Equal([false, false, false, false], Looks((100, 40), (200, 60), (300, 40), (400, 60)));

    [Fact]
    public void Little_garbage_is_left_alone() => Assert.Equal([false, false, false, false, false], Looks((5, 5), (5, 5), (5, 5), (5, 5), (5, 5)));

    [Fact]
    public void A_heap_whose_collection_would_be_a_long_pause_is_left_alone() => Assert.DoesNotContain(true, Looks((900, 900), (900, 900), (900, 900), (900, 900), (900, 900)));

    private bool[] Looks(params (long Allocated, long Held)[] mebibytes) => [.. mebibytes.Select(one => rest.IsDue(one.Allocated * Mebibyte, one.Held * Mebibyte))];
}
