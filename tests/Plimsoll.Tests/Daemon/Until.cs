using Xunit;

namespace Plimsoll.Tests.Daemon;

/// <summary>Waits for something a process does; the limit can only fail.</summary>
internal static class Until
{
    public static async Task FileAsync(string path)
    {
        for (int i = 0; i < 3000 && !File.Exists(path); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(path), $"{path} did not appear within 30 s");
    }
}
