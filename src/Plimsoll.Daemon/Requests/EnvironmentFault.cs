using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Requests;

/// <summary>Tells a broken environment (journal, disk, permissions) from a bug.</summary>
public static class EnvironmentFault
{
    /// <summary>True when the message of the exception already says what is wrong and what to change.</summary>
    public static bool Covers(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or JournalException;
}
