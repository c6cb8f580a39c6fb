using System.Globalization;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>What tasks themselves wrote down.</summary>
/// <param name="Starts">Each attempt that began, in order.</param>
/// <param name="Ends">Exit codes of those that came to their end, by fence.</param>
/// <param name="Doubles">Tasks of which two attempts ran at once.</param>
internal sealed record TaskLog(IReadOnlyList<LoggedStart> Starts, IReadOnlyDictionary<long, int> Ends, IReadOnlyList<string> Doubles)
{
    /// <summary>Those that have begun and not come to their end.</summary>
    public IEnumerable<LoggedStart> Open => Starts.Where(start => !Ends.ContainsKey(start.Fence));

    public static TaskLog Read(string[] lines)
    {
        List<LoggedStart> starts = [];
        Dictionary<long, int> ends = [];
        List<string> doubles = [];
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            if (words is ["start", var task, var fence, var supervisor])
            {
                starts.Add(new LoggedStart(task, Number(fence), (int)Number(supervisor)));
            }
            else if (words is ["end", _, var ended, var code])
            {
                ends.Add(Number(ended), (int)Number(code));
            }
            else if (words is ["double", ..])
            {
                doubles.Add(line);
            }
        }

        return new TaskLog(starts, ends, doubles);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
