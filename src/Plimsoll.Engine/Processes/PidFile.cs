using System.Globalization;
using System.Runtime.InteropServices;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>The claim of a supervised attempt; only one process can create it.</summary>
internal static class PidFile
{
    private const int ReadLimit = 256;

    /// <summary>Who claimed, or null when nobody did, the claim is not complete, or the attempt was revoked.</summary>
    public static ProcessIdentity? Read(string path)
    {
        if (!SmallFile.TryRead(path, ReadLimit, out string text) || !text.EndsWith('\n'))
            return null;

        string[] parts = text.Split(' ', StringSplitOptions.TrimEntries);
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? new ProcessIdentity(pid, ticks, parts[2])
            : null;
    }

    /// <summary>Takes the claim so that no supervisor can run the attempt any more.</summary>
    /// <returns>False when somebody was first, or its folder is gone, so that nobody can claim.</returns>
    /// <exception cref="IOException">It can be claimed still: the disk is full or read-only.</exception>
    public static bool Revoke(string path)
    {
        int descriptor = LibC.Open(path, LibC.OpenWriteOnly | LibC.OpenCreate | LibC.OpenExclusive | LibC.OpenCloseOnExec, 0x180);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error is Errno.Exists or Errno.NoEntry or Errno.NotDirectory
                ? false
                : throw new IOException($"{path} cannot be made, so that its attempt could begin still: {Errno.Text(error)}; free space there or make it writable");
        }

        _ = LibC.Close(descriptor);
        return true;
    }
}
