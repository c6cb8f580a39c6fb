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
        var peaks = block.ShapeOf.Select(shape => block.Shapes[shape]).Where(shape => shape.Memory is not null).ToArray();
        long predicted = 0, exceeded = 0;
        List<double> rates = [];
        for (int seed = 0; seed < 40; seed++)
        {
            var host = new HostProfile();
            Dictionary<string, ClassProfile> profiles = new(StringComparer.Ordinal);
            new Random(seed).Shuffle(peaks);
            for (int i = 0; i < peaks.Length; i++)
            {
                if (!profiles.TryGetValue(peaks[i].Class, out ClassProfile? profile))
                {
                    profiles.Add(peaks[i].Class, profile = new ClassProfile(host));
                }

                profile.Learn(Sample(i + 1, peaks[i].Memory!.Value.Value, peaks[i].Memory!.Value.Value));
            }

            long all = profiles.Values.Sum(profile => profile.Predicted), above = profiles.Values.Sum(profile => profile.Exceeded);
            (predicted, exceeded) = (predicted + all, exceeded + above);
            rates.Add(above / (double)all);
        }

        double rate = exceeded / (double)predicted;
        TestContext.Current.SendDiagnosticMessage(
            $"{file}: exceeded in {rate:P1} of {predicted} predictions over 40 orders; single orders {rates.Min():P1} to {rates.Max():P1}, {rates.Count(one => one is >= 0.02 and <= 0.08)} of 40 within 2-8 %");
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

        Assert.Equal(1_700L << 20, profile.Footprint.Settled);
    }

    [Fact]
    public void After_20_attempts_unknown_classes_burst_as_those_of_the_host_do()
    {
        var host = new HostProfile();
        Assert.Equal((2, 0.2), host.Bursts);
        var profile = new ClassProfile(host);
        for (int i = 1; i <= 20; i++)
        {
            profile.Learn(Sample(i, 100 << 20, 150 << 20));
        }

        Assert.Equal(0.5, host.Bursts.Ratio, 3);
    }

    private static FootprintSample Sample(long fence, long settled, long peak) =>
        new(fence, new Bytes(settled), new Bytes(peak), 0.1, TimeSpan.FromSeconds(1), default, default, default, 0, TimeSpan.FromSeconds(10));
}
