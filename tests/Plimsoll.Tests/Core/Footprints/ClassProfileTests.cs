using System.Globalization;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Units;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.WfCommons;
using Plimsoll.Tests.Plans;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Core.Footprints;

public sealed class ClassProfileTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "wfinstances");

    [Theory]
    [InlineData("airrflow-dirt02-001")]
    [InlineData("blast-chameleon-large-001")]
    public void The_predicted_95_percent_quantile_of_recorded_peaks_is_exceeded_in_2_to_8_percent(string file)
    {
        Component.RequirePath(Folder, "recorded workflows in ../shared/data/wfinstances");
        string text = File.ReadAllText(Path.Combine(Folder, file + ".json"));
        var block = PlanCompiler.Compile(new PlanSource(file, text, PlanFormat.WfCommons, new WfCommonsOptions()), PlimsollConfiguration.Default).Plan!.Block;
        AssertCalibrated(file, [.. block.ShapeOf.Select(shape => block.Shapes[shape])
            .Where(shape => shape.Memory is not null)
            .Select(shape => (shape.Class, Sample(0, shape.Memory!.Value.Value) with { Size = shape.Size }))]);
    }

    [Fact]
    public void The_predicted_95_percent_quantile_of_real_agents_is_exceeded_in_2_to_8_percent() =>
        AssertCalibrated("agents", [.. File.ReadLines(Path.Combine(RepositoryFiles.Root, "tests", "Plimsoll.Tests", "Core", "Footprints", "Recorded", "agents.csv"))
            .Where(line => !line.StartsWith('#'))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(field => (field[0], Sample(0, long.Parse(field[1], CultureInfo.InvariantCulture), long.Parse(field[2], CultureInfo.InvariantCulture))))]);

    private static void AssertCalibrated(string about, (string Class, FootprintSample Sample)[] attempts)
    {
        long predicted = 0, exceeded = 0;
        List<double> rates = [];
        for (int seed = 0; seed < 40; seed++)
        {
            var host = new HostProfile();
            Dictionary<string, ClassProfile> profiles = new(StringComparer.Ordinal);
            new Random(seed).Shuffle(attempts);
            for (int i = 0; i < attempts.Length; i++)
            {
                if (!profiles.TryGetValue(attempts[i].Class, out ClassProfile? profile))
                {
                    profiles.Add(attempts[i].Class, profile = new ClassProfile(host));
                }

                profile.Learn(attempts[i].Sample with { Fence = i + 1 });
            }

            long all = profiles.Values.Sum(profile => profile.Predicted), above = profiles.Values.Sum(profile => profile.Exceeded);
            (predicted, exceeded) = (predicted + all, exceeded + above);
            rates.Add(above / (double)all);
        }

        double rate = exceeded / (double)predicted;
        TestContext.Current.SendDiagnosticMessage(
            $"{about}: exceeded in {rate:P1} of {predicted} predictions over 40 orders; single orders {rates.Min():P1} to {rates.Max():P1}, {rates.Count(one => one is >= 0.02 and <= 0.08)} of 40 within 2-8 %");
        Assert.InRange(rate, 0.02, 0.08);
        Assert.True(rates.Count(one => one is >= 0.02 and <= 0.08) >= 32, "too many orders lie outside");
    }

    [Fact]
    public void A_sample_that_is_known_already_changes_nothing()
    {
        var profile = new ClassProfile(new HostProfile());
        Assert.True(profile.Learn(Sample(7, 100, 200)));
        Assert.False(profile.Learn(Sample(7, 900, 900)));
        Assert.Equal((1, 0), (profile.Measured, profile.Predicted));
    }

    [Fact]
    public void A_saved_profile_is_the_same_when_it_is_loaded()
    {
        var profile = new ClassProfile(new HostProfile());
        for (int i = 1; i <= 200; i++)
        {
            profile.Learn(Sample(i, (100 + (i * 37 % 50)) << 20, (200 + (i * 53 % 400)) << 20));
        }

        var loaded = new ClassProfile(new HostProfile());
        loaded.Load(profile.Save());
        Assert.Equal(64, loaded.Samples.Count);
        Assert.Equal(profile.Footprint, loaded.Footprint);
        Assert.Equal(profile.Save().Samples, loaded.Save().Samples);
        Assert.Equal(profile.Save() with { Samples = [] }, loaded.Save() with { Samples = [] });
    }

    [Fact]
    public void Large_tasks_are_not_forgotten_behind_a_tail_of_small_ones()
    {
        var profile = new ClassProfile(new HostProfile());
        for (int i = 1; i <= 600; i++)
        {
            profile.Learn(Sample(i, (i <= 400 ? 1_700L : 5L) << 20, (i <= 400 ? 1_700L : 5L) << 20));
        }

        // However low most of them lie: the large ones are expected, and as often as they come.
        Footprint footprint = profile.Footprint;
        Assert.True(footprint.Settled + footprint.Burst >= 1_700L << 20);
        Assert.True(footprint.Burst == 0 || footprint.Share >= 0.2, footprint.ToString());
    }

    [Fact]
    public void After_20_attempts_unknown_classes_burst_as_those_of_the_host_do()
    {
        var host = new HostProfile();
        Assert.Equal((2, 0.5), host.Bursts);
        var profile = new ClassProfile(host);
        for (int i = 1; i <= 20; i++)
        {
            profile.Learn(Sample(i, 100 << 20, 150 << 20));
        }

        Assert.Equal(0.5, host.Bursts.Ratio, 3);
    }

    [Fact]
    public void Where_memory_follows_the_size_of_the_input_small_tasks_set_less_aside()
    {
        var profile = new ClassProfile(new HostProfile());
        var random = new Random(5);
        for (int i = 1; i <= 60; i++)
        {
            long size = 1 << (i % 6);
            profile.Learn(Sample(i, (long)(Need(size) * (0.95 + (0.1 * random.NextDouble())))) with { Size = size });
        }

        Assert.True(profile.FollowsSize);
        foreach (int size in (int[])[1, 4, 32, 64])
        {
            Footprint footprint = profile.FootprintFor(size);
            Assert.InRange(footprint.Settled + footprint.Burst, Need(size) * 0.99, Need(size) * 1.25);
        }

        // Without a size the largest is what has to be expected.
        Assert.True(profile.Footprint.Settled + profile.Footprint.Burst >= Need(32) * 0.95);
        Assert.InRange(profile.Exceeded / (double)profile.Predicted, 0, 0.2);

        static long Need(long size) => (50 + (20 * size)) << 20;
    }

    [Fact]
    public void A_size_that_says_nothing_of_memory_changes_nothing()
    {
        var profile = new ClassProfile(new HostProfile());
        var random = new Random(6);
        for (int i = 1; i <= 60; i++)
        {
            profile.Learn(Sample(i, (100 + random.Next(200)) << 20) with { Size = 1 << random.Next(6) });
        }

        Assert.False(profile.FollowsSize);
        Assert.Equal(profile.Footprint, profile.FootprintFor(1));
    }

    [Fact]
    public void Few_tasks_or_equal_sizes_make_no_line()
    {
        var profile = new ClassProfile(new HostProfile());
        for (int i = 1; i <= 7; i++)
        {
            profile.Learn(Sample(i, (10 * i) << 20) with { Size = i });
        }

        Assert.False(profile.FollowsSize);
        profile = new ClassProfile(new HostProfile());
        for (int i = 1; i <= 30; i++)
        {
            profile.Learn(Sample(i, (10 * i) << 20) with { Size = 1 + (i % 2) });
        }

        Assert.False(profile.FollowsSize);
    }

    private static FootprintSample Sample(long fence, long settled) => Sample(fence, settled, settled);

    private static FootprintSample Sample(long fence, long settled, long peak) =>
        new(fence, new Bytes(settled), new Bytes(peak), 0.1, TimeSpan.FromSeconds(1), default, default, default, 0, TimeSpan.FromSeconds(10));
}
