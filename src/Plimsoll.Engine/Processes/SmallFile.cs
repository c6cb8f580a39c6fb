using System.Text;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Reads small files without exceptions for the usual case that they are missing.</summary>
internal static unsafe class SmallFile
{
    /// <summary>Up to <paramref name="limit"/> bytes from the start; false when there is no such file.</summary>
    public static bool TryRead(string path, int limit, out string text)
    {
        text = "";
        int descriptor = LibC.Open(path, LibC.OpenReadOnly | LibC.OpenCloseOnExec, 0);
        if (descriptor < 0)
            return false;

        byte[] buffer = new byte[limit];
        int used = 0;
        fixed (byte* start = buffer)
        {
            nint count;
            while (used < limit && (count = LibC.Read(descriptor, start + used, limit - used)) > 0)
                used += (int)count;
        }

        _ = LibC.Close(descriptor);
        text = Encoding.UTF8.GetString(buffer, 0, used);
        return true;
    }
}
