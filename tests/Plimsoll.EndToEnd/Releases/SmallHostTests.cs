using Xunit;

namespace Plimsoll.EndToEnd.Releases;

/// <summary>A machine with 2 GB and no swap, where 15 jobs of 300 to 500 MB meet the kernel's killer, and with Plimsoll do not.</summary>
[Collection(EmulatedMachines.Name)]
public sealed class SmallHostTests
{
    [Fact]
    public async Task A_real_small_host_survives_what_it_does_not_survive_without_plimsoll()
    {
        string said = await EmulatedMachine.RunAsync("small-host", "SMALL_HOST_SECONDS", 360);
        Assert.Matches(@"(?m)^accident +\d+ of 15 jobs succeeded, [1-9]\d* killed by the kernel", said);
        Assert.Matches("(?m)^plimsoll +15 of 15 jobs succeeded, 0 killed by the kernel", said);
    }
}
