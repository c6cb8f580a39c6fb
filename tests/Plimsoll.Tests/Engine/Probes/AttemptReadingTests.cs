using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Probes;
using Xunit;

namespace Plimsoll.Tests.Engine.Probes;

public sealed class AttemptReadingTests
{
    private readonly AttemptReading reading = new(new AttemptId(new TaskId(1L << 32), 1, 1));

    [Fact]
    public void What_an_attempt_held_is_told_at_its_end_and_no_later_reading_changes_it()
    {
        Read(100, seconds: 1);
        Read(300, seconds: 2);
        Read(200, seconds: 3);
        AttemptFootprint held = reading.Finish(TimeSpan.FromSeconds(4))!;
        Read(900, seconds: 5);
        Assert.Equal(Bytes.FromMebibytes(300), held.Peak);
        Assert.Equal(Bytes.FromMebibytes(300), reading.Finish(TimeSpan.FromSeconds(6))!.Peak);
    }

    [Fact]
    public void An_attempt_that_was_never_read_has_no_footprint() => Assert.Null(reading.Finish(TimeSpan.FromSeconds(1)));

    private void Read(long mebibytes, int seconds) =>
        reading.Add(Bytes.FromMebibytes(mebibytes), TimeSpan.Zero, frozen: false, TimeSpan.FromSeconds(seconds));
}
