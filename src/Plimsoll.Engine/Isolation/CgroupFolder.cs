using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Plimsoll.Engine.Processes;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Isolation;

/// <summary>Files of a cgroup folder, which answer with an error number instead of an exception.</summary>
internal static unsafe class CgroupFolder
{
    private const int ReadLimit = 65536;

    /// <summary>Writes a whole value; 0 or an error number.</summary>
    public static int Write(string folder, string file, string value)
    {
        int descriptor = LibC.Open($"{folder}/{file}", LibC.OpenWriteOnly | LibC.OpenCloseOnExec, 0);
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError();

        byte[] content = Encoding.UTF8.GetBytes(value);
        nint written;
        fixed (byte* start = content)
        {
            written = LibC.Write(descriptor, start, content.Length);
        }

        int error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
        _ = LibC.Close(descriptor);
        return error;
    }

    public static int Write(string folder, string file, long value) => Write(folder, file, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The content without the newline at its end; null when it cannot be read.</summary>
    public static string? Read(string folder, string file) =>
        SmallFile.TryRead($"{folder}/{file}", ReadLimit, out string text) ? text.TrimEnd('\n') : null;

    /// <summary>The file as a number, where <c>max</c> and version 1's largest long mean no limit; null when it is neither.</summary>
    public static long? ReadNumber(string folder, string file) => Read(folder, file) switch
    {
        "max" => long.MaxValue,
        { } text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) =>
            value >= long.MaxValue - 65536 ? long.MaxValue : value,
        _ => null,
    };

    /// <summary>The number after a name at the start of a line; null when there is none.</summary>
    public static long? ReadField(string folder, string file, string name)
    {
        foreach (string line in (Read(folder, file) ?? "").Split('\n'))
        {
            string[] parts = line.Split(' ');
            if (parts.Length == 2 && parts[0] == name && long.TryParse(parts[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out long value))
                return value;
        }

        return null;
    }

    /// <summary>Makes the folder; 0, or an error number. One that exists is fine.</summary>
    public static int Make(string folder)
    {
        if (LibC.MakeFolder(folder, 0x1ED) == 0) // 0755
            return 0;

        int error = Marshal.GetLastPInvokeError();
        return error == Errno.Exists ? 0 : error;
    }

    /// <summary>Makes the folder and those above it; adds those that were not there, the highest first.</summary>
    public static int MakeAll(string folder, ICollection<string> made)
    {
        if (Directory.Exists(folder))
            return 0;

        int error = Path.GetDirectoryName(folder) is { Length: > 1 } above ? MakeAll(above, made) : Errno.NoEntry;
        if (error == 0)
            error = Make(folder);

        if (error == 0)
            made.Add(folder);

        return error;
    }

    /// <summary>Removes the folder; true when it is gone. The kernel refuses while a process is in it.</summary>
    public static bool Remove(string folder) =>
        LibC.RemoveFolder(folder) == 0 || Marshal.GetLastPInvokeError() == Errno.NoEntry;

    /// <summary>Adds the processes of the group itself, not of its descendants.</summary>
    public static void AddMembers(string folder, ICollection<int> pids)
    {
        foreach (string line in (Read(folder, "cgroup.procs") ?? "").Split('\n'))
        {
            // A process of another pid namespace shows as 0.
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pid > 0)
                pids.Add(pid);
        }
    }
}
