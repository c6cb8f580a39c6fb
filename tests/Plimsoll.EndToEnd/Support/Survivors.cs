using System.Text;

namespace Plimsoll.EndToEnd.Support;

/// <summary>Processes that carry the state folder of a project in their environment.</summary>
internal static class Survivors
{
    public static List<int> Of(string stateFolder)
    {
        List<int> pids = [];
        byte[] wanted = Encoding.UTF8.GetBytes($"PLIMSOLL_STATE={stateFolder}");
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int pid) && pid != Environment.ProcessId && Carries(folder, wanted))
            {
                pids.Add(pid);
            }
        }

        return pids;
    }

    public static void End(string stateFolder)
    {
        foreach (int pid in Of(stateFolder))
        {
            Signal.Send(pid, Signal.Kill);
        }
    }

    private static bool Carries(string folder, byte[] wanted)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(wanted) >= 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
