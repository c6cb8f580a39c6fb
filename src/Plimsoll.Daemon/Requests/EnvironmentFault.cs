using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Requests;

/// <summary>Tells a broken environment (journal, disk, permissions) from a bug.</summary>
public static class EnvironmentFault
{
    /// <remarks>A timeout that gets this far is one of the world: processes of an earlier run that hang in the kernel.</remarks>
    /// <summary>True when the message of the exception already says what is wrong and what to change.</summary>
    public static bool Covers(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or JournalException or TimeoutException;
}
