using System.Text;
using Plimsoll.Core.Identity;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>The environment variable by which every process of an attempt can be recognised.</summary>
internal static class AttemptTag
{
    public const string Variable = "PLIMSOLL_ATTEMPT=";

    private const int ReadLimit = 4 << 20;

    /// <summary><c>PLIMSOLL_ATTEMPT=journal:attempt</c>.</summary>
    public static string Of(string journalId, AttemptId attempt) => $"{Variable}{journalId}:{attempt}";

    /// <summary>The whole variable of a process, or null when it has none, has ended, or belongs to another user.</summary>
    public static string? Read(int pid) => TryRead(pid, out string? tag) ? tag : null;

    /// <summary>The whole variable of a process, or null when its environment has none.</summary>
    /// <returns>False when nothing could be read: it has ended, belongs to another user, or is just loading its program.</returns>
    public static unsafe bool TryRead(int pid, out string? tag)
    {
        tag = null;
        int descriptor = LibC.Open($"/proc/{pid}/environ", LibC.OpenReadOnly | LibC.OpenCloseOnExec, 0);
        if (descriptor < 0)
            return false;

        byte[] buffer = new byte[16384];
        int used = 0;
        try
        {
            while (used < ReadLimit)
            {
                if (used == buffer.Length)
                    Array.Resize(ref buffer, used * 2);

                nint count;
                fixed (byte* start = buffer)
                {
                    count = LibC.Read(descriptor, start + used, buffer.Length - used);
                }

                if (count <= 0)
                    break;

                used += (int)count;
            }
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }

        tag = Find(buffer.AsSpan(0, used));
        return used > 0;
    }

    private static string? Find(ReadOnlySpan<byte> environment)
    {
        while (!environment.IsEmpty)
        {
            int end = environment.IndexOf((byte)0);
            ReadOnlySpan<byte> entry = end < 0 ? environment : environment[..end];
            if (entry.StartsWith("PLIMSOLL_ATTEMPT="u8))
                return Encoding.UTF8.GetString(entry);

            environment = end < 0 ? default : environment[(end + 1)..];
        }

        return null;
    }
}
