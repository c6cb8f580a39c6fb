using Plimsoll.Watch.Series;
using Xunit;

namespace Plimsoll.Tests.Watch.Series;

/// <summary>Series keep what they promise, with gaps as gaps, in bounded memory.</summary>
public sealed class SeriesStoreTests
{
    private static readonly DateTimeOffset Start = Readings.Start;

    [Fact]
    public void Each_resolution_keeps_its_span()
    {
        SeriesStore store = Filled(7 * 3600, second => second);
        DateTimeOffset end = Start.AddSeconds((7 * 3600) - 1);

        SeriesView fine = store.Read("x", end.AddSeconds(-599), end)!;
        Assert.Equal(TimeSpan.FromSeconds(1), fine.Step);
        Assert.Equal(600, fine.Points.Length);
        Assert.Equal((7 * 3600) - 1, fine.Points[^1].Mean);

        SeriesView middle = store.Read("x", end.AddHours(-6).AddSeconds(10), end, 3000)!;
        Assert.Equal(TimeSpan.FromSeconds(10), middle.Step);
        Assert.All(middle.Points, point => Assert.NotNull(point.Mean));
        Assert.Equal(middle.Points[5].Mean!.Value + 4.5, middle.Points[5].Largest!.Value, 3);

        SeriesView coarse = store.Read("x", end.AddHours(-7), end, 100)!;
        Assert.Equal(TimeSpan.FromMinutes(5), coarse.Step);
        Assert.Equal(149.5, coarse.Points.First(point => point.Mean is not null).Mean!.Value, 1);
    }

    [Fact]
    public void A_gap_is_shown_as_a_gap()
    {
        var store = new SeriesStore();
        store.Add("x", Start, 1);
        store.Add("x", Start.AddSeconds(1), null);
        store.Add("x", Start.AddSeconds(2), double.NaN);
        store.Add("x", Start.AddSeconds(5), 5);

        SeriesView view = store.Read("x", Start, Start.AddSeconds(5))!;

        Assert.Equal([1, null, null, null, null, 5], view.Points.Select(point => point.Mean));
    }

    [Fact]
    public void A_clock_that_was_a_year_ahead_leaves_nothing_behind()
    {
        var store = new SeriesStore();
        store.Add("x", Start, 1);
        store.Add("x", Start.AddYears(1), 2);
        store.Add("x", Start.AddSeconds(1), 3);
        store.Add("x", Start.AddSeconds(2), 4);

        Assert.Equal([null, 3, 4], store.Read("x", Start, Start.AddSeconds(2))!.Points.Select(point => point.Mean));
        Assert.Null(store.Read("x", Start.AddYears(1), Start.AddYears(1))!.Points[0].Mean);
    }

    [Fact]
    public void A_clock_set_back_by_an_hour_keeps_what_was_before()
    {
        var store = new SeriesStore();
        for (int second = 0; second < 7200; second++)
        {
            store.Add("x", Start.AddSeconds(second), second);
        }

        store.Add("x", Start.AddSeconds(3600), -1);

        SeriesView view = store.Read("x", Start.AddSeconds(3400), Start.AddSeconds(3700), 40)!;
        Assert.Equal(TimeSpan.FromSeconds(10), view.Step);
        Assert.Equal(3404.5, view.Points[0].Mean);
        Assert.All(view.Points.Where(point => point.At > Start.AddSeconds(3600)), point => Assert.Null(point.Mean));
    }

    [Fact]
    public void A_month_is_read_in_as_many_points_as_are_asked_for_and_its_gaps_stay_gaps()
    {
        var store = new SeriesStore();
        for (int slot = 0; slot < 8640; slot++)
        {
            store.Add("x", Start.AddMinutes(5 * slot), slot is >= 4000 and < 4400 ? null : slot);
        }

        DateTimeOffset end = Start.AddMinutes(5 * 8639);
        SeriesView view = store.Read("x", end.AddDays(-30), end, 240)!;
        Assert.InRange(view.Points.Length, 200, 240);
        Assert.Equal(TimeSpan.FromMinutes(5 * 36), view.Step);
        Assert.InRange(view.Points.First(static point => point.Mean is not null).At, Start.AddDays(-1), Start.AddDays(1));
        Assert.Equal(8639, view.Points[^1].Largest);
        Assert.InRange(view.Points.Count(point => point.Mean is null && point.At > Start.AddDays(1)), 400 / 36 - 1, 400 / 36 + 1);
        Assert.All(view.Points, static point => Assert.True(point.Mean is null || point.Mean <= point.Largest));
    }

    [Fact]
    public void Readings_a_moment_late_are_dropped_and_harm_nothing()
    {
        var store = new SeriesStore();
        store.Add("x", Start.AddSeconds(10), 1);
        store.Add("x", Start.AddSeconds(8), 100);

        Assert.Equal([null, null, 1], store.Read("x", Start.AddSeconds(8), Start.AddSeconds(10))!.Points.Select(point => point.Mean));
    }

    [Fact]
    public void Series_beyond_the_bound_are_refused()
    {
        var store = new SeriesStore();
        Assert.All(Enumerable.Range(0, SeriesStore.Most), i => Assert.True(store.Add($"s{i}", Start, 1)));

        Assert.False(store.Add("one more", Start, 1));
        Assert.Null(store.Read("one more", Start, Start));
        Assert.True(store.Add("s0", Start.AddSeconds(1), 2));
    }

    [Fact]
    public void A_record_brings_everything_back()
    {
        SeriesStore store = Filled(4000, second => second % 7 == 0 ? double.NaN : Math.Sin(second));
        DateTimeOffset end = Start.AddSeconds(3999);

        byte[] record = SeriesRecord.Save(store);
        SeriesStore restored = SeriesRecord.Restore(record)!;

        Assert.Equal(store.Read("x", end.AddSeconds(-500), end)!.Points, restored.Read("x", end.AddSeconds(-500), end)!.Points);
        Assert.Equal(store.Read("x", Start, end, 500)!.Points, restored.Read("x", Start, end, 500)!.Points);
        restored.Add("x", end.AddSeconds(60), 5);
        Assert.Equal(5, restored.Read("x", end.AddSeconds(60), end.AddSeconds(60))!.Points[0].Mean);
    }

    [Fact]
    public void A_damaged_record_is_refused_whatever_byte_is_wrong()
    {
        byte[] record = SeriesRecord.Save(Filled(100, second => second));
        Assert.Null(SeriesRecord.Restore([]));
        Assert.Null(SeriesRecord.Restore(record.AsSpan(0, record.Length / 2)));
        Assert.Null(SeriesRecord.Restore(new byte[1000]));
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. record];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            _ = SeriesRecord.Restore(damaged);
        }
    }

    private static SeriesStore Filled(int seconds, Func<int, double> value)
    {
        var store = new SeriesStore();
        for (int second = 0; second < seconds; second++)
        {
            store.Add("x", Start.AddSeconds(second), value(second));
        }

        return store;
    }
}
