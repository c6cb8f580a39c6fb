using Plimsoll.Engine.Diagnostics;
using Xunit;

namespace Plimsoll.Tests.Engine.Diagnostics;

public sealed class OwnedThreadTests
{
    [Fact]
    public void An_exception_reaches_the_owner_and_dispose_waits_for_the_end()
    {
        Exception? seen = null;
        using (OwnedThread thread = new("owner", "work", () => throw new InvalidOperationException("x"), exception => seen = exception))
        {
            Assert.Equal("owner:work", thread.Name);
            thread.Start();
        }

        Assert.Equal("x", seen?.Message);
    }
}
