using System.Globalization;
using System.Text;

namespace Plimsoll.Cli.Mapping;

/// <summary>GNU parallel's job log: a line per ended item, tab separated, with a title line.</summary>
/// <remarks>Columns: Seq Host Starttime JobRuntime Send Receive Exitval Signal Command (parallel(1), <c>--joblog</c>).</remarks>
internal sealed class JobLog : IDisposable
{
    public const string Title = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand";

    private readonly StreamWriter _writer;

    private JobLog(StreamWriter writer) => _writer = writer;

    /// <param name="append">Keep what is there (<c>--resume</c>).</param>
    public static JobLog Open(string path, bool append)
    {
        bool hasTitle = append && File.Exists(path) && new FileInfo(path).Length > 0;
        var writer = new StreamWriter(path, append, new UTF8Encoding(false)) { NewLine = "\n" };
        if (!hasTitle)
            writer.WriteLine(Title);
        return new JobLog(writer);
    }

    /// <summary>The items a log says are done: all that ended, or only those that ended well.</summary>
    public static IReadOnlySet<long> ReadDone(string path, bool onlySucceeded)
    {
        var done = new HashSet<long>();
        if (!File.Exists(path))
            return done;

        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split('\t', 9);
            if (fields.Length == 9
                && long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
                && (!onlySucceeded || (fields[6] == "0" && fields[7] == "0")))
            {
                done.Add(sequence);
            }
            else if (fields.Length == 9 && onlySucceeded)
            {
                // A later line of the same item outranks an earlier one.
                if (long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out sequence))
                    done.Remove(sequence);
            }
        }

        return done;
    }

    public void Write(JobLogEntry entry)
    {
        double started = (entry.StartedAt - DateTimeOffset.UnixEpoch).TotalSeconds;
        string command = entry.Command.Replace('\t', ' ').ReplaceLineEndings(" ");
        _writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Sequence}\t:\t{started:0.000}\t{entry.Seconds,10:0.000}\t0\t{entry.OutputBytes}\t{entry.ExitCode}\t{entry.Signal}\t{command}"));
    }

    public void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();
}
