namespace Plimsoll.Daemon.Watching;

/// <summary>Tells when it is worth giving back the memory that a burst of work left behind: the service is quiet, and much has gathered.</summary>
/// <remarks>The runtime collects when something is allocated; a service that has accepted 100,000 tasks and waits would hold 30 MiB of garbage for ever. One caller, about once a second.</remarks>
internal sealed class HeapRest
{
    private const long QuietBytes = 2L << 20;
    private const long WorthBytes = 12L << 20;
    private const int QuietLooks = 3;

    // The pause grows with what lives.
    private const long MostBytes = 256L << 20;

    private long allocatedBefore;
    private long heldAfter;
    private int quiet;

    /// <param name="allocatedBytes">Allocated since the start of the process.</param>
    /// <param name="heldBytes">On the heap now, garbage included.</param>
    public bool IsDue(long allocatedBytes, long heldBytes)
    {
        quiet = allocatedBytes - allocatedBefore <= QuietBytes ? quiet + 1 : 0;
        allocatedBefore = allocatedBytes;
        return quiet >= QuietLooks && heldBytes <= MostBytes && heldBytes - heldAfter >= WorthBytes;
    }

    /// <param name="heldBytes">On the heap after the collection.</param>
    public void Collected(long heldBytes) => heldAfter = heldBytes;
}
