using System.Globalization;

namespace Plimsoll.Calibration.Trials;

/// <summary>Disk traffic and time spent waiting for a processor of a process and its descendants, from /proc.</summary>
/// <remarks>See proc_pid_io(5) and scheduler/sched-stats.rst (schedstat); 0 where the kernel does not tell. What lived between two readings only is missed.</remarks>
internal sealed class TreeCounters(int leader)
{
    private readonly Dictionary<int, double> waited = []; // of each thread, its last value

    public long ReadBytes { get; private set; }

    public long WrittenBytes { get; private set; }

    public double WaitSeconds => waited.Values.Sum();

    public void Read()
    {
        (long read, long written) = (0, 0);
        Look(leader, ref read, ref written);

        // A parent takes over the traffic of children it waits for; until then the sum may fall.
        (ReadBytes, WrittenBytes) = (Math.Max(ReadBytes, read), Math.Max(WrittenBytes, written));
    }

    private void Look(int process, ref long read, ref long written)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{process}/io"))
            {
                read += Field(line, "read_bytes: ");
                written += Field(line, "write_bytes: ");
            }

            foreach (string folder in Directory.GetDirectories($"/proc/{process}/task"))
            {
                int thread = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
                waited[thread] = Waited($"{folder}/schedstat");
                foreach (string child in File.ReadAllText($"{folder}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    Look(int.Parse(child, CultureInfo.InvariantCulture), ref read, ref written);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended while it was looked at, or is not ours to read.
        }
    }

    private static double Waited(string file)
    {
        string[] fields = File.ReadAllText(file).Split(' ');
        return fields.Length > 1 && long.TryParse(fields[1], CultureInfo.InvariantCulture, out long nanoseconds) ? nanoseconds / 1e9 : 0;
    }

    private static long Field(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal) && long.TryParse(line.AsSpan(name.Length), CultureInfo.InvariantCulture, out long value) ? value : 0;
}
