using System.Globalization;
using Plimsoll.Cli.Parsing;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Simulating;

/// <summary>Reads what people write of nodes and their failures.</summary>
internal static class NodeWords
{
    public const string NodeForm = "COUNTxMEMORY[,CORES][,LABEL…], for example 4x64G,16,gpu";
    public const string FailureForm = "a time such as 24h (mean between failures of a node), or NODE@TIME[+TIME],… such as 2@10m+5m";

    /// <summary><c>4x64G,16,gpu</c>.</summary>
    public static SimulatedNodes? Node(string text)
    {
        string[] parts = text.Split(',');
        int cross = parts[0].IndexOf('x', StringComparison.Ordinal);
        if (cross <= 0
            || !int.TryParse(parts[0].AsSpan(0, cross), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || count < 1
            || !Quantity.TryBytes(parts[0][(cross + 1)..], out long bytes)
            || bytes == 0)
        {
            return null;
        }

        double? cores = null;
        List<string> labels = [];
        foreach (string part in parts.Skip(1))
        {
            if (part.Length > 0 && char.IsAsciiDigit(part[0]))
            {
                if (Cores(part) is not { } number || cores is not null)
                    return null;
                cores = number;
            }
            else if (part.Length > 0)
            {
                labels.Add(part);
            }
        }

        return new SimulatedNodes(count, bytes, cores, labels);
    }

    public static double? Cores(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 65536 ? number : null;

    /// <summary><c>2@10m+5m,3@1h</c>.</summary>
    public static IReadOnlyList<ListedFailure>? Failures(string text)
    {
        List<ListedFailure> failures = [];
        foreach (string item in text.Split(','))
        {
            string[] parts = item.Split('@', 2);
            string[] times = parts.Length == 2 ? parts[1].Split('+', 2) : [];
            TimeSpan back = default;
            if (times.Length == 0
                || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int node)
                || !Quantity.TryDuration(times[0], out TimeSpan at)
                || (times.Length == 2 && !Quantity.TryDuration(times[1], out back)))
            {
                return null;
            }

            failures.Add(new ListedFailure(node, at, times.Length == 2 ? back : null));
        }

        return failures;
    }
}
