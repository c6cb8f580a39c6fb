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

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        bool holds = false;
        for (int i = 0; i < 600 && !(holds = await condition()); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(holds, "what was waited for did not happen within 30 s");
    }
}
